"""Brackets of lines that run from right to left, as they are put into the order of reading.

Ordering does not turn brackets round, and programs differ in what they write: the bracket as it is drawn, or as it is
said. Which it was is told by the brackets themselves: an opening one stands before the one that closes it.
"""

import re
from collections.abc import Sequence

# It goes behind each bracket, and stands before it where letters run to the left.
_TAG = "\U000e01ef"
_PAIRS = ("()", "[]", "{}", "<>", "«»", "‹›")
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_BRACKET = re.compile("([()\\[\\]{}<>«»‹›])")
_TAGGED = re.compile(f"{_TAG}(.)|{_BRACKET.pattern}{_TAG}")
# "أ) …" opens nothing.
_LIST_MARK = re.compile(rf"^\s*\w{{1,3}}[()\[\]]{_TAG}", re.MULTILINE)
_RIGHT_TO_LEFT = re.compile(f"{_BRACKET.pattern}{_TAG}")


def in_order(lines: Sequence[str], base: str, *, drawn: bool) -> list[str]:
    """Lines of one paragraph as they stand on paper, in the order of reading; `base` is R or L, as for the eye.

    `drawn`: brackets stand as they are drawn, so that they are turned round among letters that run to the left. Where
    they tell that it is the other way, it is: they close before they open, and are right when turned.
    """
    return _uprighted([_ordered(line.replace(_TAG, ""), base, drawn) for line in lines])


def _ordered(line: str, base: str, drawn: bool) -> str:
    """The rules that order a line for the eye put it back in order too. The tag stays behind a bracket among letters
    that run to the left."""
    from bidi import get_display  # type: ignore[import-untyped]  # it ships no types

    def turned(found: re.Match[str]) -> str:
        if not found[1]:
            return found[2]
        return f"{found[1].translate(_MIRRORED) if drawn else found[1]}{_TAG}"

    ordered: str = get_display(_BRACKET.sub(rf"\1{_TAG}", line), base_dir=base)
    return _TAGGED.sub(turned, ordered)


def _uprighted(lines: Sequence[str]) -> list[str]:
    """By all lines of the paragraph together, as what opens on one may close on the next; line by line where these
    do not agree."""
    turned = {pair for pair in _PAIRS if _stands_wrong("\n".join(lines), pair)}
    return [_upright(line, turned | {pair for pair in _PAIRS if _stands_wrong(line, pair)}) for line in lines]


def _upright(line: str, pairs: set[str]) -> str:
    wrong = "".join(pairs)
    return _RIGHT_TO_LEFT.sub(lambda found: found[1].translate(_MIRRORED) if found[1] in wrong else found[1], line)


def _stands_wrong(text: str, pair: str) -> bool:
    found = [bracket for bracket in _RIGHT_TO_LEFT.findall(_LIST_MARK.sub("", text)) if bracket in pair]
    return bool(found) and not _is_balanced(found, pair[0]) and _is_balanced(found, pair[1])


def _is_balanced(brackets: Sequence[str], opening: str) -> bool:
    depth = 0
    for bracket in brackets:
        depth += 1 if bracket == opening else -1
        if depth < 0:
            return False
    return depth == 0
