"""Which claims are meant by words that name them: "the claim about the bridge"."""

from agent.chat.actions import Action, ActionName
from agent.chat.answering.citing import claims_like, number_of
from agent.chat.answering.wording import apart
from agent.chat.asking import NothingToAsk, missing_claim
from agent.chat.deps import Listener
from agent.errors import AnalystError
from agent.models import Frozen, Report, Usage
from agent.text import fold

_NAMES = (
    ActionName.WHY,
    ActionName.ORIGINAL,
    ActionName.EARLIEST,
    ActionName.CHAIN,
    ActionName.GATHER,
    ActionName.RECHECK,
    ActionName.CORRECT,
)
# These do something to what is meant: words that name nothing may not mean everything.
_CHANGES = (ActionName.GATHER, ActionName.RECHECK, ActionName.CORRECT)


class Numbered(Frozen):
    """The action with the numbers of the claims that it names; `refused` where it names what is not there."""

    action: Action
    refused: NothingToAsk | None = None
    usage: Usage = Usage()


async def numbered(action: Action, report: Report, listener: Listener | None) -> Numbered:
    """Never raises. Words that stand in one claim alone name it; others are shown to the model, beside the claims."""
    words = action.claim if action.name is ActionName.CORRECT else action.words
    if action.name in _CHANGES and action.numbers:
        return Numbered(action=action, refused=missing_claim(action, report))
    if action.name not in _NAMES or action.numbers or action.whole or not words:
        return Numbered(action=action)
    found, usage = _verbatim(words, report), Usage()
    if not found and listener is not None:
        try:
            meant = await listener.resolve(words, report)
        except AnalystError as err:
            usage = err.usage or Usage()
        else:
            found, usage = meant.numbers, meant.usage
    if not found and action.name in _CHANGES:
        found = tuple(map(number_of, claims_like(report, words, most=1)))
        if not found:
            return Numbered(action=action, refused=_unknown(words), usage=usage)
    return Numbered(action=action.model_copy(update={"numbers": found}) if found else action, usage=usage)


def _verbatim(words: str, report: Report) -> tuple[int, ...]:
    said = fold(words).strip()
    holding = [one for one in report.claims if said in fold(one.text) or said in fold(one.quote)]
    return (number_of(holding[0]),) if len(holding) == 1 else ()


def _unknown(words: str) -> NothingToAsk:
    return NothingToAsk(key="no_such_words", values={"words": apart(words)})
