"""Office files: Word documents, OpenDocument and rich texts, and PDF, within bounds of size and time."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum
from importlib.util import find_spec

from agent.coverage.intake.apart import read_apart
from agent.coverage.intake.left_out import equations, hidden_text
from agent.coverage.intake.metadata import Item, Rejection, document, fault_of
from agent.coverage.intake.odt import read_odt
from agent.coverage.intake.office_text import Written
from agent.coverage.intake.page_order import as_read
from agent.coverage.intake.raised import marks_in
from agent.coverage.intake.rtf import read_rtf
from agent.coverage.intake.running_lines import flowing
from agent.coverage.intake.safe_xml import local_name, parse_xml, refuse_entities
from agent.coverage.intake.word_markup import made_plain
from agent.errors import BadInput, InputFault
from agent.extras import needs
from agent.models import Frozen, LeftOut

_READS = "reading Word documents, OpenDocument texts and PDF"
# How the files begin that may be one of these.
BEGINNINGS = (b"%PDF-", b"PK\x03\x04", b"{\\rtf")
SUFFIXES = (".docx", ".odt", ".rtf", ".pdf")
MOST_BYTES = 50_000_000
# Of markup in it: what a book of five hundred pages has.
_MOST_XML_BYTES = 16_000_000
_MOST_PARTS = 10_000
_LONGEST_SHOWN = 80
_ODT = b"application/vnd.oasis.opendocument.text"
# What programs write where nobody told a title.
_NO_TITLE = re.compile(
    r"^(?:microsoft word|\(?(?:untitled|anonymous|unspecified)\b|document\d*\b|slide \d+\b)"
    r"|\.(?:docx?|odt|rtf|pdf|indd|qxp|html?|txt)$",
    re.I,
)
_NO_AUTHOR = re.compile(
    r"(?:microsoft office |windows )?user|admin(?:istrator)?|owner|python-docx|unknown"
    r"|\(?(?:anonymous|unspecified)\)?",
    re.I,
)
# What the library writes for a letter that has no name.
_NAMELESS = re.compile(r"\(cid:\d+\)")
_LEFT_OUT = {
    "notes": ("footnotes with what calls them", "they stand apart from the text"),
    "marks": ("what calls footnotes", "it is no part of the text"),
    "comments": ("comments", "they are the editors' own"),
    "pictures": ("pictures", "words in pictures are not read"),
    "struck": ("stretches of text that are struck through", "they are not said any more"),
    "deletions": ("deletions that were tracked", "they are not said any more"),
    "contents": ("tables of contents", "they only repeat the headings"),
    "edges": ("headers and footers of its pages", "they stand on page after page"),
    "documents": ("other documents within it", "they are read only by themselves"),
    "symbols": ("signs of a font of their own", "which letters they are is not told"),
}


class OfficeKind(StrEnum):
    PDF = "PDF document"
    WORD = "Word document"
    ODT = "OpenDocument text"
    RTF = "rich-text (RTF) document"


class _Pages(Frozen):
    pages: tuple[tuple[str, ...], ...]
    title: str | None = None
    author: str | None = None


def office_kind(data: bytes) -> OfficeKind | None:
    """Which of them the bytes of a file are; None when they are none. A damaged one is still what it began as."""
    if data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return OfficeKind.PDF
    if data.startswith(b"{\\rtf"):
        return OfficeKind.RTF
    if not data.startswith(b"PK\x03\x04"):
        return None
    if _ODT in data[:200]:
        return OfficeKind.ODT
    return OfficeKind.WORD if b"word/document" in data else None


def read_office(data: bytes, path: str) -> Iterator[Item]:
    """The text of one with the title and the author that it tells, or a rejection. When a file was made is not
    when an article was published: it has no date."""
    kind = office_kind(data)
    try:
        if len(data) > MOST_BYTES:
            raise BadInput(f"larger than {MOST_BYTES // 1_000_000} MB", InputFault.FILE_TOO_LARGE)
        if kind is OfficeKind.PDF:
            yield from _pdf(data, path, kind)
        elif kind is OfficeKind.WORD or kind is OfficeKind.ODT:
            yield from _document(data, path, kind)
        elif kind is OfficeKind.RTF:
            yield from _written(read_rtf(data), path)
        else:
            raise BadInput(
                "it is damaged, or no Word document, OpenDocument or rich text, or PDF, whatever it is called",
                InputFault.BROKEN,
            )
    except BadInput as err:
        yield Rejection(path=path, reason=str(err), code=fault_of(err))


def _needs(*packages: str) -> None:
    if any(find_spec(package) is None for package in packages):
        raise BadInput(needs(_READS, "documents"))


def _pdf(data: bytes, path: str, kind: OfficeKind) -> Iterator[Item]:
    _needs("pdfminer")
    read = read_apart("pdf_reader", data, _Pages, kind)
    _check_text(read, kind)
    pages = [[as_read(text) for text in page] for page in read.pages]
    notes = sum(len(marks_in(text, "")) for page in pages for text in page)
    flow = flowing([[_without_marks(text) for text in page] for page in pages])
    shown = "; ".join(line[:_LONGEST_SHOWN] for line in flow.running)
    running = LeftOut(what=f"lines at the edges of its pages ({shown})", why="they stand on page after page")
    empty = _empty(read)
    wanting = LeftOut(
        what=f"{empty} of its {len(read.pages)} pages hold no text", why="as pictures do: nothing of them was read"
    )
    yield from document(
        path,
        None,
        flow.text,
        title=_title(read.title),
        author=_author(read.author),
        left_out=[*([running] if flow.running else []), *_left_out({"marks": notes})],
        cautions=[wanting] if empty else [],
    )


def _check_text(read: _Pages, kind: OfficeKind) -> None:
    """Raises `BadInput` for a PDF without pages, of pictures alone, or whose letters cannot be told."""
    if not read.pages:
        raise BadInput(f"a {kind} that is damaged: no page is in it", InputFault.BROKEN)
    if (empty := _empty(read)) == len(read.pages):
        raise BadInput(
            f"no text is in its {_count(empty, 'page')}: they are pictures, as of a scan. Have their words "
            "recognised (OCR) and save it anew.",
            InputFault.SCANNED,
        )
    if sum(map(len, _NAMELESS.findall(str(read.pages)))) > len(str(read.pages)) / 10:
        raise BadInput(
            "its fonts do not tell which letters they draw: save it anew, or have its words recognised (OCR)",
            InputFault.DAMAGED,
        )


def _empty(read: _Pages) -> int:
    return sum(not page for page in read.pages)


def _without_marks(text: str) -> str:
    """Without the raised numbers that call notes."""
    for start, end in reversed(marks_in(text, "")):
        text = text[:start] + text[end:]
    return text


def _document(data: bytes, path: str, kind: OfficeKind) -> Iterator[Item]:
    _needs("defusedxml", *(["mammoth"] if kind is OfficeKind.WORD else []))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive, kind)
            written = read_odt(archive) if kind is OfficeKind.ODT else _word(archive)
    except (zipfile.BadZipFile, KeyError, EOFError, OSError, NotImplementedError, RuntimeError) as err:
        # RuntimeError: a part that is locked, or elements within elements without end.
        raise BadInput(_damaged(kind), InputFault.BROKEN) from err
    yield from _written(written, path)


def _written(written: Written, path: str) -> Iterator[Item]:
    yield from document(
        path,
        None,
        written.text,
        title=_title(written.title),
        author=_author(written.author),
        left_out=[*_left_out(written.left_out), *hidden_text(written.unseen), *equations(written.equations)],
    )


def _check(archive: zipfile.ZipFile, kind: OfficeKind) -> None:
    """Refuses what would fill the memory, what brings entities of its own, and what is locked."""
    parts = archive.infolist()
    markup = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in markup) > _MOST_XML_BYTES:
        raise BadInput(
            f"more than {_MOST_XML_BYTES // 1_000_000} MB of markup are packed in it: no article has that",
            InputFault.FILE_TOO_LARGE,
        )
    for part in markup:
        refuse_entities(archive.read(part))
    if kind is OfficeKind.ODT and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise BadInput("it is locked with a password: save it without one", InputFault.LOCKED)


def _damaged(kind: OfficeKind) -> str:
    return f"a {kind} that is damaged: save it anew"


def _word(archive: zipfile.ZipFile) -> Written:
    try:
        plain = made_plain(archive)
    except BadInput as err:
        raise BadInput(_damaged(OfficeKind.WORD), InputFault.BROKEN) from err
    written = read_apart("docx_reader", plain.data, Written, OfficeKind.WORD)
    core = next((part for part in archive.namelist() if part.endswith("core.xml")), None)
    fields = {local_name(one): one.text for one in parse_xml(archive.read(core))} if core else {}
    return written.model_copy(
        update={
            "title": fields.get("title") or written.title,
            "author": fields.get("creator"),
            "left_out": dict(plain.left_out + Counter(written.left_out)),
            "unseen": plain.unseen,
            "equations": plain.equations,
        }
    )


def _left_out(counted: Mapping[str, int]) -> Iterator[LeftOut]:
    for kind, (what, why) in _LEFT_OUT.items():
        if number := counted.get(kind):
            yield LeftOut(what=f"{what} ({number})", why=why)


def _title(text: str | None) -> str | None:
    return None if text is None or _NO_TITLE.search(text.strip()) else text


def _author(text: str | None) -> str | None:
    return None if text is None or _NO_AUTHOR.fullmatch(text.strip()) else text


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
