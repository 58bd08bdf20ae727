"""Visits one page: asks for it politely, reads it, and files it under the address where it really is."""

import asyncio
from collections.abc import Iterator
from datetime import date

from agent.coverage.index.address import host_of, page_key, same_page
from agent.coverage.index.catalogue import Catalogue
from agent.coverage.intake.entries import Entry, Listing
from agent.coverage.intake.kinds import FileKind, kind_of
from agent.coverage.intake.metadata import Caution, Item, Rejection, RemarkCode, Removed, document, fault_of
from agent.coverage.intake.office import office_kind, read_office
from agent.coverage.intake.page import KnownMetadata, read_page, same_host
from agent.coverage.intake.page_date import date_of_entry
from agent.coverage.web.fetch_log import Fetches, FetchRecord, now
from agent.errors import BadInput, FetchError, FetchFailed, InputFault
from agent.fetch.fetched import Fetched, NotModified, PageGone, Validators
from agent.fetch.protocol import Fetcher
from agent.models import Document, Frozen
from agent.text.decode import decode
from agent.text.language import detect_language


class PageVisit(Frozen):
    """What came of one page. `look` is to be noted once the items are stored. `again`: it may be had another time."""

    items: tuple[Item, ...] = ()
    look: FetchRecord | None = None
    unchanged: bool = False
    withdrawn: bool = False
    older: bool = False
    again: bool = False


class PageReader:
    """Reads pages; writes nothing."""

    def __init__(self, fetcher: Fetcher, catalogue: Catalogue, fetches: Fetches, since: date | None) -> None:
        self._fetcher = fetcher
        self._catalogue = catalogue
        self._fetches = fetches
        self._since = since

    async def visit(self, entry: Entry, listing: Listing | None = None) -> PageVisit:
        """Reads the page of an entry, or the text that its feed carries where the page cannot be had."""
        if entry.url is None:
            return self._without_page(entry, listing, "the entry has no link", InputFault.NO_LINK)
        look = self._fetches.known([entry.url]).get(entry.url)
        try:
            got = await self._fetcher.get(entry.url, validators=validators_of(look))
        except FetchError as err:
            return self._without_page(entry, listing, str(err), err.reason, again=isinstance(err, FetchFailed))
        if isinstance(got, PageGone):
            return self._gone(entry, listing, got, look)
        return await self.read(got, entry, listing, look)

    async def read(
        self, got: Fetched | NotModified, entry: Entry, listing: Listing | None, look: FetchRecord | None
    ) -> PageVisit:
        """The items that a fetched page holds."""
        if isinstance(got, NotModified):
            return self._unchanged(entry, look)
        items = await asyncio.to_thread(lambda: tuple(_items(got, entry, listing)))
        found = next((item for item in items if isinstance(item, Document)), None)
        validators = own_validators(got)
        seen = FetchRecord(
            url=got.url,
            page=page_key(found.url) if found else None,
            etag=validators.etag,
            last_modified=validators.last_modified,
            told=entry.updated,
            looked_at=now(),
        )
        if found is not None and self._is_older(found):
            return PageVisit(look=seen, older=True)
        if found is not None and self._is_withdrawn(found.url):
            return PageVisit(look=seen, withdrawn=True)
        return PageVisit(items=items, look=seen)

    def _unchanged(self, entry: Entry, look: FetchRecord | None) -> PageVisit:
        seen = look.model_copy(update={"looked_at": now(), "told": entry.updated}) if look else None
        stays_out = look is not None and self._catalogue.page(f"//{look.page}") is None
        return PageVisit(look=seen, unchanged=not stays_out, withdrawn=stays_out)

    def _is_older(self, found: Document) -> bool:
        moment = found.published_at
        return self._since is not None and moment is not None and moment.date() < self._since

    def _is_withdrawn(self, url: str | None) -> bool:
        """Of a page that was withdrawn, a new version stays out too: who withdrew it decides when it is restored."""
        page = page_key(url)
        return page is not None and self._fetches.is_filed(page) and self._catalogue.page(f"//{page}") is None

    def _gone(self, entry: Entry, listing: Listing | None, got: PageGone, look: FetchRecord | None) -> PageVisit:
        answer = f"its host answers {got.status}"
        filed = f"//{look.page}" if look is not None and look.page else got.url
        if self._catalogue.page(filed) is None:
            return self._without_page(entry, listing, f"{answer}: there is no such page", InputFault.GONE)
        return PageVisit(
            items=(Removed(path=got.url, url=filed, reason=f"{answer}: the page was removed", code=InputFault.GONE),)
        )

    def _without_page(
        self, entry: Entry, listing: Listing | None, reason: str, code: RemarkCode, *, again: bool = False
    ) -> PageVisit:
        """A feed's own text stands for pages of its own host only: else it could speak in another outlet's name."""
        place = entry.url or (listing.url if listing else "")
        if entry.content is None or listing is None or not _may_speak_for(listing, entry):
            return PageVisit(items=(Rejection(path=place, reason=reason, code=code),), again=again)
        if entry.url is not None and self._catalogue.page(entry.url) is not None:
            return PageVisit(
                items=(Rejection(path=place, reason=f"{reason}; the text in store is kept", code=code),), again=again
            )
        if self._is_withdrawn(entry.url):
            return PageVisit(withdrawn=True, again=again)
        note = Caution(path=place, reason=f"{reason}; the text that the feed carries is taken", code=code)
        dated = date_of_entry(entry.url, entry.language or detect_language(entry.content), entry.listed)
        items = document(
            place,
            None,
            entry.content,
            url=entry.url,
            title=entry.title,
            author=entry.author,
            outlet=listing.title or host_of(listing.url),
            published_at=dated.moment,
            date_from=dated.source,
            language=entry.language,
            credits=entry.credits,
            cautions=dated.cautions,
            left_out=dated.left_out,
        )
        return PageVisit(items=(note, *items) if entry.url else tuple(items), again=again)


def validators_of(look: FetchRecord | None) -> Validators | None:
    """What to send so that the page comes only where it has changed. None where the store holds nothing that could be
    kept instead."""
    if look is None or not look.standing or (look.etag is None and look.last_modified is None):
        return None
    return Validators(look.etag, look.last_modified)


def own_validators(got: Fetched) -> Validators:
    """Those of the address that was asked for. Where it leads to another page they are that one's: given back later,
    "not changed since" would be said of a page that was never had."""
    return got.validators if same_page(got.url, got.final_url) else Validators()


def _may_speak_for(listing: Listing, entry: Entry) -> bool:
    return entry.url is None or same_host(listing.url, entry.url)


def _items(got: Fetched, entry: Entry, listing: Listing | None) -> Iterator[Item]:
    """A page, a plain text, or a file of an office. What a list tells of a page of another host is not taken for that
    page's own word."""
    kind = kind_of(got.body, got.content_type)
    if kind not in (FileKind.PAGE, FileKind.OTHER):
        yield Rejection(path=got.url, reason=f"it is not the page of an article ({kind})", code=InputFault.NO_ARTICLE)
        return
    known = _known(got, entry, listing)
    try:
        if office_kind(got.body) is not None:
            yield from _of_file(got, known)
        elif got.content_type == "text/plain" and kind is FileKind.OTHER:
            yield from _of_plain_text(got, known)
        else:
            yield from read_page(got.body, got.url, known)
    except BadInput as err:
        yield Rejection(path=got.url, reason=str(err), code=fault_of(err))


def _known(got: Fetched, entry: Entry, listing: Listing | None) -> KnownMetadata:
    own = listing is None or same_host(listing.url, got.final_url)
    return KnownMetadata(
        url=got.final_url,
        charset=got.charset,
        listed=entry.listed,
        title=entry.title,
        author=entry.author if own else None,
        outlet=(entry.outlet or (listing.title if listing else None)) if own else None,
    )


def _of_plain_text(got: Fetched, known: KnownMetadata) -> Iterator[Item]:
    text = decode(got.body, got.url)
    dated = date_of_entry(known.url, detect_language(text), known.listed)
    yield from document(
        got.url,
        None,
        text,
        url=known.url,
        title=known.title,
        author=known.author,
        outlet=known.outlet or host_of(known.url),
        published_at=dated.moment,
        date_from=dated.source,
        cautions=dated.cautions,
        left_out=dated.left_out,
    )


def _of_file(got: Fetched, known: KnownMetadata) -> Iterator[Item]:
    """An office file or a PDF, which tells neither its address nor its outlet nor when it was published."""
    for item in read_office(got.body, got.url):
        if not isinstance(item, Document):
            yield item
            continue
        dated = date_of_entry(known.url, item.language, known.listed)
        fields = {
            "date_from": dated.source if dated.moment is not None else None,
            "left_out": (*item.provenance.left_out, *dated.left_out),
        }
        yield Document.of(
            item.text,
            title=item.title or known.title,
            author=item.author or known.author,
            url=known.url,
            outlet=known.outlet or host_of(known.url),
            published_at=dated.moment,
            language=item.language,
            provenance=item.provenance.model_copy(update=fields),
        )
