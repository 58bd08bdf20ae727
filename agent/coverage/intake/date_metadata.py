"""The date of publication as a page states it for machines: structured data, microdata and RDFa, metadata."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from agent.coverage.intake.json_ld import StructuredData, is_article, strings_of, types_of
from agent.coverage.intake.page_identity import Identity, Ownership
from agent.models import DateSource, Frozen

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # ships no types

_PAGES = frozenset(("webpage", "itempage", "medicalwebpage"))
_PUBLISHED = frozenset(("datepublished", "schema:datepublished", "dcterms:issued", "dc:issued", "pubdate"))
_HEADLINES = frozenset(("headline", "name", "schema:headline"))
_ADDRESSES = frozenset(("mainentityofpage", "url"))
# A page of an article marks one date or a few; each is looked at with all that it belongs to.
_MOST_MARKED = 30
# In the order in which they are believed. What is named after creation, change or release of something else is not
# among them.
_NAMES = tuple(
    """article:published_time og:article:published_time article:published og:article:published og:published_time
    article:published_date article:publicationdate article:post_date article.published published_time
    datepublished date_published og:datepublished rnews:datepublished schema:datepublished publishedtime
    publicationdate publication_date publication-date publishdate publish_date publish-date publish_time
    published-date published_date publisheddate pubdate og:pubdate og:publish_date bt:pubdate rbpubdate pdate ptime
    originalpublicationdate article_date_original dcsext.articlefirstpublished iso-8601-publish-date
    cxenseparse:recs:publishtime cxenseparse:publishtime cxenseparse:recs:published parsely-pub-date sailthru.date
    shareaholic:article_published_time mediator_published_time vr:published_time twt-published-at
    analyticsattributes.articledate displaydate dateposted
    dcterms.issued dcterms:issued dc.date.issued dc:date.issued dc.issued dc.date.publication dc.date dc:date
    dcterms.date dcterms:date citation_publication_date citation_online_date citation_date date""".split()
)


class StatedDate(Frozen):
    """A date as it stands in a page, and where."""

    written: str
    source: DateSource
    where: str


def stated_dates(tree: "HtmlElement", data: StructuredData, identity: Identity) -> Iterator[StatedDate]:
    """What a page states of its own publication, most trusted first."""
    yield from _of_nodes(data, identity)
    yield from _in_elements(tree, identity)
    yield from _in_metadata(tree)


def _of_nodes(data: StructuredData, identity: Identity) -> Iterator[StatedDate]:
    """Of the article itself; where none is described, of the page. Descriptions that do not tell of what they are
    count where they do not contradict each other."""
    for is_kind in (is_article, _PAGES.__contains__):
        items = [(_whose(node, identity), node) for node in data.nodes if any(map(is_kind, types_of(node)))]
        own = [node for whose, node in items if whose is Ownership.OWN]
        dates = list(_dates(own or [node for whose, node in items if whose is Ownership.OPEN]))
        if own or len({one.written[:10] for one in dates}) == 1:
            yield from dates
            return


def _dates(nodes: list[dict[str, object]]) -> Iterator[StatedDate]:
    for node in nodes:
        for value in strings_of(node.get("datePublished")):
            yield StatedDate(
                written=value, source=DateSource.STRUCTURED_DATA, where="datePublished of its structured data"
            )


def _whose(node: dict[str, object], identity: Identity) -> Ownership:
    page = node.get("mainEntityOfPage")
    of_page = [page.get("@id"), page.get("url")] if isinstance(page, dict) else [page]
    addresses = [text for value in (node.get("url"), node.get("@id"), *of_page) for text in strings_of(value)]
    headlines = [text for name in ("headline", "name", "alternativeHeadline") for text in strings_of(node.get(name))]
    return identity.whose(addresses, headlines)


def _in_elements(tree: "HtmlElement", identity: Identity) -> Iterator[StatedDate]:
    """Microdata and RDFa: properties of an article that is the page's own, or does not tell of which page it is where
    there is no other."""
    marked = (one for one in tree.iter("*") if _PUBLISHED.intersection(_properties(one)))
    whose: dict[HtmlElement | None, Ownership] = {None: Ownership.OTHER}
    fields: dict[Ownership, list[StatedDate]] = {one: [] for one in Ownership}
    for element in islice(marked, _MOST_MARKED):
        thing = _thing_of(element)
        if thing not in whose:
            whose[thing] = _whose_article(thing, identity)
        attributes = (element.get(name) for name in ("content", "datetime", "title"))
        date = next(filter(None, attributes), "") or element.text_content()[:200].strip()
        if date:
            where = "datePublished of its microdata"
            fields[whose[thing]].append(StatedDate(written=date, source=DateSource.STRUCTURED_DATA, where=where))
    is_alone = Ownership.OWN not in whose.values() and len({one.written[:10] for one in fields[Ownership.OPEN]}) == 1
    yield from fields[Ownership.OPEN] if is_alone else fields[Ownership.OWN]


def _properties(element: "HtmlElement") -> list[str]:
    return f"{element.get('itemprop') or ''} {element.get('property') or ''}".lower().split()


def _is_thing(element: "HtmlElement") -> bool:
    return element.get("itemscope") is not None or element.get("typeof") is not None


def _thing_of(element: "HtmlElement") -> "HtmlElement | None":
    """What an element tells a property of."""
    return next((one for one in element.iterancestors() if _is_thing(one)), None)


def _whose_article(thing: "HtmlElement", identity: Identity) -> Ownership:
    """Whose article it describes, by the headline and the address that it tells of it; others' where it is none."""
    kinds = f"{thing.get('itemtype') or ''} {thing.get('typeof') or ''}".lower().replace(":", "/").split()
    if not any(is_article(kind.rpartition("/")[2]) for kind in kinds):
        return Ownership.OTHER
    headlines = [one.text_content() for one in islice(thing.iter("h1"), _MOST_MARKED)]
    addresses = [thing.get("itemid") or ""]
    for element in thing.iter("*"):
        names = set(_properties(element))
        if names & _HEADLINES and _thing_of(element) is thing:
            headlines.append(element.get("content") or element.text_content())
        if names & _ADDRESSES and _thing_of(element) is thing:
            addresses.append(element.get("href") or element.get("content") or element.get("itemid") or "")
    whose = identity.whose(filter(None, addresses), headlines)
    return Ownership.OTHER if whose is Ownership.OPEN and headlines else whose


def _in_metadata(tree: "HtmlElement") -> Iterator[StatedDate]:
    fields: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = (meta.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop"):
            name = (meta.get(attribute) or "").strip().lower()
            if content and name and _may_be_the_pages(meta, attribute):
                fields.setdefault(name, content)
    for name in _NAMES:
        if name in fields:
            yield StatedDate(written=fields[name], source=DateSource.METADATA, where=name)


def _may_be_the_pages(meta: "HtmlElement", attribute: str) -> bool:
    """A property without a thing that it belongs to is one of the page; one of a thing is read with it."""
    return attribute != "itemprop" or not any(_is_thing(one) for one in meta.iterancestors() if one.tag != "html")
