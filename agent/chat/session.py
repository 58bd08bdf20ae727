"""The threads of one owner, spoken in: what doors see of the graph."""

import asyncio
import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, aclosing
from typing import TypeAlias, cast

from langchain_core.runnables import RunnableConfig
from langgraph.types import Command, StateSnapshot

from agent.chat.answering.wording import shortened, wording
from agent.chat.deps import ChatDeps, Listener, Render
from agent.chat.graph import ChatGraph, build_chat_graph
from agent.chat.memory import ChatMemory
from agent.chat.records import (
    AnswerGiven,
    AnswerStatement,
    Asking,
    ChatAnswer,
    ChatEvent,
    Message,
    Question,
    ThreadSummary,
    Transcript,
    TurnFailed,
)
from agent.chat.state import ChatInput, ChatState
from agent.chat.understanding.grammar import agreement
from agent.envelopes import Attached
from agent.errors import BadInput
from agent.messages import ENGLISH
from agent.models import digest
from agent.service.workspace import Workspace
from agent.text import visible
from agent.text.decode import storable

# Whose threads are whose matters where there are keys; at one's own machine there is one person.
LOCAL = "local"
_LONGEST_TITLE = 200
_TITLE = 60
_COMMAND = re.compile(r"^\s*/\S*\s*")
# What `/verify` says of an article above it: its day and its outlet.
_HEAD = re.compile(r"\d{4}-\d\d-\d\d[^\n]*\n(?=.*\S)", re.DOTALL)


class _GoOn:
    """Takes up the turn that was cut off."""


_GO_ON = _GoOn()
_Given: TypeAlias = "ChatInput | Command[object] | _GoOn"


class ChatSessions:
    """What the chats of all owners share. `most_chars`: longer messages are refused."""

    def __init__(self, memory: ChatMemory, render: Render, most_chars: int) -> None:
        self.memory = memory
        self.render = render
        self.most_chars = most_chars
        self.graph: ChatGraph = build_chat_graph(memory.saver)

    def of(self, owner: str, workspace: Workspace, listener: Listener | None = None) -> "ChatSession":
        return ChatSession(self, owner, workspace, listener)


class ChatSession:
    """Implements `Chats`."""

    def __init__(self, sessions: ChatSessions, owner: str, workspace: Workspace, listener: Listener | None) -> None:
        self._sessions = sessions
        self._threads = sessions.memory.threads
        self._owner = owner
        self._workspace = workspace
        self._listener = listener
        self._graph = sessions.graph

    async def begin(self, title: str | None = None, *, run_id: str | None = None) -> ThreadSummary:
        name = _checked_title(title) if title is not None else ""
        if run_id is not None:
            report = await self._workspace.report(run_id)
            run_id = report.run_id
            name = name or _title(report.article.title or report.article.text)
        summary = await asyncio.to_thread(self._threads.begin, self._owner, name, run_id)
        if run_id is not None:
            await self._graph.aupdate_state(self._config(summary.id), {"run_id": run_id}, as_node="answer")
        return summary

    async def say(self, thread_id: str, message: str, files: Sequence[Attached] = ()) -> AsyncIterator[ChatEvent]:
        said = storable(message)
        beside = tuple(one.model_copy(update={"text": storable(one.text)}) for one in files)

        def begin(state: StateSnapshot) -> _Given | ChatEvent:
            if (refused := self._refusal(said, beside)) is not None:
                return refused
            yes = agreement(said) if _waiting(state) is not None else None
            if yes is not None:
                return _decision(state, yes, said)
            return ChatInput(said=said, turn=state.values.get("turn", 0) + 1, files=beside)

        async with aclosing(self._turn(thread_id, begin)) as events:
            async for event in events:
                yield event

    async def decide(self, thread_id: str, question_id: str, yes: bool) -> AsyncIterator[ChatEvent]:
        def begin(state: StateSnapshot) -> _Given | ChatEvent:
            waiting = _waiting(state)
            if waiting is None or waiting.id != question_id:
                return AnswerGiven(answer=_gone(state))
            return _decision(state, yes, "")

        async with aclosing(self._turn(thread_id, begin)) as events:
            async for event in events:
                yield event

    async def resume(self, thread_id: str) -> AsyncIterator[ChatEvent]:
        def begin(state: StateSnapshot) -> _Given | ChatEvent | None:
            return _GO_ON if _under_way(state) else None

        async with aclosing(self._turn(thread_id, begin)) as events:
            async for event in events:
                yield event

    async def busy(self, thread_id: str) -> bool:
        return await self._sessions.memory.locks.held(self._key(thread_id))

    async def transcript(self, thread_id: str) -> Transcript:
        state = await self._state(thread_id)
        summary = await asyncio.to_thread(self._threads.get, self._owner, thread_id)
        return Transcript(
            summary=summary,
            messages=tuple(state.values.get("messages", ())),
            question=_waiting(state),
            under_way=_under_way(state),
        )

    async def threads(self) -> tuple[ThreadSummary, ...]:
        return await asyncio.to_thread(self._threads.listing, self._owner)

    async def rename(self, thread_id: str, title: str) -> ThreadSummary:
        return await asyncio.to_thread(self._threads.rename, self._owner, thread_id, _checked_title(title))

    async def delete(self, thread_id: str) -> None:
        async with self._alone(thread_id):
            await asyncio.to_thread(self._threads.get, self._owner, thread_id)
            await self._forget(thread_id)

    async def _turn(
        self, thread_id: str, begin: "Callable[[StateSnapshot], _Given | ChatEvent | None]"
    ) -> AsyncGenerator[ChatEvent, None]:
        """What `begin` makes of the thread as it stands: a turn, or only an answer. The last event is told when the
        thread is free again, so that whoever hears it may speak at once."""
        async with self._alone(thread_id):
            given = begin(await self._state(thread_id))
            if given is None:
                return
            if isinstance(given, AnswerGiven | TurnFailed):
                last: ChatEvent = given
            else:
                async with aclosing(self._run(thread_id, cast("_Given", given))) as events:
                    async for event in events:
                        yield event
                last = await self._ended(thread_id, await self._graph.aget_state(self._config(thread_id)))
        yield last

    async def _run(self, thread_id: str, given: "_Given") -> AsyncGenerator[ChatEvent, None]:
        deps = ChatDeps(
            owner=self._owner,
            thread=thread_id,
            workspace=self._workspace,
            threads=self._threads,
            render=self._sessions.render,
            most_chars=self._sessions.most_chars,
            listener=self._listener,
        )
        running = self._graph.astream(
            None if given is _GO_ON else cast("ChatInput", given),
            self._config(thread_id),
            context=deps,
            stream_mode="custom",
            durability="sync",
        )
        # Whoever stops reading stops the turn: `resume` takes it up.
        async with aclosing(cast("AsyncGenerator[ChatEvent, None]", running)) as events:
            async for event in events:
                yield event

    async def _ended(self, thread_id: str, snapshot: StateSnapshot) -> ChatEvent:
        """How a turn ends; what the thread is listed by is noted first."""
        values = cast("ChatState", snapshot.values)
        if values.get("ended"):
            await self._forget(thread_id)
        else:
            title = _title(values["messages"][0].said or "")
            await asyncio.to_thread(self._threads.spoken, self._owner, thread_id, title, values.get("run_id"))
        if (question := _waiting(snapshot)) is not None:
            return Asking(question=question)
        if not values.get("ended"):
            await self._sessions.memory.saver.aprune([self._key(thread_id)])
        last: Message = values["messages"][-1]
        if last.answer is not None:
            return AnswerGiven(answer=last.answer)
        assert last.failure is not None
        return last.failure

    async def _state(self, thread_id: str) -> StateSnapshot:
        """Raises `UnknownThread`, also for a thread that was to be deleted when somebody pulled the plug."""
        await asyncio.to_thread(self._threads.get, self._owner, thread_id)
        snapshot = await self._graph.aget_state(self._config(thread_id))
        if snapshot.values.get("ended") and not snapshot.next:
            await self._forget(thread_id)
            await asyncio.to_thread(self._threads.get, self._owner, thread_id)
        return snapshot

    async def _forget(self, thread_id: str) -> None:
        await self._sessions.memory.saver.adelete_thread(self._key(thread_id))
        await asyncio.to_thread(self._threads.delete, self._owner, thread_id)

    def _refusal(self, message: str, files: Sequence[Attached]) -> TurnFailed | None:
        most, size = self._sessions.most_chars, len(message) + sum(len(one.text) for one in files)
        if size > most:
            text = f"this message has {size:,} characters, and the limit is {most:,}"
            return TurnFailed(code="article", message=f"{text}. Send it in pieces, or raise ISNAD_MAX_ARTICLE_CHARS.")
        if not message.strip() and not files:
            return TurnFailed(code="article", message="the message is empty")
        return None

    def _alone(self, thread_id: str) -> AbstractAsyncContextManager[None]:
        """One turn of a thread at a time, of all processes that share the threads."""
        return self._sessions.memory.locks.hold(self._key(thread_id))

    def _key(self, thread_id: str) -> str:
        """Owner and thread together: nobody finds another's by its id."""
        return f"chat-{digest(self._owner)[:24]}-{thread_id}"

    def _config(self, thread_id: str) -> RunnableConfig:
        return {"configurable": {"thread_id": self._key(thread_id)}}


def _waiting(snapshot: StateSnapshot) -> Question | None:
    return cast("Question", snapshot.interrupts[0].value) if snapshot.interrupts else None


def _under_way(snapshot: StateSnapshot) -> bool:
    return bool(snapshot.next) and not snapshot.interrupts


def _decision(snapshot: StateSnapshot, yes: bool, said: str) -> "Command[object]":
    return Command(resume={snapshot.interrupts[0].id: {"yes": yes, "said": said}})


def _gone(snapshot: StateSnapshot) -> ChatAnswer:
    language = cast("Mapping[str, object]", snapshot.values).get("language")
    say = wording(language if isinstance(language, str) else ENGLISH)
    return ChatAnswer(language=say.language, statements=(AnswerStatement(text=say("nothing_waits")),))


def _title(text: str) -> str:
    """The first line, without the command that it may begin with, and what that says of an article below it."""
    command = _COMMAND.match(text)
    spoken = text[command.end() :] or text if command else text
    head = _HEAD.match(spoken) if command else None
    spoken = spoken[head.end() :] if head else spoken
    first = next((line for line in visible(spoken).splitlines() if line.strip()), "")
    return shortened(first, _TITLE)


def _checked_title(title: str) -> str:
    line = " ".join(visible(title).split())
    if not 0 < len(line) <= _LONGEST_TITLE:
        raise BadInput(f"a title has 1 to {_LONGEST_TITLE} characters, this one has {len(line)}")
    return line
