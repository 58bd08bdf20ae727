"""What `isnad coverage search` shows: passages with what either leg says of them, and when they were told."""

from collections.abc import Sequence
from datetime import datetime

import click

from agent.coverage.search.found import SearchHit
from agent.doors.cli.paragraph import show
from agent.messages.words import load_words
from agent.models import Frozen, When
from agent.service.workspace import Workspace
from agent.verify.evidence import when

_TOLD = {When.BEFORE: "before", When.SAME_DAY: "same day", When.AFTER: "after", When.UNKNOWN: "no date"}


class SearchLine(Frozen):
    """One passage; `when` is None where no day was given to hold it against."""

    rank: int
    when: When | None
    found: SearchHit


class SearchOutcome(Frozen):
    """`left_unsearched` documents are in languages that the embedder cannot compare with the text's; `uncompared`
    counts them by language."""

    lines: tuple[SearchLine, ...]
    documents: int
    left_unsearched: int
    uncompared: dict[str, int]


async def look(workspace: Workspace, text: str, limit: int, moment: datetime | None) -> SearchOutcome:
    """What a claim of these words would get, origins taking turns."""
    found = await workspace.search(text, limit)
    return SearchOutcome(
        lines=tuple(
            SearchLine(rank=rank, when=when(moment, one.passage.published_at) if moment else None, found=one)
            for rank, one in enumerate(found.passages, 1)
        ),
        documents=found.documents,
        left_unsearched=sum(found.uncompared.values()),
        uncompared=found.uncompared,
    )


def show_looked(looked: SearchOutcome, *, as_json: bool) -> None:
    if not looked.documents:
        click.echo("Nothing found: the store is empty. Add documents with `isnad coverage add PATH`.", err=True)
    elif not looked.lines:
        click.echo("Nothing found: no passage shares a word with the text.", err=True)
    for line in looked.lines:
        if as_json:
            click.echo(line.model_dump_json())
        else:
            _show(line)
    if looked.left_unsearched:
        named = ", ".join(f"{load_words('en').language_name(code)} {n:,}" for code, n in looked.uncompared.items())
        click.echo(
            f"{looked.left_unsearched:,} of {looked.documents:,} documents are in languages that the embedder cannot "
            f"compare with this text's: {named}. `isnad doctor` tells which it knows, ISNAD_EMBEDDER=e5 or an "
            "ISNAD_EMBEDDING_MODEL may know more.",
            err=True,
        )


def _show(line: SearchLine) -> None:
    one, passage = line.found, line.found.passage
    day = f"{passage.published_at:%Y-%m-%d}" if passage.published_at else "no date"
    value = f" ({_TOLD[line.when]})" if line.when is not None and passage.published_at else ""
    heard = "" if one.heard else "  too far to be heard"
    where = f"{passage.outlet or 'no outlet'}  [{passage.document_id}, origin {one.origin}]"
    show(f"{line.rank}.  {day}{value}  {where}", base="L")
    show(f"{_leg('cosine', one.similarity, one.similarity_place)}  {_words(one)}{heard}", indent=6)
    for text in _parts(passage.title, passage.url, passage.text):
        show(text, indent=6)
    click.echo()


def _words(one: SearchHit) -> str:
    share = f", {one.share:.0%} of the words by rarity" if one.share is not None else ""
    return f"{_leg('BM25', one.bm25, one.bm25_place)}{share}"


def _leg(name: str, score: float | None, place: int | None) -> str:
    return f"{name} {score:.2f} (place {place})" if score is not None else f"{name} –"


def _parts(*texts: str | None) -> Sequence[str]:
    return [text for text in texts if text]
