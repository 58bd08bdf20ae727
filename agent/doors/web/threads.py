"""Conversations: begun, spoken in, followed while they answer, renamed and deleted."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from itertools import takewhile
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Header, Path, Request, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from agent.chat import AnswerGiven, Asking, ChatEvent, Message, Progress, TurnFailed, UnknownThread
from agent.doors.api.access import JobId
from agent.doors.api.problems import ProblemResponse
from agent.doors.api.service import Served, Service
from agent.doors.web.entering import Place, Posting, Reading, WebUser, Working
from agent.doors.web.fields import Sure
from agent.doors.web.following import LATER, one_line
from agent.doors.web.pages import PageRoute, fragment, page, to
from agent.doors.web.progress import RunProgress
from agent.doors.web.report_page import open_report_page
from agent.doors.web.talk import ConversationView, chats_of, talk_in
from agent.doors.web.turns import TurnProgress
from agent.jobs import UnknownJob

router = APIRouter(route_class=PageRoute, include_in_schema=False)
ThreadId = Annotated[str, Path(pattern=r"^[0-9a-zA-Z_-]{1,64}$")]
Said = Annotated[str, Form(min_length=1, pattern=r"\S")]


@router.get("/threads/{thread_id}")
async def show(thread_id: ThreadId, looking: Reading, space: Working, service: Served) -> Response:
    """Beside the report that it speaks of, where there is one."""
    talk = await talk_in(thread_id, looking, service)
    if talk.run_id is not None:
        try:
            job = await space.job(talk.run_id)
        except UnknownJob:
            pass  # The report was deleted; what was said about it stays.
        else:
            shown = await open_report_page(job, looking, service, talk=talk)
            return page("workspace.html.j2", looking, space=shown)
    return page("thread.html.j2", looking, space=Alone(talk))


class Alone:
    """A conversation without a report."""

    view = None

    def __init__(self, talk: ConversationView) -> None:
        self.talk = talk


@router.post("/threads")
async def begin(request: Request, looking: Posting, service: Served) -> Response:
    summary = await chats_of(service, looking).begin()
    return to(request, f"/threads/{summary.id}")


@router.post("/verifications/{verification_id}/turns")
async def say_first(
    request: Request, verification_id: JobId, looking: Posting, space: Working, service: Served, message: Said
) -> Response:
    """The first message about a report begins a thread."""
    job = await space.job(verification_id)
    await space.check_tokens()
    summary = await chats_of(service, looking).begin(run_id=job.id)
    return await _say(request, summary.id, looking, service, message)


@router.post("/threads/{thread_id}/turns")
async def say(
    request: Request, thread_id: ThreadId, looking: Posting, space: Working, service: Served, message: Said
) -> Response:
    await space.check_tokens()
    await chats_of(service, looking).transcript(thread_id)
    return await _say(request, thread_id, looking, service, message)


async def _say(request: Request, thread_id: str, looking: WebUser, service: Service, message: str) -> Response:
    await _begin(thread_id, looking, service, chats_of(service, looking).say(thread_id, message))
    if "hx-request" not in request.headers:
        return to(request, f"/threads/{thread_id}#chat")
    return page("said.part.html.j2", looking, said=message, place=f"/threads/{thread_id}")


@router.post("/threads/{thread_id}/decisions")
async def decide(
    request: Request,
    thread_id: ThreadId,
    looking: Posting,
    service: Served,
    question: Annotated[str, Form(max_length=200)],
    yes: Annotated[bool, Form()],
) -> Response:
    await chats_of(service, looking).transcript(thread_id)
    await _begin(thread_id, looking, service, chats_of(service, looking).decide(thread_id, question, yes))
    if "hx-request" not in request.headers:
        return to(request, f"/threads/{thread_id}#chat")
    said = looking.words("chat.yes" if yes else "chat.no")
    return page("said.part.html.j2", looking, said=said, place=f"/threads/{thread_id}")


async def _begin(thread_id: str, looking: WebUser, service: Service, events: AsyncIterator[ChatEvent]) -> None:
    busy = await chats_of(service, looking).busy(thread_id)
    # Asked last, as nothing comes between this and the beginning.
    if busy or service.turns.under_way(looking.caller.id, thread_id) is not None:
        raise ProblemResponse(409, "the question before is not answered yet; ask again when it is")
    service.turns.begin(looking.caller.id, thread_id, events)


LastEventId = Annotated[int, Header(ge=0, le=10**9)]


async def _turn(thread_id: ThreadId, looking: Reading, service: Served) -> TurnProgress | None:
    await chats_of(service, looking).transcript(thread_id)
    return service.turns.under_way(looking.caller.id, thread_id)


@router.get("/threads/{thread_id}/events", response_class=EventSourceResponse)
async def follow(
    thread_id: ThreadId,
    turn: Annotated[TurnProgress | None, Depends(_turn)],
    looking: Reading,
    free: Place,
    service: Served,
    last_event_id: LastEventId = 0,
) -> AsyncIterator[ServerSentEvent]:
    """What happens in the turn that is under way; at the end `ended` with what was answered."""
    if not free:
        yield LATER
        return
    standing, number = RunProgress(), 0
    messages: list[Message] = []
    if turn is not None:
        async for event in turn.follow():
            number += 1
            if (message := _message(event)) is not None:
                messages.append(message)
            if isinstance(event, Progress):
                standing.take(event.event)
                if number > last_event_id:
                    shown = fragment("progress.part.html.j2", looking.words, standing=standing)
                    yield ServerSentEvent(id=str(number), event="progress", raw_data=one_line(shown))
    answered = await _answered(thread_id, messages, looking, service)
    yield ServerSentEvent(id=str(number + 1), event="ended", raw_data=answered)


async def _answered(thread_id: str, value: list[Message], looking: WebUser, service: Service) -> str:
    """What a turn was answered with, ready to stand in the log: one message for each thing that it asked for. What
    changed nothing is in no transcript: the event told it."""
    try:
        transcript = await chats_of(service, looking).transcript(thread_id)
    except UnknownThread:
        return one_line(fragment("forgotten.part.html.j2", looking.words))
    talk = ConversationView(f"/threads/{thread_id}", transcript.summary.run_id, transcript)
    messages = value or _since_said(talk.messages)
    shown = [
        fragment(
            "message.part.html.j2",
            looking.words,
            message=message,
            run_id=talk.run_id,
            place=talk.place,
            waiting=talk.waiting,
            number=number,
        )
        for number, message in enumerate(messages, len(talk.messages) - len(messages) + 1)
    ]
    return one_line("".join(shown))


def _since_said(messages: Sequence[Message]) -> list[Message]:
    """What has been answered since something was said or asked last."""
    answers = takewhile(lambda one: one.said is None and one.question is None, reversed(messages))
    return list(answers)[::-1] or list(messages[-1:])


def _message(event: ChatEvent) -> Message | None:
    now = datetime.now(UTC)
    match event:
        case AnswerGiven():
            return Message(at=now, answer=event.answer)
        case Asking():
            return Message(at=now, question=event.question)
        case TurnFailed():
            return Message(at=now, failure=event)
    return None


@router.get("/threads/{thread_id}/files/{number}/{which}")
async def take_file(
    thread_id: ThreadId,
    number: Annotated[int, Path(ge=1, le=10**6)],
    which: Annotated[int, Path(ge=1, le=100)],
    looking: Reading,
    service: Served,
) -> Response:
    """A file of the answer that is the message of that number."""
    messages = (await chats_of(service, looking).transcript(thread_id)).messages
    answer = messages[number - 1].answer if number <= len(messages) else None
    if answer is None or which > len(answer.exports):
        raise ProblemResponse(404, "there is no such file in this conversation")
    file = answer.exports[which - 1]
    # The name is ours, but it may hold the title of an article.
    named = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in file.name)[:100]
    return Response(
        file.content,
        media_type=file.media_type,
        headers={"Content-Disposition": f'attachment; filename="{named}"', "X-Content-Type-Options": "nosniff"},
    )


@router.post("/threads/{thread_id}/name")
async def rename(
    request: Request,
    thread_id: ThreadId,
    looking: Posting,
    service: Served,
    title: Annotated[str, Form(max_length=1000)],
) -> Response:
    await chats_of(service, looking).rename(thread_id, title)
    return to(request, f"/threads/{thread_id}")


@router.post("/threads/{thread_id}/delete")
async def delete(
    request: Request,
    thread_id: ThreadId,
    looking: Posting,
    service: Served,
    sure: Sure,
) -> Response:
    await chats_of(service, looking).delete(thread_id)
    return to(request, "/")
