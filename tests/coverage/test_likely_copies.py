"""Which of the stored documents a new one is compared with: few, and the likest."""

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest

from agent.config import Settings
from agent.coverage.index.catalogue import Catalogue, open_catalogue
from agent.coverage.origins.grouping import Grouping
from agent.coverage.origins.likeness import compare
from agent.coverage.origins.sketches import sketch
from agent.models import Article, Document


@pytest.fixture
def catalogue(settings: Settings) -> Iterator[Catalogue]:
    with open_catalogue(settings) as catalogue:
        yield catalogue


def _words(name: str, count: int) -> str:
    return " ".join(f"{name}{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(count))


def _add(catalogue: Catalogue, texts: list[str]) -> list[Document]:
    documents = [Document.of(text, outlet=f"Outlet {n}") for n, text in enumerate(texts)]
    catalogue.write_pending(documents)
    with catalogue.transaction():
        pending = catalogue.pending(1000)
        for document in pending:
            catalogue.mark_ready(document.id, ())
        catalogue.copies.arrive([document.id for document in pending])
    return documents


def _copied_by(catalogue: Catalogue, document: Document) -> str | None:
    """The id of the one that it is a copy of."""
    origin = Grouping(catalogue, Article(text="")).of([document.id])[document.id]
    return next((link.of for link in origin.links if link.document_id == document.id), None)


def test_of_twenty_that_share_a_stretch_the_one_that_shares_what_few_have_is_found(catalogue: Catalogue) -> None:
    common, rare = _words("common", 15), _words("rare", 25)
    documents = _add(catalogue, [*(f"{common} {_words(f'n{chr(97 + n)}', 25)}" for n in range(20)), rare])
    (new,) = _add(catalogue, [f"{common} {rare}"])
    assert all(_copied_by(catalogue, one) is None for one in documents)
    assert _copied_by(catalogue, new) == documents[-1].id


def test_what_is_shared_with_many_is_not_missed_in_the_one_that_came_late(catalogue: Catalogue) -> None:
    """Of a run that many share only the first 32 are looked at: what the 41st shares beside it tells then."""
    common = _words("common", 28)
    texts = [*(f"{common} {_words(f'n{chr(97 + n // 26)}{chr(97 + n % 26)}', 6)}" for n in range(40))]
    late = f"{common} {_words('late', 6)}"
    documents = _add(catalogue, [*texts, late])
    assert _copied_by(catalogue, documents[-1]) == documents[0].id
    (new,) = _add(catalogue, [f"{late} {_words('z', 1)}"])
    assert _copied_by(catalogue, new) == documents[-1].id


def test_a_short_report_in_the_midst_of_a_long_one_is_found(catalogue: Catalogue) -> None:
    short = _words("short", 60)
    (one,) = _add(catalogue, [short])
    (new,) = _add(catalogue, [f"{_words('before', 100)} {short} {_words('behind', 100)}"])
    assert _copied_by(catalogue, new) == one.id


def test_a_text_without_words_is_a_report_of_its_own(catalogue: Catalogue) -> None:
    one, other = _add(catalogue, ["—", "…"])
    assert (_copied_by(catalogue, one), _copied_by(catalogue, other)) == (None, None)


@pytest.mark.parametrize(("runs", "kept"), [(10, 10), (32, 32), (150, 32), (198, 33), (600, 100), (3000, 256)])
def test_one_in_six_runs_is_kept_within_bounds(runs: int, kept: int) -> None:
    assert sketch(np.arange(runs, dtype=np.uint64)) == list(range(kept))


@pytest.mark.parametrize("name", ["r32", "r70", "r240"])
def test_a_copy_of_which_few_of_the_kept_runs_are_shared_by_chance_is_found(catalogue: Catalogue, name: str) -> None:
    """Of 99 kept runs these share 48, where 59 are to be expected of what shares three fifths."""
    text = _words(f"{name}x", 600)
    (one,) = _add(catalogue, [text])
    other = _words(f"o{name[1:]}x", 230)
    (new,) = _add(catalogue, [f"{' '.join(text.split()[:370])} {other}"])
    assert _copied_by(catalogue, new) == one.id


@pytest.mark.parametrize("runs", [2, 8, 20, 60, 300])
def test_no_copy_of_the_article_is_passed_over(catalogue: Catalogue, runs: int) -> None:
    """Whoever shares enough with it by an exact comparison is among those that are read."""
    words = _words("own", runs + 2).split()
    texts = [
        " ".join([*_words(f"a{chr(97 + n)}", before).split(), *words[: max(1, len(words) * share // 100)]])
        for n, (before, share) in enumerate(product((0, 5, 40, 600), (10, 50, 59, 61, 70, 100)))
    ]
    documents = _add(catalogue, [*texts, *(_words(f"z{chr(97 + n)}", 400) for n in range(12))])
    article = " ".join(words)
    copies = {one.id for one in documents if compare(article, one.text).is_copy}
    shared = catalogue.copies.shared_with(article)
    sizes = {
        name: size for one in catalogue.copies.reports([d.id for d in documents]) for name, size in one.sizes.items()
    }
    likely = {name for name, size in sizes.items() if shared.may_be_copy(size)}
    assert copies
    assert copies <= likely
    # What has nothing in common with it is hardly ever read.
    assert runs < 60 or len(likely & {one.id for one in documents[-12:]}) == 0
