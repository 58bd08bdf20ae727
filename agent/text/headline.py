"""The headline with which a pasted text begins; of one without, its first words."""

_LONGEST_HEADLINE, _MOST_WORDS = 200, 30
_ENDS = ".…؟?!。:،,;؛"
_CLOSERS = "\"'”’»)]›」"
_MARKUP = "#*_ \t"


def headline_in(text: str) -> str | None:
    """The first line, where it is short, ends no sentence but a question, and more text follows it."""
    lines = [line.strip() for line in text[:4000].splitlines()]
    value = [line for line in lines if line]
    if len(value) < 2:
        return None
    line = value[0].strip(_MARKUP)
    if not line or len(line) > _LONGEST_HEADLINE or len(line.split()) > _MOST_WORDS:
        return None
    last = line.rstrip(_CLOSERS)[-1:]
    # What was broken by hand in mid-sentence goes on below; a headline is shorter than a line of text.
    if (last in _ENDS and last not in "؟?!") or _goes_on(line, value[1]):
        return None
    return line


def first_words(text: str, most: int = 90) -> str:
    """What a text without a headline is listed by: its beginning, cut between two words."""
    line = " ".join(text[: 4 * most].split())
    if len(line) <= most:
        return line
    return line[:most].rsplit(" ", 1)[0].rstrip(_ENDS + " ") + "…"


def listed_by(text: str) -> str:
    """The name of a text that bears none."""
    return headline_in(text) or first_words(text)


def _goes_on(line: str, following: str) -> bool:
    runs_on = len(line) > 40 and following[:1].islower()
    return runs_on or (len(line.split()) > 8 and abs(len(line) - len(following)) < 8)
