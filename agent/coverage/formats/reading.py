"""Reading coverage: plain text, Markdown, HTML, JSON, XML, or folders of them, one document at a time."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from agent.coverage.formats.exports import read_json, read_xml
from agent.coverage.formats.json_lines import read_json_lines
from agent.coverage.formats.page import read_page
from agent.coverage.formats.told import Item, Rejection, document
from agent.decode import decode
from agent.errors import BadInput, ConfigurationError

_PLAIN = (".txt", ".text", ".md", ".markdown")
_HTML = (".html", ".htm", ".xhtml")
_LINES = (".jsonl", ".ndjson")
_EXPORTS = (".xml", ".json")
_KNOWN = (*_PLAIN, *_HTML, *_LINES, *_EXPORTS)
_MOST_FILE_BYTES = 50_000_000


def read_coverage(paths: Iterable[Path]) -> Iterator[Item]:
    """The documents of some files and folders in a stable order, and what was refused. Nothing stops the rest.

    Of a folder the known kinds of files are read, without hidden ones and without links that lead out of it; XML and
    JSON of other kinds are passed over as other files are.
    """
    for path in paths:
        if path.is_dir():
            for file in _files(path):
                yield from _file(file, in_folder=True)
        elif path.suffix.lower() in _KNOWN and path.is_file():
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
            if file.resolve().is_relative_to(root) and file.is_file():
                yield file


def _file(path: Path, *, in_folder: bool = False) -> Iterator[Item]:
    kind = path.suffix.lower()
    try:
        if kind in _LINES:
            with path.open("rb") as file:
                yield from read_json_lines(file, str(path))
        elif path.stat().st_size > _MOST_FILE_BYTES:
            yield Rejection(path=str(path), reason=f"larger than {_MOST_FILE_BYTES // 1_000_000} MB")
        elif kind in _HTML:
            yield from read_page(path.read_bytes(), str(path))
        elif kind in _EXPORTS:
            read = read_xml if kind == ".xml" else read_json
            yield from read(path.read_bytes(), path, in_folder=in_folder)
        else:
            yield from _plain(path.read_bytes(), path)
    except OSError as err:
        yield Rejection(path=str(path), reason=err.strerror or str(err))
    except (BadInput, ConfigurationError) as err:
        yield Rejection(path=str(path), reason=str(err))


def _plain(data: bytes, path: Path) -> Iterator[Item]:
    text = decode(data, path.name)
    title = None
    if path.suffix.lower() in (".md", ".markdown"):
        heading = next((line for line in text.splitlines() if line.startswith("# ")), None)
        title = heading.removeprefix("# ").strip() if heading else None
    yield from document(str(path), None, text, title=title)
