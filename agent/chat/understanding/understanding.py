"""One message understood: by its looks, as a command, by the model where there is one, by plain forms where not."""

from agent.chat.actions import Action, ActionName, TurnRemark, Understood
from agent.chat.deps import ConversationContext, Listener
from agent.chat.understanding.commands import command, is_command
from agent.chat.understanding.editing import edit_said
from agent.chat.understanding.enveloped import Files, held_back, is_mail, knows, of_files, verified, without_mail
from agent.chat.understanding.grammar import one_by_one
from agent.chat.understanding.looks import is_article, recognised
from agent.errors import AnalystError
from agent.models import Usage

_NO_FILES = Files()


async def understood(
    message: str,
    spoken: ConversationContext,
    listener: Listener | None,
    sent: Files = _NO_FILES,
    article: str | None = None,
) -> Understood:
    """Never raises: what the model cannot tell, the grammar does, and it is said so.

    `sent` are the files with the message; `article` is the one that the thread speaks of, where there are any.
    """
    result = of_files(message, sent, article)
    if result is None:
        result = held_back(await _of_words(message, spoken, listener), sent)
        if sent.files and not sent.within and result.action.name is ActionName.UNCLEAR and not knows(article, sent):
            # Words that say nothing else are said to what is attached.
            result = verified(message, sent.files)
    return without_mail(result)


async def _of_words(message: str, spoken: ConversationContext, listener: Listener | None) -> Understood:
    if not is_article(message) and (edit := edit_said(message)) is not None:
        return Understood(action=edit)
    if is_command(message) and not _is_article_behind_slash(message):
        return command(message)
    if (action := recognised(message)) is not None:
        return Understood(action=action)
    if is_mail(message):
        return Understood(action=Action(name=ActionName.VERIFY, words=message))
    if listener is None:
        return one_by_one(message, spoken)
    try:
        chosen = await listener.choose(message, spoken)
        first, *then = chosen.actions
        return Understood(action=first, then=tuple(then), usage=chosen.usage)
    except AnalystError as err:
        failed = {"remark": TurnRemark.MODEL_FAILED, "why": str(err), "usage": err.usage or Usage()}
        return one_by_one(message, spoken).model_copy(update=failed)


def _is_article_behind_slash(message: str) -> bool:
    """An article whose first line looks like a command is an article, but for what takes a text."""
    action = command(message).action
    takes_text = action.name in (ActionName.VERIFY, ActionName.CHECK)
    return is_article(message) and not takes_text
