"""The chat on a terminal: a line to write on, progress while a turn goes on, answers in their own direction."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory
from rich.console import Console

from agent.chat.records import (
    AnswerGiven,
    Asking,
    ChatEvent,
    Export,
    MessageUnderstood,
    Progress,
    TurnFailed,
    UnknownThread,
)
from agent.chat.understanding.looks import is_article
from agent.chat.understanding.speech import speech
from agent.doors.cli.chat_files import file_named, turn_of_file
from agent.doors.cli.paragraph import clean, show
from agent.doors.render import Screen, screen_for
from agent.doors.render.chat import answer_text, failure_text, own_text, question_text
from agent.doors.tally import RunTally
from agent.errors import IsnadError
from agent.messages import ENGLISH, languages, load_words

try:
    from termios import TCIFLUSH, tcflush
except ImportError:  # pragma: no cover - Windows, whose console has no such queue
    tcflush = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from agent.chat.protocol import Chats
    from agent.chat.records import ThreadSummary
    from agent.config import Settings

_HISTORY = "chat_history"
_OWN = ("new", "open", "resume", "quit")


def _welcome() -> str:
    """In every language that answers come in, English first."""
    spoken = sorted(languages(), key=lambda language: (language != ENGLISH, language))
    return "\n".join(load_words(language, "chat")("welcome") for language in spoken)


class ShortHistory(FileHistory):
    """The lines that were typed, kept over sessions. Pasted articles are left out."""

    def append_string(self, string: str) -> None:
        # Nobody wants to find a pasted article again with the arrow keys.
        if not is_article(string):
            super().append_string(string)


class Commands(Completer):
    """Completes a command while it is typed."""

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        written = document.text_before_cursor
        if written.startswith("/") and " " not in written:
            names = [wish.commands[0] for wish in speech().wishes] + list(_OWN)
            for name in sorted(names):
                if name.startswith(written[1:].casefold()):
                    yield Completion(f"/{name}", start_position=-len(written))


async def converse(chats: "Chats", thread: "ThreadSummary", settings: "Settings", first: str | None) -> int:
    """Runs the chat until Ctrl-D. A thread that was cut off in the middle of a turn goes on with that turn."""
    session = _session(settings.data_dir)
    talk = _Talk(chats, thread, settings)
    click.echo(own_text(_welcome(), _screen()))
    if thread.title:
        show(f"{thread.title} · {thread.id}", base="L")
    await talk.hear(chats.resume(thread.id))
    if first is not None:
        await talk.hear(chats.say(thread.id, first))
    while True:
        _drop_typed_ahead()
        try:
            said = await session.prompt_async("› ")
        except KeyboardInterrupt:
            continue
        except EOFError:
            return 0
        if said.strip() and not await talk.turn(said.strip()):
            return 0


def _drop_typed_ahead() -> None:
    """What is pasted while nobody reads comes line by line: no line of an article may be taken for a turn."""
    if tcflush is not None:
        tcflush(sys.stdin.fileno(), TCIFLUSH)


def _session(folder: Path) -> "PromptSession[str]":
    return PromptSession(
        history=ShortHistory(str(folder / _HISTORY)), completer=Commands(), complete_while_typing=False
    )


class _Talk:
    """One person's turns in one thread at a time."""

    def __init__(self, chats: "Chats", thread: "ThreadSummary", settings: "Settings") -> None:
        self._chats = chats
        self._settings = settings
        self._thread_id = thread.id

    async def turn(self, said: str) -> bool:
        """False when the session ends with it."""
        name, _, rest = said.partition(" ")
        try:
            match name:
                case "/quit":
                    return False
                case "/new":
                    self._thread_id = (await self._chats.begin(rest.strip() or None)).id
                    click.echo(f"thread {self._thread_id}")
                case "/open":
                    await self._open(rest.strip())
                case "/resume":
                    await self.hear(self._chats.resume(self._thread_id))
                case _:
                    await self.hear(self._chats.say(self._thread_id, await self._said(said)))
        except UnknownThread as err:
            click.echo(f"{err}; a new one is begun")
            self._thread_id = (await self._chats.begin()).id
        except IsnadError as err:
            click.echo(f"! {clean(str(err))}")
        return True

    async def _said(self, said: str) -> str:
        if (path := file_named(said)) is None:
            return said
        return await asyncio.to_thread(turn_of_file, str(path), self._settings)

    async def _open(self, thread_id: str) -> None:
        found = await self._chats.transcript(thread_id)
        self._thread_id = thread_id
        show(f"{found.summary.title or 'no title'} · {len(found.messages)} messages", base="L")
        if found.question is not None:
            click.echo(question_text(found.question, _screen()))
        await self.hear(self._chats.resume(thread_id))

    async def hear(self, events: AsyncIterator[ChatEvent]) -> None:
        """Shows a turn as it happens; Ctrl-C stops it and nothing else."""
        task = asyncio.ensure_future(self._shown(events))
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGINT, task.cancel)
        try:
            await task
        except asyncio.CancelledError:
            current = asyncio.current_task()
            if current is not None and current.cancelling():
                raise
            click.echo("Stopped. What had finished is kept: /resume takes this turn up again.")
        finally:
            loop.remove_signal_handler(signal.SIGINT)

    async def _shown(self, events: AsyncIterator[ChatEvent]) -> None:
        console = Console(stderr=True, markup=False, highlight=False)
        tally = RunTally()
        status = console.status(tally.line) if console.is_terminal else None
        with status or nullcontext():
            async for event in events:
                if isinstance(event, Progress):
                    tally.take(event.event)
                    if status is not None:
                        status.update(tally.line)
                elif not isinstance(event, MessageUnderstood):
                    if status is not None:
                        status.stop()
                    self._show(event)

    def _show(self, event: AnswerGiven | Asking | TurnFailed) -> None:
        match event:
            case AnswerGiven(answer=answer):
                click.echo(answer_text(answer, _screen()))
                for export in answer.exports:
                    click.echo(f"→ {_saved(export)}")
            case Asking(question=question):
                click.echo(question_text(question, _screen()))
            case TurnFailed():
                click.echo(failure_text(event, _screen()))


def _screen() -> Screen:
    """Looked at anew each time: windows change their size."""
    return screen_for(sys.stdout, os.environ)


def _saved(export: Export) -> str:
    """Writes a file into this folder, in place of none that is there; says where, or why not."""
    name = Path(export.name)
    for number in range(1, 1000):
        path = name if number == 1 else Path(f"{name.stem}-{number}{name.suffix}")
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(export.content)
        except FileExistsError:
            continue
        except OSError as err:
            return f"cannot write {str(path)!r}: {err.strerror}"
        return str(path)
    return f"there are too many files called {name.stem!r}"
