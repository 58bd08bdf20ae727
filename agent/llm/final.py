"""The final answer within a model's words: what stands last and whole, and never a draft.

Models think aloud before they answer, each within marks of its own, and draft there what they are asked for. Some
lose the opening mark, which was part of the prompt. An article may quote such marks, too: inside a whole JSON object
they are words like any others.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.llm.structured import Json

_NAME = (
    r"(?:\w{0,16}[:_-]?(?:think|thinking|thought|thoughts|reason|reasoning|reflect|reflection|scratchpad|analysis|"
    r"monologue|cot)(?:[_-]\w{1,24})?)"
)
_ANSWER = r"(?:final_)?(?:answer|final|output|response|solution|conclusion)"
_MARK = re.compile(
    rf"(?P<end></{_NAME}\s{{0,4}}>|\[/{_NAME}\]|◁/think▷|<\|(?:/|end(?:[_▁]of)?)[_▁]?{_NAME}\|>"
    r"|<\|inner_suffix\|>|<unused95>|<channel\|>)"
    rf"|(?P<begin><{_NAME}(?:\s[^<>]{{0,80}})?>|\[{_NAME}\]|◁think▷|<\|(?:start|begin[_▁]of)?[_▁]?{_NAME}\|>"
    r"|<\|inner_prefix\|>|<unused94>|<\|channel>)"
    rf"|(?P<answer><{_ANSWER}>|<\|(?:start_response|begin[_▁]of[_▁]solution|content)\|>|\[begin final response\]"
    # Where a server takes the marks of channels out, their names are left in the text.
    r"|(?<=assistant)final(?:json)?(?=\s{0,9}[{`\[]))"
    r"|(?P<channel><\|channel\|>\w{1,20}[^<{\[]{0,80}(?:<\|constrain\|>\w{0,12}\s{0,4})?(?:<\|message\|>)?)"
    r"|(?P<next><\|(?:start|begin)\|>(?:assistant)?|<\|end\|>)"
    rf"|(?P<rest></{_ANSWER}>|<\|(?:return|call|message|im_end|end_response|end[_▁]of[_▁]solution)\|>"
    r"|\[end final response\])",
    re.IGNORECASE,
)
_FINAL_CHANNEL = "<|channel|>final"
_TO_FUNCTION = " to=functions."
_OPENING = re.compile(r'\{(?=\s*["}])')
_FENCE = "```"
_LANGUAGE = re.compile(r"\A[\w-]{0,20}")
# Reading on from every brace of a hostile answer would take time with the square of its length.
_MOST_WORK = 1_000_000_000
_WORK_OF_A_NEST = 10_000_000


class TooTangled(Exception):
    """The text holds so many broken objects that nobody can say which one stands last."""


@dataclass(frozen=True, slots=True)
class JsonObject:
    """A whole JSON object: `text[start:end]`."""

    start: int
    end: int
    value: dict[str, Json]


@dataclass(frozen=True, slots=True)
class SpokenAnswer:
    """What a model meant to say, and what it only said to itself."""

    said: str
    thought: str


class Objects:
    """Every whole JSON object of a text that is not inside another one, in order."""

    def __init__(self, found: Sequence[JsonObject]) -> None:
        self.found = found
        self._starts = [one.start for one in found]

    def cover(self, at: int) -> bool:
        """Whether this place of the text is in one of them."""
        number = bisect_right(self._starts, at) - 1
        return number >= 0 and at < self.found[number].end


def find_objects(text: str) -> Objects:
    """Raises `TooTangled`."""
    return Objects(list(_objects(text)))


def apart(text: str) -> SpokenAnswer:
    """Tells what is meant from the thoughts before and around it. Raises `TooTangled`."""
    said: list[str] = []
    thought: list[str] = []
    at, thinking = 0, False
    for mark in _marks(text):
        (thought if thinking else said).append(text[at : mark.start()])
        at = mark.end()
        kind = _kind(mark)
        if kind == "answer" or (kind == "end" and not thinking):
            # Only now the answer begins; or what ends here are thoughts whose beginning was never sent.
            thought += said
            said = []
        if kind != "rest":
            thinking = kind == "begin"
    (thought if thinking else said).append(text[at:])
    return SpokenAnswer("".join(said).strip(), "".join(thought).strip())


def unfenced(text: str) -> str:
    """The inside of a text that is one code fence; any other text as it is."""
    text = text.strip()
    inner = text.removeprefix(_FENCE).removesuffix(_FENCE)
    if len(inner) != len(text) - 2 * len(_FENCE):
        return text
    return _LANGUAGE.sub("", inner, count=1).strip()


def _marks(text: str) -> Iterator[re.Match[str]]:
    """The marks that are not words inside an object."""
    if (first := _MARK.search(text)) is None:
        return
    objects = find_objects(text)
    yield from (mark for mark in _MARK.finditer(text, first.start()) if not objects.cover(mark.start()))


def _kind(mark: re.Match[str]) -> str:
    """Of all channels only the final one is meant for others, and one in which a function is called."""
    if mark.lastgroup == "channel":
        text = mark[0].lower()
        return "answer" if text.startswith(_FINAL_CHANNEL) or _TO_FUNCTION in text else "begin"
    return mark.lastgroup or "rest"


def _objects(text: str) -> Iterator[JsonObject]:
    decoder = json.JSONDecoder(strict=False)
    work, behind = 0, 0
    for opening in _OPENING.finditer(text):
        start = opening.start()
        if start < behind:
            continue
        try:
            value, behind = decoder.raw_decode(text, start)
        except json.JSONDecodeError as err:
            work += err.pos
        except RecursionError:
            work += _WORK_OF_A_NEST
        else:
            yield JsonObject(start, behind, value)
        if work > _MOST_WORK:
            raise TooTangled
