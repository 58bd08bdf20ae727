"""How well copies are found: on public pairs of press articles that the user has in a folder.

`python -m evals.coverage.copies --data DIR [--documents N]` reads DIR/neardup/pairs_*.SPLIT.jsonl. For each language
it prints
F1 of "is a copy", how many independent reports were taken for copies, how many altered copies were told and how many
unaltered ones falsely; how many copies the store finds among all the texts, shortened to 30 % and made three times as
long as well, beside MinHash (`datasketch`) in the place of its candidates; and the time to add the N-th document.
"""

import argparse
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from pydantic import BaseModel, ConfigDict
from rich.console import Console
from rich.table import Table

from agent.config import Settings
from agent.coverage.index.catalogue import Catalogue, open_catalogue
from agent.coverage.origins.changes import changed_facts
from agent.coverage.origins.grouping import Grouping
from agent.coverage.origins.likeness import compare, runs_of
from agent.models import Article, Document
from evals.analyst.stance import f1

LANGUAGES = ("ar", "en", "fa")
_AT_ONCE = 64
_PERMUTATIONS, _LIKE = 128, 0.25


class Pair(BaseModel):
    """One line of a set: two texts and what people, or the maker of the copy, say of them."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    lang: str
    text_a: str
    text_b: str
    label: Literal["near_duplicate", "near_duplicate_changed_fact", "same_story", "different_story"]

    @property
    def is_copy(self) -> bool:
        return self.label.startswith("near_duplicate")

    @property
    def is_altered(self) -> bool:
        return self.label == "near_duplicate_changed_fact"


class Scores(BaseModel):
    """`reports_taken` counts independent reports of one story that were taken for copies."""

    model_config = ConfigDict(frozen=True)

    pairs: int
    f1: float
    reports_taken: int
    altered: int
    altered_told: int
    unaltered: int
    unaltered_told: int


class Found(BaseModel):
    """How many copies there are, and how many stand with the report they were made of, or another that they copy."""

    model_config = ConfigDict(frozen=True)

    copies: int = 0
    by_store: int = 0
    by_minhash: int | None = None


def load_pairs(folder: Path, lang: str, split: str = "dev") -> list[Pair]:
    with (folder / "neardup" / f"pairs_{lang}.{split}.jsonl").open(encoding="utf-8") as lines:
        return [Pair.model_validate_json(line) for line in lines if line.strip()]


def score(pairs: Sequence[Pair]) -> Scores:
    gold = ["copy" if pair.is_copy else "own" for pair in pairs]
    answers = ["copy" if compare(pair.text_a, pair.text_b).is_copy else "own" for pair in pairs]
    told = [bool(changed_facts(pair.text_a, pair.text_b)) for pair in pairs]
    return Scores(
        pairs=len(pairs),
        f1=f1(gold, answers, "copy"),
        reports_taken=sum(p.label == "same_story" and a == "copy" for p, a in zip(pairs, answers, strict=True)),
        altered=sum(pair.is_altered for pair in pairs),
        altered_told=sum(pair.is_altered and one for pair, one in zip(pairs, told, strict=True)),
        unaltered=sum(pair.label == "near_duplicate" for pair in pairs),
        unaltered_told=sum(p.label == "near_duplicate" and one for p, one in zip(pairs, told, strict=True)),
    )


def find(pairs: Sequence[Pair], *, treated: bool, minhash: bool) -> Found:
    """Copies found among all texts of the pairs: those of the set, or `treated` ones made of its first texts."""
    originals = {text: Document.of(text, outlet="original") for text in dict.fromkeys(p.text_a for p in pairs)}
    copies = [*_treated(list(originals))] if treated else [(p.text_a, p.text_b) for p in pairs if p.is_copy]
    copies = [(one, other) for one, other in copies if compare(one, other).is_copy and one != other]
    with TemporaryDirectory() as folder, open_catalogue(Settings(data_dir=Path(folder))) as catalogue:
        add(
            catalogue, [*originals.values(), *(Document.of(p.text_b, outlet="other") for p in pairs if not p.is_copy)]
        )
        documents = [Document.of(text, outlet=f"copy {n}") for n, (_, text) in enumerate(copies)]
        add(catalogue, documents)
        origins = Grouping(catalogue, Article(text="")).of([one.id for one in (*originals.values(), *documents)])
    found = sum(
        origins[copy.id].id == origins[originals[one].id].id
        or (origins[copy.id].witness.id != copy.id and compare(origins[copy.id].witness.text, copy.text).is_copy)
        for copy, (one, _) in zip(documents, copies, strict=True)
    )
    return Found(
        copies=len(copies), by_store=found, by_minhash=_by_minhash(list(originals), copies) if minhash else None
    )


def _treated(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """30 % of each text from its start, its middle and its end; and the text within three times as much."""
    chance = random.Random(3)
    for number, text in enumerate(texts):
        words = text.split()
        for start in (0.0, 0.35, 0.7):
            yield text, " ".join(words[int(start * len(words)) : int((start + 0.3) * len(words))])
        others = [texts[(number + step) % len(texts)].split() for step in (7, 11)]
        # In another order, for the words of a whole other text would make it a copy of that.
        before, after = (" ".join(chance.choices(other, k=len(words))) for other in others)
        yield text, f"{before} {text} {after}"


def _by_minhash(originals: Sequence[str], copies: Iterable[tuple[str, str]]) -> int:
    from datasketch import MinHash, MinHashLSH  # type: ignore[import-untyped, unused-ignore]  # optional here

    def sketched(text: str) -> "MinHash":
        made = MinHash(num_perm=_PERMUTATIONS)
        made.update_batch([run.tobytes() for run in runs_of(text)])
        return made

    index = MinHashLSH(threshold=_LIKE, num_perm=_PERMUTATIONS)
    for number, text in enumerate(originals):
        index.insert(number, sketched(text))
    places = {text: number for number, text in enumerate(originals)}
    return sum(places[one] in index.query(sketched(copy)) for one, copy in copies)


def add(catalogue: Catalogue, documents: Sequence[Document]) -> float:
    """Puts documents into a store, without passages; the seconds that the links of one took, in the last batch."""
    took = 0.0
    for start in range(0, len(documents), _AT_ONCE):
        some = documents[start : start + _AT_ONCE]
        with catalogue.transaction():
            catalogue.write_pending(some)
            for document in some:
                catalogue.mark_ready(document.id, ())
            began = time.perf_counter()
            catalogue.copies.arrive([document.id for document in some])
            took = (time.perf_counter() - began) / len(some)
    return took


def adding_time(pairs: Sequence[Pair], count: int) -> float:
    """Seconds to link the last of `count` documents, made of pieces of the texts so that common turns are common."""
    chance = random.Random(7)
    texts = [text.split() for pair in pairs for text in (pair.text_a, pair.text_b) if len(text.split()) > 12]

    def story() -> str:
        words: list[str] = []
        while len(words) < 350:
            some = chance.choice(texts)
            start = chance.randrange(len(some) - 8)
            words += some[start : start + chance.randrange(3, 8)]
        return " ".join(words)

    with TemporaryDirectory() as folder, open_catalogue(Settings(data_dir=Path(folder))) as catalogue:
        return add(catalogue, [Document.of(story(), outlet=f"Outlet {n % 300}") for n in range(count)])


def show(folder: Path, split: str, *, minhash: bool, console: Console) -> None:
    judged = Table(
        "language", "pairs", "F1 copy", "reports taken", "altered told", "falsely told", "found", "treated"
    )
    for lang in LANGUAGES:
        pairs = load_pairs(folder, lang, split)
        one = score(pairs)
        found = [find(pairs, treated=treated, minhash=minhash) for treated in (False, True)]
        told = f"{one.altered_told} of {one.altered}", f"{one.unaltered_told} of {one.unaltered}"
        judged.add_row(lang, str(one.pairs), f"{one.f1:.3f}", str(one.reports_taken), *told, *map(_shown, found))
    console.print(judged)


def _shown(found: Found) -> str:
    beside = f" (MinHash {found.by_minhash})" if found.by_minhash is not None else ""
    return f"{found.by_store} of {found.copies}{beside}"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.coverage.copies", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds neardup/pairs_*.SPLIT.jsonl")
    parser.add_argument("--split", default="dev", help="which part of the sets to measure on")
    parser.add_argument("--minhash", action="store_true", help="beside datasketch, which must be installed")
    parser.add_argument("--documents", type=int, default=0, help="also the time to add so many documents")
    options = parser.parse_args(arguments)
    console = Console()
    show(options.data, options.split, minhash=options.minhash, console=console)
    if options.documents:
        pairs = [pair for lang in LANGUAGES for pair in load_pairs(options.data, lang, options.split)]
        took = adding_time(pairs, options.documents)
        console.print(f"linking the {options.documents:,}th document: {took * 1000:.1f} ms")


if __name__ == "__main__":
    main()
