"""Lines as they stand on paper, from left to right, put into the order in which they are read."""

import re
import unicodedata
from collections.abc import Sequence

from agent.text.brackets import in_order

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_STRONG = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u052f\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# Letters as they are drawn: two that are drawn as one, and each in the form of its place in the word.
_DRAWN = re.compile("[\ufb00-\ufb06\ufb1d-\ufdff\ufe70-\ufefc]+")
# Marks above a letter take a place of their own on paper.
_BEFORE_MARK = re.compile("[ \u00a0]+(?=[\u064b-\u0652\u0670])")
_SPACES = re.compile("[ \u00a0\t]+")


def as_read(paragraph: str) -> str:
    """A paragraph whose letters stand as on the page, in the order of reading; one from left to right as it is."""
    lines = paragraph.split("\n")
    if _RIGHT_TO_LEFT.search(paragraph):
        lines = in_order(lines, "R" if _runs_left(lines) else "L", drawn=True)
    text = "\n".join(_SPACES.sub(" ", line).strip() for line in lines)
    return _BEFORE_MARK.sub("", _DRAWN.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text))


def _runs_left(lines: Sequence[str]) -> bool:
    """By the letters at both ends of its lines; by how many there are of either kind where these do not tell."""
    strong = [letters for line in lines if (letters := _STRONG.findall(line))]
    ends = "".join(letters[0] + letters[-1] for letters in strong)
    right, all_ends = len(_RIGHT_TO_LEFT.findall(ends)), len(ends)
    if 2 * right != all_ends:
        return 2 * right > all_ends
    return 2 * sum(len(_RIGHT_TO_LEFT.findall(line)) for line in lines) >= sum(map(len, strong))
