"""Reading sets. A folder holds `KIND/NAME.SPLIT.jsonl` (or `.jsonl.gz`); a set is a name, a run has one split."""

import gzip
import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from agent.errors import BadInput
from agent.models import Frozen, digest
from evals.data.records import Record

SMALL = Path(__file__).parents[1] / "small"
SPLITS = ("train", "dev", "test")

R = TypeVar("R", bound=Record)
M = TypeVar("M", bound=BaseModel)


class Choice(Frozen):
    """Which sets a suite takes: the small one always, those of `data` too, or only those named; `limit` a set."""

    data: Path | None = None
    sets: tuple[str, ...] = ()
    split: str = "dev"
    limit: int | None = None

    @property
    def roots(self) -> tuple[Path, ...]:
        return (SMALL, self.data) if self.data else (SMALL,)

    def wants(self, name: str) -> bool:
        return not self.sets or name in self.sets


def choose(data: str | None, sets: str | None, split: str, limit: int | None) -> Choice:
    """A choice as it is told on a command line; raises `BadInput`."""
    if split not in SPLITS:
        raise BadInput(f"{split!r} is no part of a set; there are {', '.join(SPLITS)}")
    folder = Path(data).expanduser().resolve() if data else None
    if folder is not None and not folder.is_dir():
        raise BadInput(f"there is no folder {str(folder)!r}; --data or ISNAD_EVAL_DATA names the one with the sets")
    names = tuple(name.strip() for name in (sets or "").split(",") if name.strip())
    return Choice(data=folder, sets=names, split=split, limit=limit)


def files_of(choice: Choice, kind: str) -> dict[str, Path]:
    """The files of one kind by the name of their set; those without a split in their name are not read here."""
    found = {}
    for root in choice.roots:
        for path in sorted((root / kind).glob(f"*.{choice.split}.jsonl*")):
            name = path.name.partition(".")[0]
            if path.suffix in (".jsonl", ".gz") and choice.wants(name):
                found[name] = path
    return found


def load(choice: Choice, kind: str, record: type[R]) -> list[R]:
    """The records of a kind, at most `limit` of each set, the same ones every time; raises `BadInput`."""
    loaded: list[R] = []
    for name, path in files_of(choice, kind).items():
        records = [one.model_copy(update={"dataset": name}) for one in read(path, record)]
        loaded += sample(records, choice.limit)
    if not loaded:
        raise BadInput(f"no set of {kind!r} fits: {_asked(choice)}")
    return loaded


def sample(records: Sequence[R], limit: int | None) -> Sequence[R]:
    """A part that does not depend on the order, so that two runs with one limit ask the same questions."""
    if limit is None or len(records) <= limit:
        return records
    chosen = {one.id for one in sorted(records, key=lambda one: digest(one.id))[:limit]}
    return [one for one in records if one.id in chosen]


def read(path: Path, record: type[M]) -> list[M]:
    """The lines of a file; raises `BadInput` naming the one that does not fit."""
    lines = []
    for number, line in enumerate(_lines(path), start=1):
        if line.strip():
            try:
                lines.append(record.model_validate_json(line))
            except ValidationError as err:
                raise BadInput(f"{str(path)!r}, line {number}: {err.errors()[0]['msg']}") from err
    return lines


def hashes(paths: Sequence[Path]) -> dict[str, str]:
    """SHA-256 of what the files hold, by folder and name; a compressed file as its text."""
    return {f"{path.parent.name}/{path.name}": sha256("".join(_lines(path)).encode()).hexdigest() for path in paths}


def write_jsonl(path: Path, records: Sequence[BaseModel]) -> None:
    lines = [json.dumps(one.model_dump(mode="json"), ensure_ascii=False) for one in records]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")


def _lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from lines


def _asked(choice: Choice) -> str:
    named = f"named {', '.join(choice.sets)}, " if choice.sets else ""
    return f"{named}split {choice.split!r}, in {' and '.join(repr(str(root)) for root in choice.roots)}"
