"""What elements of a Word document hold: the code of fields, what may be said in two ways, words."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from agent.coverage.intake.safe_xml import child_of, local_name
from agent.coverage.intake.word_styles import value_of

_DEEPEST_FIELD = 20


def codes(body: Element) -> Iterator[Element]:
    """The words in the code of a field, such as those that a condition compares: only its result is seen. A field
    that does not end has no code."""
    open_codes: list[list[Element]] = []
    in_code: list[bool] = []
    for element in body.iter():
        name = local_name(element)
        if name == "t" and any(in_code):
            open_codes[in_code.index(True)].append(element)
        elif name == "fldChar":
            kind = value_of(element, "fldCharType")
            if kind == "begin" and len(open_codes) < _DEEPEST_FIELD:
                open_codes.append([])
                in_code.append(True)
            elif kind == "separate" and in_code:
                in_code[-1] = False
            elif kind == "end" and open_codes:
                yield from open_codes.pop()
                in_code.pop()


def is_deleted(element: Element) -> bool:
    """Whether a row or a cell of a table was deleted."""
    match local_name(element):
        case "tr":
            return child_of(child_of(element, "trPr"), "del") is not None
        case "tc":
            return child_of(child_of(element, "tcPr"), "cellDel") is not None
        case _:
            return False


def alternative(element: Element) -> list[Element]:
    """Of several ways to say one thing the one for older programs, where it says it at all."""
    ways = [one for one in reversed(element) if local_name(one) in ("Fallback", "Choice")]
    said = next((way for way in ways if words(way)), None)
    chosen = said if said is not None else next(iter(ways), None)
    return list(chosen) if chosen is not None else []


def outermost(element: Element, name: str) -> list[Element]:
    """Those of a name under an element that stand in no other of them; what may be said in two ways, once."""
    found, waiting = [], list(reversed(element))
    while waiting:
        one = waiting.pop()
        if local_name(one) == name:
            found.append(one)
        else:
            waiting += reversed(alternative(one) if local_name(one) == "AlternateContent" else list(one))
    return found


def words(element: Element) -> str:
    """The words in an element, without those that were deleted."""
    pieces = {"t": None, "tab": " ", "br": " ", "cr": " ", "p": " "}
    found = (one.text if local_name(one) == "t" else pieces.get(local_name(one)) for one in element.iter())
    return "".join(filter(None, found))


def sibling(element: Element, name: str) -> str:
    """The tag of a name in the namespace of an element."""
    return f"{element.tag.rpartition('}')[0]}}}{name}"


def word_tag(equation: Element, name: str) -> str:
    """The tag of Word for what stands beside an equation, in either edition of the standard."""
    strict = equation.tag.startswith("{http://purl.oclc.org/")
    space = "purl.oclc.org/ooxml" if strict else "schemas.openxmlformats.org"
    return f"{{http://{space}/wordprocessingml/{'main' if strict else '2006/main'}}}{name}"
