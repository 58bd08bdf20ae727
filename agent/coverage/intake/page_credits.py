"""Whom a page credits in what it tells machines: the JSON-LD of its article (schema.org), and metadata in its head.

The reader of pages leaves out authors that are organisations, and so the agency whose report a page carries.
"""

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from html import unescape

from agent.coverage.index.address import host_of, page_key
from agent.coverage.intake.metadata import is_web_address
from agent.coverage.origins.agencies import bare_name, folded_name, houses
from agent.coverage.origins.naming import signs_news
from agent.coverage.origins.notes import credited_last
from agent.coverage.origins.signatures import parts_of_author
from agent.models import Frozen

_SCRIPT = re.compile(r"<script\b[^<>]{0,300}application/ld\+json[^<>]{0,300}>", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script", re.IGNORECASE)
_WRAPPED = re.compile(r"\A\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*\Z")
_TITLE = re.compile(r"<(?:title|h1)\b[^<>]{0,500}>([^<]{1,500})", re.IGNORECASE)
_MOST_TITLES, _MOST_NAMED = 4, 40
_META = re.compile(r"<meta\b([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(name|property|content)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_MOST_SCRIPTS, _MOST_CHARACTERS, _MOST_NODES, _MOST_DEPTH = 30, 1_000_000, 5_000, 8
_HEAD = 300_000
_LONGEST_NAME = 120
_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report)\Z")
_HEADLINE_END = re.compile(r"</h1\s*>", re.IGNORECASE)
_ARTICLE_END = re.compile(r"</article\s*>|<(?:aside|footer)\b", re.IGNORECASE)
_BY_LINE = re.compile(
    r"<[a-z]\w*\s[^<>]{0,300}?(?:class|rel|itemprop|id)\s*=\s*[\"'][^\"'<>]{0,200}?"
    r"(?:by-?line|author|signature|article-source|source-name)[^<>]{0,400}>",
    re.IGNORECASE,
)
# Boxes behind an article in which pages say where it is from.
_BOX = re.compile(
    r"<[a-z]\w*\s[^<>]{0,300}?(?:class|id)\s*=\s*[\"'](?:[^\"'<>]{0,200}?[\s_-])?"
    r"(?:re-?publish(?:ed)?|republication|repub|syndicat(?:ed|ion)|first-published|originally-published|attribution"
    r"|(?:article|story|post|news|entry)-?(?:source|credit|agency|copyright)s?|sources?|kaynak|masdar|quelle|fuente)"
    r"(?:[\s_-][^\"'<>]{0,200})?[\"'][^<>]{0,400}>",
    re.IGNORECASE,
)
_NO_MORE = re.compile(
    r"<(?:footer|aside|nav|form)\b|(?:class|id)\s*=\s*[\"'][^\"'<>]{0,200}?"
    r"(?:comment|related|recommend|more-|most-|latest|newsletter|teaser|sidebar|footer)",
    re.IGNORECASE,
)
_END_OF_ARTICLE = re.compile(r"</article\s*>", re.IGNORECASE)
_BOX_END = re.compile(r"</(?:div|section|article)\s*>", re.IGNORECASE)
_BOXES_WITHIN, _MOST_BOXES, _LONGEST_BOX = 20_000, 5, 400
_PARAGRAPH = re.compile(r"</?(?:p|div|article|section|figure|h[1-6]|ul|li)\b", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_BY_LINE_WITHIN, _LONGEST_BY_LINE = 4_000, 1_000
# Around an article's own object stand those of other articles: teasers, lists, what is reviewed.
_INTO = frozenset(("@graph", "mainEntity", "mainEntityOfPage"))
_SOURCES = ("publisher", "sourceOrganization", "provider", "copyrightHolder", "contributor", "creator", "creditText")
_ORIGINALS = ("isBasedOn", "isBasedOnUrl", "translationOfWork", "exampleOfWork")
_META_SOURCES = frozenset(
    ("original-source", "syndication-source", "source", "news_source", "dc.source", "dcterms.source", "author")
)

Node = Mapping[str, object]


class PageCredits(Frozen):
    """`author` is who signs the article, a person or an organisation; `names` are whom the page credits besides."""

    author: str | None = None
    names: tuple[str, ...] = ()


def page_credits(page: str, *, author: str | None, canonical: str | None, outlet: str | None) -> PageCredits:
    """What a page says of whose its article is. `author` is what its reader found: an agency that signs only other
    articles, beside this one, is not this one's. `outlet` is whose page it is: naming itself is no credit."""
    nodes = list(_nodes(page))
    article = _article(nodes, canonical, _squeezed(" ".join(_TITLE.findall(page[:_HEAD])[:_MOST_TITLES])))
    known = {str(node["@id"]): node for node in nodes if node.get("@id") and len(node) > 1}
    signs = list(_organisations(article.get("author"), known)) if article else []
    names = [name for name in signs if signs_news(name)]
    if article:
        names += [n for key in _SOURCES for n in _organisations(article.get(key), known) if signs_news(n)]
        names += [name for key in _ORIGINALS for name in _originals(article.get(key), known)]
    below = _below_headline(page)
    names += [*_in_head(page), *_in_by_line(below), *_in_boxes(page)]
    own = bare_name(outlet)
    if author is not None and _is_from_beside(author, below, own, {bare_name(name) for name in names}):
        author = None
    return PageCredits(
        author=author or next(iter(signs), None),
        names=tuple(dict.fromkeys(name for name in names if bare_name(name) != own)),
    )


def _nodes(page: str) -> Iterator[Node]:
    """The objects of a page's JSON-LD, as far as they may be its article's own or are named by it."""
    waiting: deque[tuple[object, int]] = deque((result, 0) for result in _json_ld(page))
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        one, depth = waiting.popleft()
        if isinstance(one, list):
            waiting += [(inner, depth) for inner in one]
        elif isinstance(one, dict) and depth < _MOST_DEPTH:
            yield one
            waiting += [(value, depth + 1) for key, value in one.items() if key in _INTO]


def _json_ld(page: str) -> Iterator[object]:
    """What can be read of a page's JSON-LD; what cannot is passed over."""
    for script in list(_SCRIPT.finditer(page))[:_MOST_SCRIPTS]:
        end = _SCRIPT_END.search(page, script.end(), script.end() + _MOST_CHARACTERS)
        if end is None:
            continue
        try:
            yield json.loads(_WRAPPED.sub("", page[script.end() : end.start()]), strict=False)
        except (ValueError, RecursionError):
            continue


def _article(nodes: list[Node], canonical: str | None, titles: str) -> Node | None:
    """The object of the page's own article: the one of its address, else one of its titles, else the first."""
    articles = [node for node in nodes if any(_ARTICLE.search(kind) for kind in _texts(node.get("@type")))]
    page = page_key(canonical)

    def apart(node: Node) -> tuple[bool, bool, bool]:
        items = (*_texts(node.get("url")), *_texts(node.get("@id")), *_texts(node.get("mainEntityOfPage")))
        addresses = {page_key(one.partition("#")[0]) for one in items if is_web_address(one)}
        headline = _squeezed(next(_texts(node.get("headline")), ""))
        return page not in addresses, bool(addresses - {page}), not headline or headline not in titles

    return min(articles, key=apart, default=None)


def _squeezed(text: str | None) -> str:
    return "".join(filter(str.isalnum, unescape(text or "").casefold()))


def _texts(value: object) -> Iterator[str]:
    """A text, the texts of a list, or the identifiers of objects."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict) and isinstance(one.get("@id"), str):
            yield one["@id"]


def _few(value: object) -> list[object]:
    """The first of a list: no article has more makers than these."""
    return value[:_MOST_NAMED] if isinstance(value, list) else [value]


def _organisations(value: object, known: Mapping[str, Node]) -> Iterator[str]:
    """The names of those who are no persons: organisations, and names that say nothing of what they are."""
    for one in _few(value):
        node = known.get(str(one.get("@id")), one) if isinstance(one, dict) else one
        names: list[str]
        if isinstance(node, dict) and "Person" not in _texts(node.get("@type")):
            names = list(_texts(node.get("name"))) or list(_texts(node.get("legalName")))
        else:
            # What is said of a person may still be an agency's name, or hold one: "Ada Pilot for Reuters".
            lines = _texts(node.get("name") if isinstance(node, dict) else node)
            names = [name for line in lines for name in _signed(line)]
        yield from (" ".join(unescape(name).split()) for name in names[:8] if 0 < len(name) <= _LONGEST_NAME)


def _originals(value: object, known: Mapping[str, Node]) -> Iterator[str]:
    """Who published the work that the article is made from: a translation's original, a reprint's."""
    for one in _few(value):
        node = known.get(str(one.get("@id")), one) if isinstance(one, dict) else one
        if isinstance(node, dict):
            yield from _organisations(node.get("publisher"), known)
            addresses = _texts(node.get("url"))
        else:
            addresses = _texts(node)
        # Studies and records are the basis of articles too: of addresses, only an agency's or an outlet's counts.
        yield from (name for one in addresses if (name := _known_at(host_of(one))) is not None)


def _known_at(host: str | None) -> str | None:
    """Whose a host is, where it is an agency's or a known outlet's."""
    if host is None:
        return None
    family = houses().family_of(None, host)
    return family.name if family is not None else host if signs_news(host) else None


def _in_head(page: str) -> Iterator[str]:
    """The agencies and outlets in a page's metadata, by name or by address."""
    for meta in _META.finditer(page[:_HEAD]):
        fields = {match[1].lower(): unescape(match[2] or match[3] or "") for match in _ATTRIBUTE.finditer(meta[1])}
        name, content = (
            (fields.get("name") or fields.get("property") or "").lower(),
            fields.get("content", "").strip(),
        )
        if name in _META_SOURCES and 0 < len(content) <= _LONGEST_NAME:
            host = host_of(content)
            yield from _signed(_known_at(host) or host or content)


def _below_headline(page: str) -> str:
    """What stands between the headline and the end of the article, as far as a page marks them; or all of it."""
    headline = _HEADLINE_END.search(page)
    start = headline.end() if headline is not None else 0
    end = _ARTICLE_END.search(page, start)
    return page[start : end.start() if end is not None else len(page)]


def _is_from_beside(author: str, below: str, own: str, credited: set[str]) -> bool:
    """Whether an author is an agency that nothing in or about the article names."""
    agencies = [name for name in _signed(author) if bare_name(name) != own]
    text = below.casefold()
    return bool(agencies) and not any(name.casefold() in text or bare_name(name) in credited for name in agencies)


def _in_by_line(below: str) -> Iterator[str]:
    """The agencies in the first by-line under the headline: further down stand those of other articles."""
    if (element := _BY_LINE.search(below, 0, _BY_LINE_WITHIN)) is not None:
        inside = below[element.end() : element.end() + _LONGEST_BY_LINE]
        yield from _signed(" ".join(unescape(_TAGS.sub(" ", _PARAGRAPH.split(inside)[0])).split())[:_LONGEST_NAME])


def _in_boxes(page: str) -> Iterator[str]:
    """Whom the boxes between the article and what follows it name as those whose it is."""
    headline = _HEADLINE_END.search(page)
    article = _END_OF_ARTICLE.search(page, headline.end() if headline is not None else 0)
    if article is None:
        return
    behind = page[article.end() : article.end() + _BOXES_WITHIN]
    end = _NO_MORE.search(behind)
    behind = behind[: end.start()] if end is not None else behind
    for box in list(_BOX.finditer(behind))[:_MOST_BOXES]:
        inside = _BOX_END.split(behind[box.end() : box.end() + 2 * _LONGEST_BOX], maxsplit=1)[0]
        line = " ".join(unescape(_TAGS.sub(" ", inside)).split())[:_LONGEST_BOX]
        yield from (one.name for one in credited_last([line]))


def _signed(line: str) -> Iterator[str]:
    """The agencies and known outlets in a by-line."""
    parts = (line, *parts_of_author(folded_name(line)[:_LONGEST_NAME]))
    yield from (part for part in dict.fromkeys(parts) if signs_news(part))
