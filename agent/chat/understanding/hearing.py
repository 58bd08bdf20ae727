"""One message understood: by its looks, as a command, by the model where there is one, by plain forms where not."""

from agent.chat.actions import ActionName, Remark, Understood
from agent.chat.deps import Listener, Spoken
from agent.chat.understanding.grammar import command, is_command, plainly
from agent.chat.understanding.looks import is_article, recognised
from agent.errors import AnalystError
from agent.models import Usage


async def understood(message: str, spoken: Spoken, listener: Listener | None) -> Understood:
    """Never raises: what the model cannot tell, the grammar does, and it is said so."""
    if is_command(message) and not _is_article_behind_slash(message):
        return command(message)
    if (action := recognised(message)) is not None:
        return Understood(action=action)
    if listener is None:
        return plainly(message)
    try:
        chosen = await listener.choose(message, spoken)
        return Understood(action=chosen.action, usage=chosen.usage)
    except AnalystError as err:
        failed = {"remark": Remark.MODEL_FAILED, "why": str(err), "usage": err.usage or Usage()}
        return plainly(message).model_copy(update=failed)


def _is_article_behind_slash(message: str) -> bool:
    """An article whose first line looks like a command is an article, but for what takes a text."""
    action = command(message).action
    takes_text = action.name in (ActionName.VERIFY, ActionName.CHECK)
    return is_article(message) and not takes_text
