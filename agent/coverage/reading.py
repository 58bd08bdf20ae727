"""Reading coverage: JSON lines, plain text, Markdown, HTML, or folders of them, one document at a time."""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from pydantic import BaseModel, ConfigDict, StrictStr, ValidationError

from agent.coverage.page import read_page
from agent.coverage.told import Item, Rejection, document
from agent.decode import decode
from agent.errors import BadInput

_PLAIN = (".txt", ".text", ".md", ".markdown")
_HTML = (".html", ".htm", ".xhtml")
_LINES = (".jsonl", ".ndjson")
_KNOWN = (*_PLAIN, *_HTML, *_LINES)
_MOST_FILE_BYTES = 50_000_000
_MOST_LINE_BYTES = 16_000_000
_MARKS_OF_OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff")


def read_coverage(paths: Iterable[Path]) -> Iterator[Item]:
    """The documents of some files and folders in a stable order, and what was refused. Nothing stops the rest.

    Of a folder the known kinds of files are read, without hidden ones and without links that lead out of it.
    """
    for path in paths:
        if path.is_dir():
            for file in _files(path):
                yield from _file(file)
        elif path.suffix.lower() in _KNOWN:
            yield from _file(path)
        elif path.exists():
            yield Rejection(path=str(path), reason=f"not a kind of file that is read ({', '.join(_KNOWN)})")
        else:
            yield Rejection(path=str(path), reason="there is no such file or folder")


def _files(folder: Path) -> Iterator[Path]:
    root = folder.resolve()
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(parent, name)
            if name.startswith(".") or file.suffix.lower() not in _KNOWN:
                continue
            if file.resolve().is_relative_to(root):
                yield file


def _file(path: Path) -> Iterator[Item]:
    kind = path.suffix.lower()
    try:
        if kind in _LINES:
            with path.open("rb") as file:
                yield from _json_lines(file, str(path))
        elif path.stat().st_size > _MOST_FILE_BYTES:
            yield Rejection(path=str(path), reason=f"larger than {_MOST_FILE_BYTES // 1_000_000} MB")
        elif kind in _HTML:
            yield from read_page(path.read_bytes(), str(path))
        else:
            yield from _plain(path.read_bytes(), path)
    except OSError as err:
        yield Rejection(path=str(path), reason=err.strerror or str(err))
    except BadInput as err:
        yield Rejection(path=str(path), reason=str(err))


def _plain(data: bytes, path: Path) -> Iterator[Item]:
    text = decode(data, path.name)
    title = None
    if path.suffix.lower() in (".md", ".markdown"):
        heading = next((line for line in text.splitlines() if line.startswith("# ")), None)
        title = heading.removeprefix("# ").strip() if heading else None
    yield from document(str(path), None, text, title=title)


class _Line(BaseModel):
    """What a line may hold; other keys are left aside."""

    model_config = ConfigDict(extra="ignore")

    text: StrictStr
    url: StrictStr | None = None
    title: StrictStr | None = None
    outlet: StrictStr | None = None
    published_at: StrictStr | int | float | None = None
    language: StrictStr | None = None


def _json_lines(file: BinaryIO, path: str) -> Iterator[Item]:
    if file.read(2) in _MARKS_OF_OTHER_ENCODINGS:
        yield Rejection(path=path, reason="JSON lines are UTF-8, and this is UTF-16. Save it as UTF-8.")
        return
    file.seek(0)
    number = 0
    while line := file.readline(_MOST_LINE_BYTES + 1):
        number += 1
        if len(line) > _MOST_LINE_BYTES:
            yield Rejection(path=path, line=number, reason=f"longer than {_MOST_LINE_BYTES // 1_000_000} MB")
            _skip_line(file, line)
        elif line.strip():
            yield from _json_line(line, path, number)


def _skip_line(file: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = file.readline(_MOST_LINE_BYTES)


def _json_line(line: bytes, path: str, number: int) -> Iterator[Item]:
    try:
        told = _Line.model_validate(json.loads(decode(line, Path(path).name)))
    except BadInput as err:
        yield Rejection(path=path, line=number, reason=str(err))
    except ValidationError as err:
        yield Rejection(path=path, line=number, reason=_reason(err))
    except json.JSONDecodeError as err:
        yield Rejection(path=path, line=number, reason=f"not JSON: {err.msg} at column {err.colno}")
    except (ValueError, RecursionError) as err:
        yield Rejection(path=path, line=number, reason=f"not usable JSON: {err}")
    else:
        yield from document(path, number, **told.model_dump())


def _reason(err: ValidationError) -> str:
    problems = []
    for problem in err.errors():
        field = str(problem["loc"][0]) if problem["loc"] else None
        if problem["type"] == "missing":
            problems.append(f"{field!r} is missing")
        else:
            problems.append(f"{field!r}: {problem['msg']}" if field else "not a JSON object")
    return "; ".join(dict.fromkeys(problems))
