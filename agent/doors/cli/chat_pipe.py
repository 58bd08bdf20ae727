"""The chat through a pipe: turns from standard input, answers to standard output, nobody to ask."""

import os
import sys
from collections.abc import AsyncIterator
from itertools import takewhile
from typing import TYPE_CHECKING

import click

from agent.article import most_bytes
from agent.chat.actions import ActionName
from agent.chat.records import AnswerGiven, Asking, ChatAnswer, ChatEvent, MessageUnderstood, Progress, TurnFailed
from agent.chat.understanding.commands import command, is_command
from agent.chat.understanding.enveloped import is_mail
from agent.chat.understanding.grammar import plainly
from agent.chat.understanding.looks import is_article, recognised
from agent.doors.cli.chat_files import file_named, turn_of_file
from agent.doors.cli.main import INCOMPLETE, USAGE
from agent.doors.render import screen_for
from agent.doors.render.chat import answer_text, failure_text, question_text
from agent.envelopes import open_message
from agent.errors import BadInput
from agent.faults import fault_called
from agent.text.decode import decode

if TYPE_CHECKING:
    from agent.chat.protocol import Chats
    from agent.chat.records import ThreadSummary
    from agent.config import Settings

_LONGEST_QUESTION = 200
# What ends the chat in a terminal ends a script written there.
_END = "/quit"
_NOT_UNDERSTOOD = (ActionName.UNCLEAR, ActionName.ASK)


def turns_of(text: str, *, are_questions: bool = False) -> list[str]:
    """What looks like an article is one turn, as a whole: no line of it is ever a turn of its own. Otherwise, and for
    a script in which every line is something that can be said, each line is a turn. `are_questions`: the article was
    given apart, so that short lines are what is asked about it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if are_questions and not any(map(is_article, lines)):
        return lines
    if (is_article(text) and not all(map(_is_said, lines))) or is_mail(text) or open_message(text) is not None:
        return [text]
    return lines


def _is_said(line: str) -> bool:
    """Whether a line by itself is a question, or would be understood without a model."""
    if len(line) <= _LONGEST_QUESTION and line.endswith(("?", "؟")):
        return True
    if line == _END:
        return True
    if is_command(line):
        return command(line).action.name is not ActionName.UNCLEAR
    return recognised(line) is not None or plainly(line).action.name not in _NOT_UNDERSTOOD


async def pipe(
    chats: "Chats", thread: "ThreadSummary", settings: "Settings", first: str | None, *, yes: bool, as_json: bool
) -> int:
    """The exit code: that of the first turn which was not answered, or of claims that could not be checked."""
    turns = [*([first] if first is not None else []), *turns_of(_given(settings), are_questions=first is not None)]
    speaking = _Speaking(chats, thread.id, yes=yes, as_json=as_json)
    if not await speaking.hear(chats.resume(thread.id)) and not turns:
        click.echo("Nothing was said: standard input is empty. `isnad chat --help` says what it takes.", err=True)
        return USAGE
    for turn in takewhile(lambda one: one != _END, turns):
        path = file_named(turn)
        await speaking.hear(chats.say(thread.id, turn_of_file(str(path), settings) if path else turn))
    return speaking.code


def _given(settings: "Settings") -> str:
    if sys.stdin is None or sys.stdin.isatty():
        return ""
    most = most_bytes(settings.max_article_chars)
    data = sys.stdin.buffer.read(most + 1)
    if len(data) > most:
        raise BadInput(f"standard input holds more than {most:,} bytes, which is more than one article may have")
    return decode(data, "standard input") if data else ""


class _Speaking:
    """Prints what comes of each turn, and remembers the worst."""

    def __init__(self, chats: "Chats", thread_id: str, *, yes: bool, as_json: bool) -> None:
        self._chats = chats
        self._thread_id = thread_id
        self._yes = yes
        self._json = as_json
        self._screen = screen_for(sys.stdout, os.environ)
        self.code = 0

    async def hear(self, events: AsyncIterator[ChatEvent]) -> bool:
        """Whether anything came."""
        heard = False
        async for event in events:
            heard = True
            match event:
                case Progress() | MessageUnderstood():
                    continue
                case Asking():
                    self._show(event, question_text(event.question, self._screen))
                    if not self._yes:
                        click.echo("Not done: in a pipe a question is answered with yes only by --yes.", err=True)
                    await self.hear(self._chats.decide(self._thread_id, event.question.id, self._yes))
                case AnswerGiven():
                    self._show(event, self._answer(event.answer))
                case TurnFailed():
                    self._note(max(USAGE, fault_called(event.code).exit_code))
                    if self._json:
                        click.echo(event.model_dump_json(by_alias=True))
                    else:
                        click.echo(failure_text(event, self._screen), err=True)
        return heard

    def _answer(self, answer: ChatAnswer) -> str:
        if any(one.claim_id is not None and one.label is None for one in answer.statements):
            self._note(INCOMPLETE)
        # Whoever asks for a file in a pipe wants the file.
        return "\n".join(one.content for one in answer.exports) or answer_text(answer, self._screen)

    def _show(self, event: AnswerGiven | Asking, text: str) -> None:
        click.echo(event.model_dump_json(by_alias=True) if self._json else f"{text}\n")

    def _note(self, code: int) -> None:
        self.code = self.code or code
