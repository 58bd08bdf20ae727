"""XML from strangers: no entities of its own, nothing loaded from elsewhere."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import Element, ParseError

from agent.errors import BadInput, ConfigurationError, InputFault
from agent.extras import needs

# Events: a start and an end for each element. Small elements take fifty times their size in memory.
_MOST_ELEMENTS = 4_000_000
_READS = "reading feeds, sitemaps and agency files"


class EntitiesRefused(BadInput):
    """The XML defines entities of its own."""


def parse_xml(data: bytes) -> Element:
    """The root element; raises `BadInput` for XML that is broken or brings entities, `ConfigurationError` without the
    packages for it."""
    with _refusing():
        from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]  # ships no types

        root: Element = fromstring(data, forbid_entities=True, forbid_external=True)
    return root


def children_of_root(data: bytes) -> Iterator[Element]:
    """The root element, still empty, and then its children, each forgotten when the next is asked for.

    For large files; raises as `parse_xml`.
    """
    with _refusing():
        from defusedxml.ElementTree import iterparse

        depth = 0
        events = iterparse(io.BytesIO(data), ("start", "end"), forbid_entities=True, forbid_external=True)
        for number, (event, element) in enumerate(events):
            if number > _MOST_ELEMENTS:
                raise BadInput(
                    f"there are more than {_MOST_ELEMENTS // 2:,} elements in it", InputFault.FILE_TOO_LARGE
                )
            depth += 1 if event == "start" else -1
            if number == 0:
                root = element
                yield root
            elif event == "end" and depth == 1:
                yield element
                root.clear()


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        from defusedxml import DefusedXmlException  # type: ignore[import-untyped]  # ships no types
    except ImportError as err:
        raise missing() from err
    try:
        yield
    except DefusedXmlException as err:
        raise EntitiesRefused("it defines XML entities of its own, which can fill the memory or read files") from err
    except ParseError as err:
        raise BadInput(f"it is not well-formed XML: {err}", InputFault.NOT_XML) from err
    except (ValueError, LookupError) as err:
        raise BadInput(f"it is not XML in a known encoding: {err}", InputFault.NOT_XML) from err


def refuse_entities(data: bytes) -> None:
    """Raises `BadInput` for XML that brings entities of its own; XML may be broken otherwise."""
    try:
        for _ in children_of_root(data):
            pass
    except EntitiesRefused:
        raise
    except BadInput:
        return


def missing() -> ConfigurationError:
    """What to raise without the packages for it."""
    return ConfigurationError(needs(_READS, "web"))


def local_name(element: Element) -> str:
    """The name without its namespace; empty for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child_of(element: Element | None, name: str) -> Element | None:
    """The first child of a name, whatever its namespace."""
    return next((child for child in element if local_name(child) == name), None) if element is not None else None


def named_under(element: Element | None, name: str) -> Iterator[Element]:
    """All elements of a name under one and itself, whatever their namespace."""
    if element is not None:
        yield from (one for one in element.iter() if local_name(one) == name)
