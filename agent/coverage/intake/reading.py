"""Reading coverage: text, Markdown, HTML, office files, JSON, XML, or folders of them, one document at a time."""

import os
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from agent.coverage.intake.exports import read_json, read_xml
from agent.coverage.intake.given import NOTHING, GivenMetadata
from agent.coverage.intake.headed import read_head
from agent.coverage.intake.json_lines import read_json_lines
from agent.coverage.intake.long_lists import read_long_list
from agent.coverage.intake.metadata import Item, Rejection, Skipped, document, fault_of
from agent.coverage.intake.office import SUFFIXES as _OFFICE
from agent.coverage.intake.office import office_kind, read_office
from agent.coverage.intake.page import read_page
from agent.coverage.intake.zipped import ZippedFile, read_zip
from agent.errors import BadInput, ConfigurationError, InputFault
from agent.models import DateSource, Document
from agent.text.decode import decode
from agent.text.headline import headline_in

_PLAIN = (".txt", ".text", ".md", ".markdown")
_HTML = (".html", ".htm", ".xhtml")
_LINES = (".jsonl", ".ndjson")
_EXPORTS = (".xml", ".json")
_ZIP = ".zip"
_IN_ZIP = frozenset((*_PLAIN, *_HTML, *_OFFICE, *_LINES, *_EXPORTS))
_KNOWN = (*_PLAIN, *_HTML, *_OFFICE, *_LINES, *_EXPORTS, _ZIP)
MOST_FILE_BYTES = 50_000_000
_UNKNOWN = "not a kind of file that is read"


def tells_of_itself(path: Path) -> bool:
    """Whether it is of a kind that holds documents with what is known of each, and is no single clipping."""
    return path.suffix.lower() in (*_LINES, *_EXPORTS)


def read_coverage(paths: Iterable[Path], given: GivenMetadata = NOTHING) -> Iterator[Item]:
    """The documents of some files and folders in a stable order, what was refused, and what of a folder was passed
    over. Nothing stops the rest.

    Of a folder the known kinds of files are read, without hidden ones and without links that lead out of it; XML and
    JSON of other kinds are passed over as other files are. What is `given` is that of clippings: of files that are
    one document each.
    """
    for path in paths:
        if path.is_dir():
            yield from _folder(path, given)
        elif path.suffix.lower() in _KNOWN and path.is_file():
            yield from _file(path, given)
        elif path.exists():
            yield Rejection(path=str(path), reason=f"{_UNKNOWN} ({', '.join(_KNOWN)})", code=InputFault.UNKNOWN_KIND)
        else:
            yield Rejection(path=str(path), reason="there is no such file or folder", code=InputFault.NOT_THERE)


def _folder(folder: Path, given: GivenMetadata) -> Iterator[Item]:
    unread: list[Item] = []
    root, found = folder.resolve(), 0

    def cannot(err: OSError) -> None:
        unread.append(
            Rejection(path=str(err.filename or folder), reason=err.strerror or str(err), code=InputFault.UNREADABLE)
        )

    for parent, folders, names in os.walk(folder, onerror=cannot):
        for name in sorted((*folders, *names)):
            found += 1
            path = Path(parent, name)
            if (why := _passed_over(path, root)) is not None:
                yield Skipped(path=str(path), reason=why)
            elif name in names:
                yield from _file(path, given, in_folder=True)
        folders[:] = sorted(name for name in folders if _passed_over(Path(parent, name), root) is None)
    yield from unread
    if not found and not unread:
        yield Skipped(path=str(folder), reason="there is nothing in this folder")


def _passed_over(path: Path, root: Path) -> str | None:
    """Why something in a folder is not looked at; None when it is."""
    if path.name.startswith("."):
        return "hidden"
    if path.is_symlink() and not path.resolve().is_relative_to(root):
        return "a link that leads out of the folder"
    if path.is_dir():
        return "a link to a folder" if path.is_symlink() else None
    if not path.is_file():
        return "no file" if path.exists() else "a link to nothing"
    return None if path.suffix.lower() in _KNOWN else _UNKNOWN


def _file(path: Path, given: GivenMetadata, *, in_folder: bool = False) -> Iterator[Item]:
    if path.suffix.lower() == _ZIP:
        yield from _zipped(path, given)
    else:
        yield from _with_given(path, _items(path, in_folder), given)


def _with_given(path: Path, items: Iterator[Item], given: GivenMetadata) -> Iterator[Item]:
    """With what is given of clippings."""
    for item in items:
        known = isinstance(item, Document) and not tells_of_itself(path)
        yield given.applied(item) if known and isinstance(item, Document) else item


def _zipped(path: Path, given: GivenMetadata) -> Iterator[Item]:
    try:
        if path.stat().st_size > MOST_FILE_BYTES:
            raise BadInput(f"larger than {MOST_FILE_BYTES // 1_000_000} MB", InputFault.FILE_TOO_LARGE)
        data = path.read_bytes()
        if office_kind(data) is not None:
            yield from _with_given(path, read_office(data, str(path)), given)
            return
        for one in read_zip(data, str(path), _IN_ZIP):
            if isinstance(one, ZippedFile):
                inner = Path(path, one.name)
                yield from _with_given(inner, _unpacked(one, inner), given)
            else:
                yield one
    except OSError as err:
        yield Rejection(path=str(path), reason=err.strerror or str(err), code=InputFault.UNREADABLE)
    except BadInput as err:
        yield Rejection(path=str(path), reason=str(err), code=fault_of(err))


def _unpacked(file: ZippedFile, inner: Path) -> Iterator[Item]:
    """Its documents; what is wrong with one file stops no other."""
    try:
        if file.suffix in _LINES:
            yield from read_json_lines(BytesIO(file.data), str(inner))
        else:
            yield from _whole(file.data, inner, file.suffix, in_folder=True)
    except (BadInput, ConfigurationError) as err:
        yield Rejection(path=str(inner), reason=str(err), code=fault_of(err))


def _items(path: Path, in_folder: bool) -> Iterator[Item]:
    kind = path.suffix.lower()
    try:
        if kind in _LINES:
            with path.open("rb") as file:
                yield from read_json_lines(file, str(path))
        elif path.stat().st_size > MOST_FILE_BYTES and kind == ".json":
            yield from read_long_list(path)
        elif path.stat().st_size > MOST_FILE_BYTES:
            yield Rejection(
                path=str(path),
                reason=f"larger than {MOST_FILE_BYTES // 1_000_000} MB",
                code=InputFault.FILE_TOO_LARGE,
            )
        else:
            yield from _whole(path.read_bytes(), path, kind, in_folder)
    except OSError as err:
        yield Rejection(path=str(path), reason=err.strerror or str(err), code=InputFault.UNREADABLE)
    except (BadInput, ConfigurationError) as err:
        yield Rejection(path=str(path), reason=str(err), code=fault_of(err))


def _whole(data: bytes, path: Path, kind: str, in_folder: bool) -> Iterator[Item]:
    """What a file holds goes before what it is called: a PDF is one also as `.txt`."""
    if not data.strip():
        yield Rejection(path=str(path), reason="there is nothing in it", code=InputFault.EMPTY)
    elif kind in _OFFICE or office_kind(data) is not None:
        yield from read_office(data, str(path))
    elif kind in _HTML:
        yield from read_page(data, str(path))
    elif kind in _EXPORTS:
        read = read_xml if kind == ".xml" else read_json
        yield from read(data, path, in_folder=in_folder)
    else:
        yield from _plain(data, path)


def _plain(data: bytes, path: Path) -> Iterator[Item]:
    text = decode(data, path.name)
    title = None
    if path.suffix.lower() in (".md", ".markdown"):
        heading = next((line for line in text.splitlines() if line.startswith("# ")), None)
        title = heading.removeprefix("# ").strip() if heading else None
    head = read_head(text, cut_line=True)
    title = head.title or title or headline_in(head.text)
    known = head.model_dump(exclude={"text", "title", "headline"})
    yield from document(str(path), None, head.text, **known, title=title, date_from=DateSource.VISIBLE_LINE)
