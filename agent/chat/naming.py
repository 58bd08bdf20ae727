"""Which claims are meant by words that name them: "the claim about the bridge"."""

from agent.chat.actions import OF_ALL, OF_CLAIM, Action, ActionName, AnswerNote
from agent.chat.answering.citing import claims_like
from agent.chat.answering.named import claims_about, claims_named, numbers_of, outlets_named
from agent.chat.asking import NothingToAsk, missing_claim
from agent.chat.deps import Listener
from agent.errors import AnalystError
from agent.models import EditKind, Frozen, Report, Usage, number_of
from agent.text import fold
from agent.text.isolates import isolated_line

_NAMES = OF_CLAIM | {ActionName.GATHER, ActionName.RECHECK, ActionName.CORRECT, ActionName.EDIT}
# These do something to what is meant: words that name nothing may not mean everything.
_CHANGES = (ActionName.GATHER, ActionName.RECHECK, ActionName.CORRECT, ActionName.EDIT)
# Their words are the person's own; what names a claim is told apart.
_OWN_WORDS = (ActionName.CORRECT, ActionName.EDIT)
_COUNTS = _NAMES | {ActionName.CLAIMS, ActionName.COMPARE}
# So many claims are told of at once where words name several as well as each other.
_MOST_ALIKE = 3


class Numbered(Frozen):
    """The action with the numbers of the claims that it names; `refused` where it names what is not there. `note` is
    said below the answer."""

    action: Action
    refused: NothingToAsk | None = None
    note: AnswerNote | None = None
    usage: Usage = Usage()


async def numbered(action: Action, report: Report, listener: Listener | None) -> Numbered:
    """Never raises. Words that stand in one claim alone name it; others are shown to the model, beside the claims;
    where there is none, or it finds none, the claims that have most of them are meant."""
    if action.edit is EditKind.RESTORE:
        # What is set aside is no claim of the report.
        return Numbered(action=action)
    if action.last and action.name in _COUNTS and report.claims:
        action = action.model_copy(update={"numbers": (number_of(report.claims[-1]),), "last": False})
    if action.name in _COUNTS and action.numbers:
        return Numbered(action=action, refused=missing_claim(action, report))
    words = action.claim if action.name in _OWN_WORDS else action.words
    if action.name is ActionName.CLAIMS and words:
        return _listed(action, report)
    if action.name not in _NAMES or action.whole or not words:
        return Numbered(action=action)
    found, usage = await _found(words, report, listener)
    if action.name in _CHANGES:
        found = found or tuple(map(number_of, claims_like(report, words, most=1)))
    else:
        found = found or numbers_of(claims_named(report, words))
    if len(found) > _MOST_ALIKE and not action.whole:
        return Numbered(action=action, refused=_several(words, found), usage=usage)
    if found:
        return Numbered(action=action.model_copy(update={"numbers": found}), usage=usage)
    return _without_claim(action, words, report, usage)


async def _found(words: str, report: Report, listener: Listener | None) -> tuple[tuple[int, ...], Usage]:
    found = _verbatim(words, report)
    if found or listener is None:
        return found, Usage()
    try:
        meant = await listener.resolve(words, report)
    except AnalystError as err:
        return (), err.usage or Usage()
    return meant.numbers, meant.usage


def _listed(action: Action, report: Report) -> Numbered:
    """Claims that are asked for by what they are about."""
    found = numbers_of(claims_about(report, action.words))
    if not found:
        return Numbered(action=action, refused=_unknown(action.words))
    return Numbered(action=action.model_copy(update={"numbers": found}))


def _without_claim(action: Action, words: str, report: Report, usage: Usage) -> Numbered:
    """What becomes of a question whose words name no claim: it may be about an outlet, or about all claims."""
    if action.name is ActionName.SOURCES and outlets_named(report, words):
        return Numbered(action=action.model_copy(update={"name": ActionName.SAYS}), usage=usage)
    if action.name in OF_ALL:
        whole = action.model_copy(update={"whole": True, "words": ""})
        note = AnswerNote(key="all_instead", values={"words": words})
        return Numbered(action=whole, note=note, usage=usage)
    return Numbered(action=action, refused=_unknown(words), usage=usage)


def _verbatim(words: str, report: Report) -> tuple[int, ...]:
    said = fold(words).strip()
    holding = [one for one in report.claims if said in fold(one.text) or said in fold(one.quote)]
    return (number_of(holding[0]),) if len(holding) == 1 else ()


def _several(words: str, numbers: tuple[int, ...]) -> NothingToAsk:
    return NothingToAsk(
        key="which_of", values={"words": isolated_line(words), "numbers": ", ".join(map(str, numbers))}
    )


def _unknown(words: str) -> NothingToAsk:
    return NothingToAsk(key="no_such_words", values={"words": isolated_line(words)})
