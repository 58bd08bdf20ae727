"""Whom a page credits in what it tells machines: the JSON-LD of its article (schema.org), and metadata in its head.

The reader of pages leaves out authors that are organisations, and so the agency whose report a page carries.
"""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape

from agent.coverage.address import host_of, page_key
from agent.coverage.formats.told import is_web_address
from agent.coverage.origins.agencies import bare_name
from agent.coverage.origins.naming import signs_news
from agent.models import Frozen

_SCRIPT = re.compile(r"<script\b[^>]{0,300}application/ld\+json[^>]{0,300}>", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script", re.IGNORECASE)
_WRAPPED = re.compile(r"\A\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*\Z")
_TITLE = re.compile(r"<(?:title|h1)\b[^>]{0,500}>([^<]{1,500})", re.IGNORECASE)
_MOST_TITLES = 4
_META = re.compile(r"<meta\b([^>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(name|property|content)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_MOST_SCRIPTS, _MOST_CHARACTERS, _MOST_NODES, _MOST_DEPTH = 30, 1_000_000, 5_000, 8
_HEAD = 300_000
_LONGEST_NAME = 120
_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report)\Z")
# Around an article's own object stand those of other articles: teasers, lists, what is reviewed.
_INTO = frozenset(("@graph", "mainEntity", "mainEntityOfPage"))
_SOURCES = ("publisher", "sourceOrganization", "provider", "copyrightHolder", "contributor", "creator", "creditText")
_ORIGINALS = ("isBasedOn", "isBasedOnUrl", "translationOfWork", "exampleOfWork")
_META_SOURCES = frozenset(
    ("original-source", "syndication-source", "source", "news_source", "dc.source", "dcterms.source", "author")
)

Node = Mapping[str, object]


class PageCredits(Frozen):
    """`author` is the organisation that signs the article, if one does; `names` are whom the page credits."""

    author: str | None = None
    names: tuple[str, ...] = ()


def page_credits(page: str, *, canonical: str | None, outlet: str | None) -> PageCredits:
    """What a page says of whose its article is. `outlet` is whose page it is: naming itself is no credit."""
    nodes = list(_nodes(page))
    article = _article(nodes, canonical, _squeezed(" ".join(_TITLE.findall(page[:_HEAD])[:_MOST_TITLES])))
    known = {str(node["@id"]): node for node in nodes if node.get("@id") and len(node) > 1}
    signs = list(_organisations(article.get("author"), known)) if article else []
    names = [name for name in signs if signs_news(name)]
    if article:
        names += [n for key in _SOURCES for n in _organisations(article.get(key), known) if signs_news(n)]
        names += [name for key in _ORIGINALS for name in _originals(article.get(key), known)]
    names += [name for name in _in_head(page) if signs_news(name)]
    own = bare_name(outlet)
    return PageCredits(
        author=next(iter(signs), None),
        names=tuple(dict.fromkeys(name for name in names if bare_name(name) != own)),
    )


def _nodes(page: str) -> Iterator[Node]:
    """The objects of a page's JSON-LD, as far as they may be its article's own or are named by it."""
    waiting: list[tuple[object, int]] = [(told, 0) for told in _told(page)]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        one, depth = waiting.pop(0)
        if isinstance(one, list):
            waiting += [(inner, depth) for inner in one]
        elif isinstance(one, dict) and depth < _MOST_DEPTH:
            yield one
            waiting += [(value, depth + 1) for key, value in one.items() if key in _INTO]


def _told(page: str) -> Iterator[object]:
    """What can be read of a page's JSON-LD; what cannot is passed over."""
    for script in list(_SCRIPT.finditer(page))[:_MOST_SCRIPTS]:
        end = _SCRIPT_END.search(page, script.end())
        text = _WRAPPED.sub("", page[script.end() : end.start() if end else script.end()])
        if len(text) > _MOST_CHARACTERS:
            continue
        try:
            yield json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue


def _article(nodes: list[Node], canonical: str | None, titles: str) -> Node | None:
    """The object of the page's own article: the one of its address, else one of its titles, else the first."""
    articles = [node for node in nodes if any(_ARTICLE.search(kind) for kind in _texts(node.get("@type")))]
    page = page_key(canonical)

    def apart(node: Node) -> tuple[bool, bool, bool]:
        told = (*_texts(node.get("url")), *_texts(node.get("@id")), *_texts(node.get("mainEntityOfPage")))
        addresses = {page_key(one.partition("#")[0]) for one in told if is_web_address(one)}
        headline = _squeezed(next(_texts(node.get("headline")), ""))
        return page not in addresses, bool(addresses - {page}), not headline or headline not in titles

    return min(articles, key=apart, default=None)


def _squeezed(told: str | None) -> str:
    return "".join(filter(str.isalnum, unescape(told or "").casefold()))


def _texts(told: object) -> Iterator[str]:
    """A text, the texts of a list, or the identifiers of objects."""
    for one in told if isinstance(told, list) else [told]:
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict) and isinstance(one.get("@id"), str):
            yield one["@id"]


def _organisations(told: object, known: Mapping[str, Node]) -> Iterator[str]:
    """The names of those who are no persons: organisations, and names that say nothing of what they are."""
    for one in told if isinstance(told, list) else [told]:
        node = known.get(str(one.get("@id")), one) if isinstance(one, dict) else one
        if isinstance(node, dict) and "Person" not in _texts(node.get("@type")):
            names = list(_texts(node.get("name"))) or list(_texts(node.get("legalName")))
        else:
            # What is said of a person may still be an agency's name: careless sites call all of them so.
            names = list(_texts(node.get("name") if isinstance(node, dict) else node))
            names = [name for name in names if signs_news(name)]
        yield from (" ".join(unescape(name).split()) for name in names[:8] if 0 < len(name) <= _LONGEST_NAME)


def _originals(told: object, known: Mapping[str, Node]) -> Iterator[str]:
    """Who published the work that the article is made from: a translation's original, a reprint's."""
    for one in told if isinstance(told, list) else [told]:
        node = known.get(str(one.get("@id")), one) if isinstance(one, dict) else one
        if isinstance(node, dict):
            yield from _organisations(node.get("publisher"), known)
            addresses = _texts(node.get("url"))
        else:
            addresses = _texts(node)
        # Studies and records are the basis of articles too: of addresses, only an agency's or an outlet's counts.
        yield from (host for one in addresses if (host := host_of(one)) is not None and signs_news(host))


def _in_head(page: str) -> Iterator[str]:
    """The sources in a page's metadata, by name or by address."""
    for meta in _META.finditer(page[:_HEAD]):
        told = {match[1].lower(): unescape(match[2] or match[3] or "") for match in _ATTRIBUTE.finditer(meta[1])}
        name, content = (told.get("name") or told.get("property") or "").lower(), told.get("content", "").strip()
        if name in _META_SOURCES and 0 < len(content) <= _LONGEST_NAME:
            yield host_of(content) or content
