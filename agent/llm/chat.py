"""Asking a model for one structured answer."""

import json
from collections.abc import Callable, Mapping
from functools import partial

from openai import AsyncOpenAI

from agent.analyst import Budget
from agent.answers import Answers, address_of
from agent.budget import estimate_tokens
from agent.config import Settings
from agent.errors import AnalystError
from agent.llm.exchange import Answer, T, unusable
from agent.llm.faults import Fault
from agent.llm.habits import Acquaintance, Habits, Mode
from agent.llm.keeping import keep
from agent.llm.line import Line
from agent.llm.metering import Meter
from agent.llm.request import Question
from agent.llm.stream import Completion, read_completion
from agent.llm.structured import Json, Malformed, holds_json, parse, strict_schema
from agent.models import FailureReason, Usage
from agent.prompts import Prompt

# Set aside for an answer whose length is not configured.
_OUTPUT_ALLOWANCE = 1024


class EndpointChat:
    """See `Chat` for the promises."""

    def __init__(
        self, client: AsyncOpenAI, line: Line, endpoint: Acquaintance, settings: Settings, answers: Answers | None
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
    ) -> Answer[T]:
        question = Question(prompt.system, prompt.user, answer.__name__, strict_schema(answer))
        key = self._key(question)
        read = partial(_read, answer=answer, accept=accept)
        if (kept := self._kept(key, read)) is not None:
            return Answer(kept, self._meter.known())
        found = await self._found(question, read, budget)
        if self._answers is not None:
            await keep(self._answers, {key: found.value.model_dump_json(by_alias=True).encode()}, self._line.sleep)
        return found

    def _key(self, question: Question) -> bytes:
        parameters = (self._settings.temperature, self._settings.max_output_tokens)
        return address_of(
            "chat",
            self._address.url,
            self.model,
            question.system,
            question.user,
            json.dumps([question.schema_name, question.schema, parameters], sort_keys=True),
        )

    def _kept(self, key: bytes, read: Callable[[str], T]) -> T | None:
        """The answer given before; one that is not acceptable any more counts as not there."""
        kept = self._answers.get(key) if self._answers is not None else None
        try:
            return None if kept is None else read(kept.decode())
        except (Malformed, UnicodeDecodeError):
            return None

    async def _found(self, question: Question, read: Callable[[str], T], budget: Budget) -> Answer[T]:
        completion, usage = await self._heard(question, budget)
        try:
            value = read(completion.text)
        except Malformed as bad:
            self._endpoint.answered(well=not bad.form)
            return await self._repaired(question.corrected(completion.text, str(bad)), read, budget, usage)
        self._endpoint.answered(well=True)
        return Answer(value, usage)

    async def _repaired(
        self, question: Question, read: Callable[[str], T], budget: Budget, usage: Usage
    ) -> Answer[T]:
        """The answer to the second asking; `usage` is what the first one cost."""
        try:
            completion, more = await self._heard(question, budget)
        except AnalystError as err:
            err.usage = usage + (err.usage or Usage())
            raise
        try:
            return Answer(read(completion.text), usage + more)
        except Malformed as bad:
            message = f"{self.model!r} answered twice in a form that cannot be used: {self._address.shown(str(bad))}"
            raise unusable(FailureReason.MALFORMED, message, usage + more) from bad

    async def _heard(self, question: Question, budget: Budget) -> tuple[Completion, Usage]:
        """One whole answer with its price; raises `AnalystError` when it says nothing to read."""
        reserved = question.estimate() + (self._settings.max_output_tokens or _OUTPUT_ALLOWANCE)
        budget.reserve(reserved)
        usage = Usage()
        try:
            completion = await self._completed(question, reserved)
            usage = self._usage(question, completion)
        finally:
            budget.settle(reserved, usage.tokens)
        if (problem := self._problem(completion)) is not None:
            raise unusable(*problem, usage)
        return completion, usage

    async def _completed(self, question: Question, tokens: int) -> Completion:
        """Asks until the endpoint accepts the form of the question; each refusal takes something away."""
        while True:
            habits = self._endpoint.habits
            options = question.options(habits, self._settings)
            try:
                return await self._line.call(
                    partial(self._attempt, question, habits, options),
                    tokens=tokens,
                    spent=lambda completion: self._usage(question, completion).tokens,
                )
            except Fault as fault:
                if not self._endpoint.adapted(habits, fault.told, options):
                    raise fault.error(1, ever_connected=True) from fault.__cause__

    async def _attempt(self, question: Question, habits: Habits, options: Mapping[str, Json]) -> Completion:
        # Given as `messages`, they would be walked through field by field: a millisecond of every call.
        body = {**options, "messages": question.messages(habits)}
        async with self._client.chat.completions.with_streaming_response.create(
            model=self.model, messages=[], stream=True, extra_body=body
        ) as response:
            completion = await read_completion(response, self._address)
        if completion.chosen and completion.finish is None and not holds_json(completion.text):
            message = f"{self._address} stopped in the middle of its answer."
            raise Fault(FailureReason.SERVER_ERROR, message, again=True)
        return completion

    def _usage(self, question: Question, completion: Completion) -> Usage:
        counted = completion.usage
        if counted is None:
            return self._meter.call(question.estimate(), 0, estimate_tokens(completion.text))
        return self._meter.call(counted.prompt_tokens, counted.cached, counted.completion_tokens)

    def _problem(self, completion: Completion) -> tuple[FailureReason, str] | None:
        said = self._address.shown(completion.refusal)
        if completion.refusal or completion.finish == "content_filter":
            return FailureReason.REFUSED, f"{self.model!r} refused to answer{f': {said}' if said else ''}."
        if completion.finish == "length":
            return (
                FailureReason.TRUNCATED,
                f"The answer of {self.model!r} was cut off. Raise ISNAD_MAX_OUTPUT_TOKENS, "
                "or lower ISNAD_SENTENCES_PER_PART or ISNAD_CLAIMS_PER_CALL.",
            )
        if not completion.text.strip():
            return FailureReason.EMPTY, f"{self.model!r} answered nothing."
        return None


def _read(text: str, answer: type[T], accept: Callable[[T], None] | None) -> T:
    value = parse(text, answer)
    try:
        if accept is not None:
            accept(value)
    except ValueError as err:
        raise Malformed(str(err), form=False) from err
    return value
