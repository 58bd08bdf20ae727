"""The article in an HTML page, by trafilatura."""

import codecs
import re
from collections.abc import Iterator

from agent.coverage.told import Item, Rejection, document
from agent.decode import decode

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_HEAD_BYTES = 4096
_LANGUAGE = re.compile(r"<html[^>]*\slang\s*=\s*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)", re.IGNORECASE)
_MISSING = "reading HTML needs an extra package: pip install 'isnad[html]'"


def read_page(data: bytes, path: str) -> Iterator[Item]:
    """The page's main text with its title, address, outlet and date; or a rejection, when there is none."""
    try:
        from trafilatura import bare_extraction
    except ImportError:
        yield Rejection(path=path, reason=_MISSING)
        return
    page = _decoded(data, path)
    found = bare_extraction(page, with_metadata=True, include_comments=False, include_tables=False)
    if found is None or isinstance(found, dict) or not found.text:
        yield Rejection(path=path, reason="there is no article in this page")
        return
    language = _LANGUAGE.search(page)
    yield from document(
        path,
        None,
        found.text,
        url=found.url,
        title=found.title,
        outlet=found.sitename or found.hostname,
        published_at=found.date,
        language=language[1] if language else None,
    )


def _decoded(data: bytes, path: str) -> str:
    """A page may say which encoding it is in; it is believed where its bytes do not prove it wrong."""
    told = _CHARSET.search(data[:_HEAD_BYTES])
    if told is not None:
        try:
            return data.decode(codecs.lookup(told[1].decode("ascii")).name)
        except (LookupError, UnicodeError):
            pass
    return decode(data, path)
