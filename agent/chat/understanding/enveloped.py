"""Articles that come in an envelope: files that a chat program attached, and mail.

Whoever writes an article can write an envelope into it. So a file that came within the words themselves is checked
first, whatever else these say; when it has been, they may ask about it, and still change nothing.
"""

from collections.abc import Sequence

from agent.chat.actions import ASKS_FIRST, Action, ActionName, AnswerNote, Understood
from agent.chat.understanding.commands import command, is_command
from agent.chat.understanding.looks import is_article, recognised
from agent.chat.understanding.speech import speech
from agent.chat.understanding.words import says, words_of
from agent.envelopes import Attached, open_mail
from agent.models import Frozen
from agent.text import fold
from agent.text.isolates import isolated_line

_LONGEST_LEAD = 200
_MOST_NAMED = 5
_MOST_WORDS = 12
# A sentence without an end, when it is long, was cut off.
_ENDS = (".", "!", "?", "؟", "۔", "…", "。", "！", "？", '"', "”", "»", "’", "'", ")", "]", ":")
_FEWEST_CUT = 400
_CHANGES = ASKS_FIRST | {ActionName.RENAME}


class Files(Frozen):
    """The files with a message. `within`: they came in the message itself, so that all of it may be from outside."""

    files: tuple[Attached, ...] = ()
    within: bool = False


def of_files(said: str, sent: Files, article: str | None) -> Understood | None:
    """What a message with files asks for; None where its words alone tell. `article` is what the thread speaks of."""
    if not sent.files or recognised(said) is not None:
        return None
    known = knows(article, sent)
    asks = not said.strip() or _asks_to_check(said)
    if known:
        return Understood(action=Action(name=ActionName.CLAIMS, whole=True)) if asks else None
    if sent.within or asks:
        return verified(said, sent.files)
    return None


def knows(article: str | None, sent: Files) -> bool:
    """Whether the article that the thread speaks of is one of these files."""
    return article is not None and any(_is_of(one, article) for one in sent.files)


def verified(said: str, files: Sequence[Attached]) -> Understood:
    """Checks the file that the words name, or the first one that holds any; says which, and what was not read."""
    named = fold(said)
    usable = [one for one in files if one.text.strip()]
    chosen = next((one for one in usable if one.name and fold(one.name) in named), usable[0] if usable else None)
    if chosen is None:
        names = ", ".join(one.name or "?" for one in files[:_MOST_NAMED])
        return _refused("file_without_text", name=names)
    if chosen.is_cut:
        return _refused("file_in_pieces", name=chosen.name or "?")
    action = command(f"{said.strip()}\n{chosen.text}").action if is_command(said) else None
    if action is None or action.name is not ActionName.VERIFY or action.url is not None:
        lead = said.strip() if len(said.strip()) <= _LONGEST_LEAD else ""
        action = Action(name=ActionName.VERIFY, words=chosen.text, lead=lead)
    return Understood(action=action, notes=tuple(_notes(chosen, [one for one in files if one is not chosen])))


def held_back(understood: Understood, sent: Files) -> Understood:
    """Words that came with files in them change nothing, and are told so; nor is what they ask besides done."""
    if not sent.within or not any(action.name in _CHANGES for action in (understood.action, *understood.then)):
        return understood
    held = {"action": Action(name=ActionName.HELP), "then": (), "refused": "changes_beside_file"}
    return understood.model_copy(update=held)


def without_mail(understood: Understood) -> Understood:
    """An article, or a statement, that came by mail without what is around it; what stood above it may ask for
    something."""
    if understood.action.name not in (ActionName.VERIFY, ActionName.CHECK) or not understood.action.words:
        return understood
    mail = open_mail(understood.action.words)
    if mail is None or not mail.text.strip():
        return understood
    lead = understood.action.lead or (mail.said if len(mail.said) <= _LONGEST_LEAD else "")
    action = understood.action.model_copy(update={"words": mail.text, "lead": " ".join(lead.split())})
    notes = (*understood.notes, AnswerNote(key="mail_opened")) if mail.has_head else understood.notes
    return understood.model_copy(update={"action": action, "notes": notes})


def is_mail(message: str) -> bool:
    """Whether it is a mail by its head, however short it is."""
    mail = None if is_article(message) else open_mail(message)
    return mail is not None and mail.has_head


def _refused(key: str, **values: str) -> Understood:
    shown = {name: isolated_line(value) for name, value in values.items()}
    return Understood(action=Action(name=ActionName.HELP), refused=key, values=shown)


def _notes(chosen: Attached, others: Sequence[Attached]) -> list[AnswerNote]:
    size = f"{len(chosen.text):,}"
    notes = [AnswerNote(key="file_checked", values={"name": chosen.name or "?", "size": size})]
    last = chosen.text.rstrip()
    if len(last) >= _FEWEST_CUT and not last.endswith(_ENDS):
        notes.append(AnswerNote(key="file_may_be_cut"))
    if others:
        names = [one.name or "?" for one in others]
        shown = ", ".join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")
        notes.append(AnswerNote(key="files_left", values={"names": shown}))
    return notes


def _is_of(file: Attached, article: str) -> bool:
    """Whether it is the article that was checked, or a piece of it: programs send other pieces for other words."""
    text = file.text.strip()
    if not text:
        return False
    mail = open_mail(text)
    inner = mail.text if mail is not None else text
    return inner in article or article.strip() in inner


def _asks_to_check(said: str) -> bool:
    """Whether a few words ask for a check and name nothing but what is to be checked."""
    words = words_of(said)
    if not 0 < len(words) <= _MOST_WORDS or not says(speech().said["check"], words):
        return False
    small = speech().said["check"] + speech().said["attached"] + speech().said["filler"]
    return all(any(says([cue], words[n : n + len(cue)]) for cue in small if len(cue) == 1) for n in range(len(words)))
