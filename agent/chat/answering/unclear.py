"""What is said where a message was not understood: that it was not, and the nearest things that can be asked."""

from agent.chat.answering.citing import claims_like
from agent.chat.answering.named import claims_named
from agent.chat.answering.sheet import Sheet
from agent.chat.understanding.reading import read
from agent.models import Finding, Label, number_of

_QUESTIONS = ("ask_why", "ask_sources", "ask_denials")
_MOST = 2


def tell_unclear(sheet: Sheet, words: str) -> None:
    """The claims that the words may be about give the nearest questions, or else those that any report answers."""
    sheet.miss("unclear")
    if sheet.report is None or not sheet.report.claims:
        return
    near = nearest(sheet, words)
    number = number_of(near)
    examples = [sheet.say(key, number=number) for key in _QUESTIONS]
    sheet.tell("nearest", examples=" · ".join(examples))


def nearest(sheet: Sheet, words: str) -> Finding:
    """The claim that a message may be about: one that it names, or else the first that is contested."""
    assert sheet.report is not None
    claims = sheet.report.claims
    found = claims_named(sheet.report, read(words).words) or claims_like(sheet.report, words, most=1)
    disputed = [one for one in claims if one.label is Label.CONTESTED]
    return (found or disputed or list(claims))[0]
