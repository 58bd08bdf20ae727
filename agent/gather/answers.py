"""Reading what a source answered: whatever it sent, what comes out is short, plain and of the right types."""

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import TypeAlias

from agent.fetch.service import ServiceReply
from agent.gather.source import SourceError, SourceFault, SourceHit, SourceName
from agent.retry_after import retry_after
from agent.text import visible

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

_MOST_HITS = 100
_LONGEST_LINE = 300
_LONGEST_URL = 2000
_TAG = re.compile(r"<[^<>]{0,2000}>")
# Some services write an apostrophe as \', which JSON has no such escape for.
_NO_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')


def check_status(name: str, reply: ServiceReply, setting: str | None = None) -> None:
    """Raises `SourceError` for what is no answer. `setting` names the one that holds the source's key. Nothing of
    the body is told: it may repeat what was sent."""
    status = reply.status
    if status == 200:
        return
    if status in (401, 403) and setting is not None:
        raise SourceError(SourceFault.KEY, f"{name} does not take the key ({status}): look at {setting}")
    if status == 402:
        raise SourceError(SourceFault.QUOTA, f"{name} answers 402: what was paid for is used up")
    if status == 429:
        raise busy(name, reply)
    if status >= 500:
        wait = retry_after(reply.headers)
        raise SourceError(SourceFault.UNREACHABLE, f"{name} answers {status}: it is out of order", wait)
    if 300 <= status < 400:
        raise SourceError(SourceFault.SETTING, f"{name} answers {status}: it is at another address")
    if status in (400, 414, 422):
        raise SourceError(SourceFault.QUESTION, f"{name} does not take the question ({status})")
    raise SourceError(SourceFault.SETTING, f"{name} answers {status}")


def busy(name: str, reply: ServiceReply) -> SourceError:
    wait = retry_after(reply.headers)
    text = f", for {wait:.0f} s" if wait is not None else ""
    return SourceError(SourceFault.BUSY, f"{name} asks to be left alone{text} ({reply.status})", wait)


def read_json(name: str, body: bytes) -> dict[str, Json]:
    """The answer as an object. Raises `SourceError` for anything else."""
    text = body.decode("utf-8-sig", "replace")
    for one in (text, _NO_ESCAPE.sub(r"\\\\", text)):
        try:
            # Control characters within texts are a small sin of many services.
            parsed = json.loads(one, strict=False)
        except (ValueError, RecursionError):
            continue
        if isinstance(parsed, dict):
            return parsed
        break
    raise malformed(name)


def malformed(name: str) -> SourceError:
    return SourceError(SourceFault.MALFORMED, f"{name} does not answer in the form that is documented")


def hits_of(name: str, found: Json, read: Callable[[Mapping[str, Json]], SourceHit | None]) -> tuple[SourceHit, ...]:
    """Those of a list that can be read; one that cannot is passed over. Raises `SourceError` where it is no list."""
    if found is None:
        return ()
    if not isinstance(found, list):
        raise malformed(name)
    return tuple(_read(found, read))


def _read(found: list[Json], read: Callable[[Mapping[str, Json]], SourceHit | None]) -> Iterator[SourceHit]:
    for one in found[:_MOST_HITS]:
        if isinstance(one, dict) and (hit := read(one)) is not None:
            yield hit


def hit(
    source: SourceName, url: Json, title: Json = None, outlet: Json = None, published_at: datetime | None = None
) -> SourceHit | None:
    """None where there is no address; whether that is one of the web is looked at by whoever goes there."""
    if not isinstance(url, str) or not 0 < len(url) <= _LONGEST_URL:
        return None
    return SourceHit(
        url=url.strip(), title=plain(title), outlet=plain(outlet) or None, published_at=published_at, source=source
    )


def plain(parsed: Json) -> str:
    """One short line without markup; empty for what is no text."""
    if not isinstance(parsed, str):
        return ""
    bare = _TAG.sub(" ", html.unescape(_TAG.sub(" ", parsed[: 4 * _LONGEST_LINE])))
    return " ".join(visible(bare).split())[:_LONGEST_LINE]


def moment(parsed: Json, form: str | None = None) -> datetime | None:
    """A time in ISO's form, or in another one; UTC where it tells no zone. None for what is none."""
    if not isinstance(parsed, str):
        return None
    try:
        read = datetime.strptime(parsed, form) if form else datetime.fromisoformat(parsed)
        return read if read.tzinfo else read.replace(tzinfo=UTC)
    except ValueError:
        return None
