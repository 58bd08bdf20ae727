"""Files that other systems export: agencies' XML and JSON, and feeds that were saved."""

import json
from collections.abc import Iterator
from pathlib import Path

from agent.coverage.intake.agency import agency_document, latest
from agent.coverage.intake.entries import Listing, choose
from agent.coverage.intake.feeds import read_feed
from agent.coverage.intake.json_lines import read_object
from agent.coverage.intake.kinds import FileKind, kind_of
from agent.coverage.intake.long_lists import before_break
from agent.coverage.intake.metadata import Caution, Item, Rejection, Skipped, document, fault_of
from agent.coverage.intake.newsml import Exported, documents_of, read_newsml
from agent.coverage.intake.ninjs import is_ninjs, read_ninjs
from agent.coverage.intake.nitf import read_nitf
from agent.coverage.intake.page import read_page
from agent.coverage.intake.page_date import date_of_entry
from agent.coverage.intake.review_feed import is_review_list
from agent.dates import NumberOrder, order_shown
from agent.errors import BadInput, InputFault
from agent.text.decode import decode
from agent.text.language import detect_language

_ONLY_SUMMARY = "the feed carries no full text: add the feed by its address, and its pages are fetched"
_A_SITEMAP = "a sitemap holds no text: add it by its address, and its pages are fetched"
_UNKNOWN_JSON = "JSON of a kind that is not read (objects with a text, ninjs, JSON Feed and fact-checks are)"
_UNKNOWN_XML = "XML of a kind that is not read (NewsML-G2, NITF, RSS and Atom are)"


def read_xml(data: bytes, path: Path, *, in_folder: bool) -> Iterator[Item]:
    """News items, the entries of a saved feed, or a page; raises `BadInput` and `ConfigurationError`."""
    kind = kind_of(data)
    if kind is FileKind.NEWSML:
        exported = read_newsml(data)
        yield from documents_of(exported, str(path))
        yield from _referred(exported, path, in_folder)
    elif kind is FileKind.NITF:
        yield from agency_document(read_nitf(data), str(path), None)
    elif kind is FileKind.FEED:
        yield from _entries(read_feed(data, ""), path)
    elif kind is FileKind.PAGE:
        yield from read_page(data, str(path))
    else:
        remark = Skipped if in_folder else Rejection
        yield remark(
            path=str(path),
            reason=_A_SITEMAP if kind is FileKind.SITEMAP else _UNKNOWN_XML,
            code=InputFault.UNKNOWN_KIND,
        )


def read_json(data: bytes, path: Path, *, in_folder: bool) -> Iterator[Item]:
    """Items of ninjs or of our own keys, one or an array of them, or the entries of a saved JSON Feed. Of what is no
    JSON to its end, the fact-checks before the break; then raises `BadInput`."""
    if kind_of(data) is FileKind.FEED:
        yield from _entries(read_feed(data, ""), path)
        return
    try:
        parsed = json.loads(decode(data, path.name))
    except (ValueError, RecursionError) as err:
        yield from before_break(data, path)
        raise BadInput(f"not usable JSON: {err}", InputFault.NOT_JSON) from err
    objects = parsed if isinstance(parsed, list) else [parsed]
    if in_folder and not any(_is_document(one) for one in objects):
        yield Skipped(path=str(path), reason=_UNKNOWN_JSON, code=InputFault.UNKNOWN_KIND)
        return
    if not objects:
        yield Rejection(path=str(path), reason="the list in it is empty", code=InputFault.EMPTY)
    agency = [one for one in objects if is_ninjs(one)]
    yield from _agency_items(agency, path)
    order = order_shown(_date_of(one) for one in objects)
    for number, one in enumerate(objects, 1):
        if not is_ninjs(one):
            yield from _own(one, path, number if isinstance(parsed, list) else None, order)


def _date_of(value: object) -> str | None:
    date = value.get("published_at") if isinstance(value, dict) else None
    return date if isinstance(date, str) else None


def _is_document(value: object) -> bool:
    return (
        is_ninjs(value) or is_review_list(value) or (isinstance(value, dict) and isinstance(value.get("text"), str))
    )


def _agency_items(objects: list[object], path: Path) -> Iterator[Item]:
    items = []
    for one in objects:
        try:
            items.append(read_ninjs(one))
        except BadInput as err:
            yield Rejection(path=str(path), reason=str(err), code=fault_of(err))
    for item in latest(items):
        yield from agency_document(item, str(path), None)


def _own(value: object, path: Path, number: int | None, order: NumberOrder | None) -> Iterator[Item]:
    try:
        yield from read_object(value, str(path), number, order)
    except BadInput as err:
        yield Rejection(path=str(path), line=number, reason=str(err), code=fault_of(err))


def _referred(exported: Exported, path: Path, in_folder: bool) -> Iterator[Item]:
    """The items that a package names, where they lie beside it; of a folder all files are read anyway."""
    if in_folder:
        return
    beside = {file.resolve(): file for file in path.parent.glob("*.xml")}
    for target in exported.refers:
        file = beside.get((path.parent / target).resolve()) if "\x00" not in target else None
        if file is None:
            yield Rejection(path=str(path), reason=f"the package names {target!r}, which does not lie beside it")
        elif kind_of(data := file.read_bytes()) is FileKind.NEWSML:
            yield from documents_of(read_newsml(data), str(file))


def _entries(listing: Listing, path: Path) -> Iterator[Item]:
    """What a saved feed carries in full; whoever saved it answers for its addresses."""
    chosen = choose(listing.model_copy(update={"url": str(path)}), len(listing.entries), None)
    yield from (one.model_copy(update={"path": str(path)}) for one in chosen.rejected)
    if chosen.flaw is not None:
        yield Caution(path=str(path), reason=chosen.flaw)
    for entry in chosen.entries:
        if entry.content is None:
            yield Rejection(
                path=str(path), reason=f"{entry.title or entry.url!r}: {_ONLY_SUMMARY}", code=InputFault.NO_TEXT
            )
            continue
        dated = date_of_entry(entry.url, entry.language or detect_language(entry.content), entry.listed)
        yield from document(
            str(path),
            None,
            entry.content,
            url=entry.url,
            title=entry.title,
            author=entry.author,
            outlet=chosen.title,
            published_at=dated.moment,
            date_from=dated.source,
            language=entry.language,
            credits=entry.credits,
            cautions=dated.cautions,
            left_out=dated.left_out,
        )
