"""A line in which a date may stand, as numbers, words and signs in one form, whatever script they are in."""

import re
from dataclasses import dataclass

from agent.text import fold

# No date line is longer; hostile ones cost no more than this.
LONGEST_LINE = 400
# "p.m.", "a. m.", «ه.ق», «ت.غ».
_SPELLED = re.compile(r"(?<![^\W_])(?:([ap])\. ?(m)|([^\W\d_])\.([^\W\d_]))(?:\.|(?![^\W_]))")
_TOKEN = re.compile(r"\d+|[\u3040-\u30ff\u3400-\u9fff]|[^\W\d_]+|[^\w\s]|_")
_SHOUTED = re.compile(r"\b[A-Z]{2,5}\b")


@dataclass(frozen=True, slots=True)
class Token:
    """`attached`: no space stands before it. `shouted`: it was written in Latin capitals."""

    text: str
    attached: bool
    shouted: bool = False

    @property
    def is_number(self) -> bool:
        return self.text.isdecimal()

    @property
    def is_sign(self) -> bool:
        return not self.text[0].isalnum()


def tokens_of(line: str) -> list[Token]:
    """The tokens of a line, of a long one only those of its beginning."""
    line = line[:LONGEST_LINE]
    shouted = {word.lower() for word in _SHOUTED.findall(line)}
    tokens: list[Token] = []
    end = -1
    for found in _TOKEN.finditer(_SPELLED.sub(r"\1\2\3\4", plain(line))):
        tokens.append(Token(found[0], found.start() == end, found[0] in shouted))
        end = found.end()
    return tokens


def plain(text: str) -> str:
    """Folded, with the dotless i of Turkish as any other."""
    return fold(text).replace("ı", "i")
