"""A conversation as it stands beside a report, or alone."""

from dataclasses import dataclass

from agent.chat import Chats, Message, Transcript
from agent.doors.api.service import Service
from agent.doors.web.entering import WebUser
from agent.jobs import Job
from agent.messages import Words
from agent.models import Label, Report, number_of


@dataclass(frozen=True)
class ConversationView:
    """`place` is where a message is sent to; `live`: a turn goes on, whose events are to be followed.

    Without a transcript nothing was said yet: the first message begins a thread.
    """

    place: str
    run_id: str | None
    transcript: Transcript | None = None
    live: bool = False
    starters: tuple[str, ...] = ()

    @property
    def messages(self) -> tuple[Message, ...]:
        return self.transcript.messages if self.transcript else ()

    @property
    def waiting(self) -> str | None:
        """The id of the question that waits for an answer."""
        question = self.transcript.question if self.transcript else None
        return question.id if question else None


def chats_of(service: Service, looking: WebUser) -> Chats:
    return service.chats(looking.caller)


async def talk_about(job: Job, looking: WebUser, service: Service, report: Report) -> ConversationView:
    """The thread about a report that was spoken in last; other people's threads are never shown."""
    chats = chats_of(service, looking)
    mine = [summary for summary in await chats.threads() if summary.run_id == job.id]
    if mine:
        return await talk_in(mine[0].id, looking, service)
    return ConversationView(f"/verifications/{job.id}", job.id, starters=starters_for(report, looking.words))


async def talk_in(thread_id: str, looking: WebUser, service: Service) -> ConversationView:
    """Takes up a turn that was cut off. Raises `UnknownThread`."""
    chats, owner = chats_of(service, looking), looking.caller.id
    transcript = await chats.transcript(thread_id)
    live = service.turns.under_way(owner, thread_id) is not None
    if transcript.under_way and not live:
        service.turns.begin(owner, thread_id, chats.resume(thread_id))
        live = True
    return ConversationView(f"/threads/{thread_id}", transcript.summary.run_id, transcript, live)


def starters_for(report: Report, words: Words) -> tuple[str, ...]:
    """Things to ask that this report has an answer to."""
    contested = next((number_of(one) for one in report.claims if one.label is Label.CONTESTED), None)
    lines = [words("chat.starter.anonymous")]
    if contested is not None:
        lines = [words("chat.starter.why", n=contested), words("chat.starter.contested"), *lines]
    return tuple(lines)
