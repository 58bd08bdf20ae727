"""What `isnad coverage show` tells of a stored document."""

from collections.abc import Iterator

import click

from agent.coverage.index.entries import DocumentState
from agent.coverage.index.stored import CopyGroup, StoredDocument
from agent.doors.cli.paragraph import show
from agent.models import AGENCY, Bond, DateSource, PublishedReview

_DATE_FROM = {
    DateSource.GIVEN: "as whoever added it said",
    DateSource.STRUCTURED_DATA: "from the page's structured data",
    DateSource.METADATA: "from the page's metadata",
    DateSource.VISIBLE_LINE: "from the date line that its readers see",
    DateSource.ADDRESS: "from its address, which tells the day only",
    DateSource.FEED: "from the feed that listed it",
    DateSource.FEED_UPDATED: "from the feed that listed it, as the time of its last change",
    DateSource.AGENCY: "from the agency's item",
    DateSource.FILE: "from the file",
}
_WHY = {
    Bond.COPY: "a copy of",
    Bond.SHORTENED: "a shortened copy of",
    Bond.LENGTHENED: "it holds the report of",
    Bond.SAME_PAGE: "a version of the page of",
}


def show_stored(document: StoredDocument, *, as_json: bool) -> None:
    """One line for each thing that is known, then the text; or all of it as JSON."""
    if as_json:
        click.echo(document.model_dump_json())
        return
    for name, value in _known(document):
        show(f"{name}: {value}")
    click.echo()
    for line in document.text.splitlines():
        show(line) if line.strip() else click.echo()


def _known(document: StoredDocument) -> Iterator[tuple[str, str]]:
    fields = {
        "id": document.id,
        "title": document.title,
        "outlet": document.outlet,
        "by-line": document.author,
        "credits": ", ".join(document.provenance.credits),
        "published": _published(document),
        "url": document.url,
        "canonical": document.canonical_url,
        "language": document.language,
        "credit": _credit(document),
        "origin": _origin(document.origin) if document.origin else None,
        "state": _state(document),
        "added": f"{document.added_at:%Y-%m-%d %H:%M %z}",
    }
    yield from ((name, value) for name, value in fields.items() if value)
    yield from (("checks", _review(one)) for one in document.provenance.reviews)
    yield from (("left out", f"{one.what} – {one.why}") for one in document.provenance.left_out)
    yield from (("mended", one) for one in document.provenance.mended)


def _review(one: PublishedReview) -> str:
    who = f"claimed by {one.claimant}" if one.claimant else None
    day = f"claimed on {one.claimed_on}" if one.claimed_on else None
    return " · ".join(filter(None, (f"“{one.claim}”", one.rating, who, day)))


def _published(document: StoredDocument) -> str:
    if document.published_at is None:
        return "no date: it may be of any day"
    source = document.provenance.date_from
    value = _DATE_FROM[source] if source is not None else "where it stood was not noted"
    return f"{document.published_at:%Y-%m-%d %H:%M %z}, {value}"


def _credit(document: StoredDocument) -> str:
    credit = document.credit
    if credit is None:
        return "nobody signs it: it counts as a report of its own"
    name = credit.name or credit.id
    return f"goes back to the agency {name}" if credit.id.startswith(AGENCY) else f"a report of {name}'s own"


def _origin(group: CopyGroup) -> str:
    if group.articles == 1:
        return f"{group.id}, told by this document alone"
    counted = f"{group.id}, one report in {group.articles:,} documents"
    if group.why is Bond.FIRST:
        return f"{counted}; this one was there first and is heard for all"
    who = f"{group.first} ({group.first_outlet})" if group.first_outlet else group.first
    shared = f", {group.shared:.0%} shared" if group.shared is not None else ""
    changed = f"; tells otherwise: {', '.join(group.changed)}" if group.changed else ""
    return f"{counted}; {_WHY.get(group.why, group.why)} {group.of}{shared}; {who} is heard for all{changed}"


def _state(document: StoredDocument) -> str:
    match document.state:
        case DocumentState.READY:
            return "matched with claims and never heard: a record" if document.provenance.is_record else "searched"
        case DocumentState.PENDING:
            return "waits for the index, which the next use of the store makes"
        case DocumentState.SUPERSEDED:
            return f"superseded by {document.reason}"
        case DocumentState.WITHDRAWN:
            return f"withdrawn: {document.reason}"
