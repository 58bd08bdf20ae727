"""Which line ends end a sentence: a line is a paragraph, a heading, or was broken by hand in mid-sentence.

Each line end is judged where it stands, because a text may be broken by hand in places only. Most tell by what stands
at them: a full stop, a comma, a small letter. The others are judged by how the lines around them are broken.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from agent.text.folding import fold
from agent.text.lines import (
    CLOSERS,
    OPENERS,
    Line,
    LineBreakKind,
    LineWords,
    has_capitals,
    joints_of,
    line_words,
    paragraphs_of,
)

# A line as long as this is a whole paragraph: nobody breaks lines by hand so late.
_PARAGRAPH = 160
_NARROWEST = 30
_FEWEST_LINES = 3
_FEWEST_OF_A_RUN = 4
_TITLE_WORDS, _LONG_TITLE_WORDS = 3, 5
_LONGER = 4
_CAPITALS = 0.75
# Of the lines that surely go on, so many are as full as lines of one width are.
_REGULAR = 0.7


@dataclass(frozen=True, slots=True)
class _Shape:
    """How some lines are broken: at one width, or anywhere where `width` is 0."""

    width: int

    def fills(self, line: Line, following: Line) -> bool:
        """Whether the next word did not fit into the line any more."""
        return line.size + 1 + len(following.first_word) > self.width > 0


def blocks(text: str, language: str) -> list[tuple[int, int]]:
    """The stretches of a text in which line ends say nothing, in order; what stands between them ends a sentence."""
    if "\n" not in text and "\r" not in text:
        return [(0, len(text))]
    words = line_words(language)
    paragraphs = paragraphs_of(text)
    joints = [joints_of(text, lines, words, language) for lines in paragraphs]
    overall = _shape([pair for lines, some in zip(paragraphs, joints, strict=True) for pair in _pairs(lines, some)])
    breaks: list[tuple[int, int]] = []
    top = True
    for lines, some in zip(paragraphs, joints, strict=True):
        ends = _ends(lines, some, overall, words, top=top)
        breaks += [(lines[n].end, lines[n + 1].start) for n in ends]
        breaks += [(lines[-1].end, lines[-1].end)] if lines else []
        top = top and not any(line.has_full_stop for line in lines)
    starts = [0, *(end for _, end in breaks)]
    return list(zip(starts, [*(start for start, _ in breaks), len(text)], strict=True))


class _Pair(NamedTuple):
    """A line and the one below it, where nothing ends the first. `sure`: it surely goes on; `stub`: a single word
    stands in it, and not at the top, where that may be a heading."""

    line: Line
    following: Line
    sure: bool
    stub: bool


def _pairs(lines: Sequence[Line], joints: Sequence[LineBreakKind]) -> list[_Pair]:
    """The pairs that tell how a text is broken: lines that surely go on, and those of scripts without capitals."""
    found = (
        _Pair(lines[n], lines[n + 1], joint is LineBreakKind.GOES_ON, stub=n > 1 and lines[n].words == 1)
        for n, joint in enumerate(joints)
    )
    return [
        pair
        for pair, joint in zip(found, joints, strict=True)
        if joint is not LineBreakKind.ENDS
        and pair.line.size <= _PARAGRAPH
        and (pair.sure or not has_capitals(pair.following, pair.line))
    ]


def _shape(pairs: Sequence[_Pair]) -> _Shape | None:
    """How the lines are broken; None where none surely is, or a single one for a reason of its own."""
    sure = [pair for pair in pairs if pair.sure]
    if not sure or (len(sure) == 1 and sure[0].line.size < _NARROWEST):
        return _Shape(0) if any(pair.stub for pair in pairs) else None
    width = _Shape(max(pair.line.size for pair in (sure if len(sure) >= _FEWEST_LINES else pairs)))
    full = sum(width.fills(pair.line, pair.following) for pair in pairs)
    return width if full >= _REGULAR * len(pairs) else _Shape(0)


def _ends(
    lines: Sequence[Line], joints: Sequence[LineBreakKind], overall: _Shape | None, words: "LineWords", *, top: bool
) -> list[int]:
    """The lines of a paragraph that end a sentence. `top`: none ended above it, so it may begin with headings."""
    ends: list[int] = []
    start = 0
    for at in [*(n for n, joint in enumerate(joints) if joint is LineBreakKind.ENDS), len(joints)]:
        lines_of_run, inner = lines[start : at + 1], joints[start:at]
        pairs = _pairs(lines_of_run, inner)
        shape = _shape(pairs) if sum(pair.sure for pair in pairs) >= _FEWEST_OF_A_RUN else overall
        run = _LineRun(lines_of_run, inner, shape, words, opens=top and start == 0)
        ends += [start + n for n in run.ends()]
        ends += [at] if at < len(joints) else []
        start = at + 1
    return ends


@dataclass(frozen=True)
class _LineRun:
    """Lines none of which ends a sentence for certain, but the last; `opens`: a text begins with them."""

    lines: Sequence[Line]
    joints: Sequence[LineBreakKind]
    shape: _Shape | None
    words: "LineWords"
    opens: bool

    def ends(self) -> Iterator[int]:
        longest = max((line.size for line in self.lines), default=0)
        opening = self._openings()
        lede = max(opening, default=0) if self.opens else 0
        begun = False
        for n, joint in enumerate(self.joints):
            ended = joint is LineBreakKind.OPEN and (
                n < lede or self._ends_at(n, longest, begun=begun, opening=n + 1 in opening)
            )
            if ended:
                yield n
            begun = not ended

    def _openings(self) -> frozenset[int]:
        """The lines that begin as sentences do: with an article or a preposition in capitals, or a verb of saying.

        What stands above such a line at the top of a text are headings. A verb may stand behind its subject: it opens
        a sentence only below a few words that nothing joins to it.
        """
        found = []
        above, apart = 0, True
        for n, joint in enumerate(self.joints, 1):
            above += self.lines[n - 1].words
            if joint is LineBreakKind.OPEN:
                word = self.lines[n].first_word.strip(OPENERS)
                listed_in = self.words.open if word[:1].isupper() else self.words.opens
                fits = word[:1].isupper() or (apart and above >= _TITLE_WORDS)
                found += [n] if fits and fold(word) in listed_in else []
            apart = apart and joint is LineBreakKind.OPEN
        return frozenset(found)

    def _ends_at(self, n: int, longest: int, *, begun: bool, opening: bool) -> bool:
        line, following = self.lines[n], self.lines[n + 1]
        if max(line.size, following.size) > _PARAGRAPH:
            return True
        capitals = has_capitals(following, line)
        if capitals and (opening or (not begun and _is_headline(line))):
            return True
        if begun and not (capitals or self.opens):
            # A sentence that went on from the line above, and that nothing ended.
            return False
        if self.shape is None:
            # Without small letters a text may be broken and show it nowhere. Two headings below a sentence are rare.
            broken = len(self.lines) >= _FEWEST_LINES and (not self.opens or _Shape(longest).fills(line, following))
            return capitals or not broken
        if self.shape.width:
            # A name may be parted at the top of a text; any other word in capitals begins the line below a heading.
            headed = capitals and self.opens and not begun and not (self.words.nouns or _ends_in_name(line))
            return headed or not self.shape.fills(line, following)
        if begun or line.words < _TITLE_WORDS:
            return False
        # A text that is broken anywhere: above it stand a headline, or a dateline.
        if self.opens:
            return capitals or opening or line.words >= _LONG_TITLE_WORDS
        return opening and line.last[-1].isdigit()


def _is_headline(line: Line) -> bool:
    """Whether nearly all its longer words have capitals, as headlines have in some languages."""
    longer = [word for word in line.first.split() if len(word) >= _LONGER]
    return len(longer) >= _TITLE_WORDS and sum(word[0].isupper() for word in longer) >= _CAPITALS * len(longer)


def _ends_in_name(line: Line) -> bool:
    return line.last.split()[-1].strip(OPENERS + CLOSERS)[:1].isupper()
