"""Asking a model for one structured answer."""

import json
from collections.abc import Callable, Mapping
from functools import partial

from openai import AsyncOpenAI

from agent.budget import estimate_tokens
from agent.config import Settings
from agent.errors import AnalystError
from agent.llm.completion import Completion
from agent.llm.ending import FinishReason
from agent.llm.exchange import ModelAnswer, T, unusable
from agent.llm.faults import AttemptFailed
from agent.llm.habits import EndpointCapabilities, KnownCapabilities, Mode
from agent.llm.keeping import keep
from agent.llm.line import CallLimiter
from agent.llm.metering import Meter
from agent.llm.reach import was_cut
from agent.llm.reading import Malformed, Reader, Wordless, is_cut, said_in
from agent.llm.request import ChatRequest
from agent.llm.silence import Silence
from agent.llm.stream import read_completion
from agent.llm.structured import Json, strict_schema
from agent.models import Budget, FailureReason, Usage
from agent.prompts import Prompt
from agent.storage.answers import AnswerCache, address_of

# Set aside for an answer whose length is not configured.
_OUTPUT_ALLOWANCE = 1024
_MOST_REPAIRS = 3


class EndpointChat:
    """See `Chat` for the promises."""

    def __init__(
        self,
        client: AsyncOpenAI,
        line: CallLimiter,
        endpoint: KnownCapabilities,
        settings: Settings,
        answers: AnswerCache | None,
    ) -> None:
        self._client = client
        self._line = line
        self._address = line.address
        self._endpoint = endpoint
        self._settings = settings
        self._answers = answers
        self._meter = Meter.of_chat(settings)

    def __repr__(self) -> str:
        return f"Chat({self.model!r} at {self._address})"

    @property
    def model(self) -> str:
        return self._address.model

    @property
    def mode(self) -> Mode:
        return self._endpoint.habits.mode

    async def ask(
        self, prompt: Prompt, answer: type[T], *, budget: Budget, accept: Callable[[T], None] | None = None
    ) -> ModelAnswer[T]:
        question = ChatRequest(prompt.system, prompt.user, answer.__name__, strict_schema(answer))
        key = self._key(question)
        reader = Reader(answer, accept)
        if (kept := self._kept(key, reader)) is not None:
            return ModelAnswer(kept, self._meter.known())
        found = await self._found(question, reader, budget)
        if self._answers is not None:
            await keep(self._answers, {key: found.value.model_dump_json(by_alias=True).encode()}, self._line.sleep)
        return found

    def _key(self, question: ChatRequest) -> bytes:
        parameters = (self._settings.temperature, self._settings.max_output_tokens)
        return address_of(
            "chat",
            self._address.url,
            self.model,
            question.system,
            question.user,
            json.dumps([question.schema_name, question.schema, parameters], sort_keys=True),
        )

    def _kept(self, key: bytes, reader: Reader[T]) -> T | None:
        """The answer given before; one that is not acceptable any more counts as not there."""
        kept = self._answers.get(key) if self._answers is not None else None
        try:
            return None if kept is None else reader.of_text(kept.decode())
        except (Malformed, UnicodeDecodeError):
            return None

    async def _found(self, question: ChatRequest, reader: Reader[T], budget: Budget) -> ModelAnswer[T]:
        completion, usage = await self._whole_answer(question, reader, budget)
        try:
            value = self._read(completion, reader, usage)
        except Malformed as bad:
            self._endpoint.answered(well=not bad.form)
            return await self._repaired(question, (completion, bad), reader, budget, usage)
        self._endpoint.answered(well=True)
        return ModelAnswer(value, usage)

    async def _repaired(
        self,
        question: ChatRequest,
        unread: tuple[Completion, Malformed],
        reader: Reader[T],
        budget: Budget,
        usage: Usage,
    ) -> ModelAnswer[T]:
        """The answer to the second asking; to the third and fourth where those before were cut off, which says
        nothing of whether the model knows the form. `usage` is what the first one cost."""
        completion, bad = unread
        for _ in range(_MOST_REPAIRS):
            said = completion.text or completion.called
            try:
                completion, more = await self._whole_answer(
                    question.corrected(said_in(said), str(bad)), reader, budget
                )
            except AnalystError as err:
                err.usage = usage + (err.usage or Usage())
                raise
            usage += more
            try:
                return ModelAnswer(self._read(completion, reader, usage), usage)
            except Malformed as again:
                bad = again
            if not is_cut(completion.text):
                break
        shown = self._address.shown(str(bad))
        message = f"{self.model!r} answered {usage.calls} times in a form that cannot be used: {shown}"
        raise unusable(FailureReason.MALFORMED, message, usage) from bad

    def _read(self, completion: Completion, reader: Reader[T], usage: Usage) -> T:
        """Raises `Malformed`, or `AnalystError` where there is nothing to read."""
        try:
            return reader.of_completion(completion)
        except Wordless as empty:
            raise unusable(FailureReason.EMPTY, f"{self.model!r} {empty}.", usage) from empty

    async def _whole_answer(
        self, question: ChatRequest, reader: Reader[T], budget: Budget
    ) -> tuple[Completion, Usage]:
        """One whole answer with its price; raises `AnalystError` when it cannot be one."""
        reserved = question.estimate() + (self._settings.max_output_tokens or _OUTPUT_ALLOWANCE)
        budget.reserve(reserved)
        usage = Usage()
        try:
            completion = await self._completed(question, reader, reserved, budget)
            usage = self._usage(question, completion)
        finally:
            budget.settle(reserved, usage.tokens)
        if (problem := self._problem(question, completion)) is not None:
            raise unusable(*problem, usage)
        return completion, usage

    async def _completed(self, question: ChatRequest, reader: Reader[T], tokens: int, budget: Budget) -> Completion:
        """Asks until the endpoint accepts the form of the question; each refusal takes something away.

        A refusal that does not say why is taken for one of the form only once another form has been accepted.
        """
        guess: EndpointCapabilities | None = None
        while True:
            habits = guess or self._endpoint.habits
            options = question.options(habits, self._settings)
            try:
                completion = await self._line.call(
                    partial(self._attempt, question, reader, habits, options),
                    tokens=tokens,
                    spent=lambda completion: self._usage(question, completion).tokens,
                    budget=budget,
                )
            except AttemptFailed as fault:
                if self._endpoint.adapted(habits, fault.response_text, options):
                    guess = None
                elif fault.unexplained and self._endpoint.may_doubt(habits, question.schema_name):
                    guess = habits.weaker()
                else:
                    raise fault.error(1, ever_connected=True) from fault.__cause__
            else:
                self._endpoint.accepted(habits, question.schema_name)
                return completion

    async def _attempt(
        self,
        question: ChatRequest,
        reader: Reader[T],
        habits: EndpointCapabilities,
        options: Mapping[str, Json],
        silence: Silence,
    ) -> Completion:
        # Given as `messages`, they would be walked through field by field: a millisecond of every call.
        body = {**options, "messages": question.messages(habits)}
        async with self._client.chat.completions.with_streaming_response.create(
            model=self.model, messages=[], stream=True, extra_body=body
        ) as response:
            try:
                completion = await read_completion(response, self._address, silence)
            except AttemptFailed as fault:
                # What was accepted at first and failed then may pass, unless it is the form that was not accepted.
                fault.again |= fault.unexplained and not self._endpoint.may_doubt(habits, question.schema_name)
                raise
        if completion.ending is None and not reader.is_whole(completion):
            text = f": {completion.strange}" if completion.strange else ""
            message = f"{self._address} stopped in the middle of its answer{text}."
            raise AttemptFailed(FailureReason.SERVER_ERROR, message, again=True)
        return completion

    def _usage(self, question: ChatRequest, completion: Completion) -> Usage:
        """As the endpoint counts; what it does not count is estimated."""
        counted = completion.usage
        prompt = question.estimate() if counted.prompt_tokens is None else counted.prompt_tokens
        words = completion.text + completion.reasoning + completion.called
        answer = counted.completion_tokens or estimate_tokens(words)
        return self._meter.call(prompt, counted.cached_tokens, answer)

    def _problem(self, question: ChatRequest, completion: Completion) -> tuple[FailureReason, str] | None:
        said = self._address.shown(completion.refusal)
        if completion.refusal or completion.ending is FinishReason.REFUSED:
            return FailureReason.REFUSED, f"{self.model!r} refused to answer{f': {said}' if said else ''}."
        if completion.ending is FinishReason.CUT:
            thinking = " while it was thinking" if completion.reasoning and not completion.text.strip() else ""
            return (
                FailureReason.TRUNCATED,
                f"The answer of {self.model!r} was cut off{thinking}. Raise ISNAD_MAX_OUTPUT_TOKENS or the model's "
                "context, or lower ISNAD_CLAIMS_PER_CALL.",
            )
        return self._unread(question, completion)

    def _unread(self, question: ChatRequest, completion: Completion) -> tuple[FailureReason, str] | None:
        """An answer from a part of the text is none: what was left out may say the contrary."""
        counted = completion.usage
        sent = [message["content"] for message in question.messages(EndpointCapabilities())]
        if counted.prompt_tokens is None or not was_cut(sent, counted.prompt_tokens + counted.cached_tokens):
            return None
        return (
            FailureReason.CONTEXT_OVERFLOW,
            f"{self._address} counts {counted.prompt_tokens} tokens of a text of about {question.estimate()}: it has "
            f"answered from a part of it. Give {self.model!r} a larger context (num_ctx of Ollama), or lower "
            "ISNAD_CLAIMS_PER_CALL.",
        )
