"""Chats on PostgreSQL: what one process heard, another goes on with; runs know nothing of it."""

from agent.chat.memory import open_memory
from agent.chat.session import ChatSessions
from agent.config import Settings
from agent.doors.render.chat import render_export
from agent.service.local import open_local
from agent.verify.runs import open_runs
from tests.support.talk import Talk, text_of


async def test_threads_are_shared_and_stand_apart_from_runs(newsroom: Settings, database_url: str) -> None:
    told = {"database_url": database_url, "chroma_url": "http://127.0.0.1:9"}
    shared = Settings(**{**newsroom.model_dump(exclude_none=True), **told})
    async with open_local(newsroom, "R. Reader") as workspace:
        async with open_memory(shared) as memory:
            chats = ChatSessions(memory, render_export, 1000).of("owner", workspace)
            talk = Talk(chats, (await chats.begin("Shared")).id)
            await talk.say("/help")
        async with open_memory(shared) as memory:
            other = ChatSessions(memory, render_export, 1000).of("owner", workspace)
            assert [card.title for card in await other.threads()] == ["Shared"]
            assert len((await other.transcript(talk.thread)).messages) == 2
            assert text_of(await Talk(other, talk.thread).say("/claims"))
            await other.delete(talk.thread)
            assert await other.threads() == ()
    async with open_runs(shared) as runs:
        assert [found async for found in runs.alist(None)] == []
