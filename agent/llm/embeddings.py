"""Vectors from an endpoint, each text paid for once."""

import asyncio
import base64
import math
from array import array
from collections.abc import Iterator, Sequence
from functools import partial

from openai import AsyncOpenAI
from openai.types import CreateEmbeddingResponse

from agent.budget import estimate_tokens
from agent.config import Settings
from agent.coverage.embedding.embed import Floors, Purpose, Traits
from agent.errors import AnalystError
from agent.llm.complaint import complaint_in
from agent.llm.exchange import EndpointVectors
from agent.llm.faults import AttemptFailed, fault_in_body
from agent.llm.habits import KnownCapabilities
from agent.llm.keeping import keep
from agent.llm.line import CallLimiter
from agent.llm.metering import Meter
from agent.llm.silence import Silence
from agent.llm.structured import Json
from agent.llm.wire import tokens_of
from agent.models import Budget, FailureReason, Usage
from agent.storage.answers import AnswerCache, address_of

# Endpoints bound the tokens of one call as well as its texts; the strictest known ask for less than this.
_BYTES_PER_CALL = 200_000
# Nobody says which languages a model knows, nor which cosine is next to none, before the store has measured that.
_TRAITS = Traits(rank_weight=1.0, floors=Floors(within=0.25, across=0.25), languages=None, settled=False)


class EndpointEmbeddings:
    """See `Embeddings` for the promises. Prices are the chat model's, so vectors are counted and not priced."""

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
        self._answers = answers
        self._meter = Meter()
        query, _, passage = (settings.embedding_prefixes or "").partition("|")
        self._prefixes = {Purpose.QUERY: query, Purpose.PASSAGE: passage}

    def __repr__(self) -> str:
        return f"Embeddings({self._address.model!r} at {self._address})"

    @property
    def id(self) -> str:
        """What is put before the texts makes another space of the same model."""
        prefixes = "".join(f" {prefix!r}" for prefix in self._prefixes.values() if any(self._prefixes.values()))
        return f"openai:{self._address.model}{prefixes}"

    @property
    def traits(self) -> Traits:
        return _TRAITS

    def warm(self) -> None: ...

    async def embed(self, texts: Sequence[str], *, purpose: Purpose, budget: Budget) -> EndpointVectors:
        return await self._vectors([self._prefixes[purpose] + text for text in texts], budget)

    async def _vectors(self, texts: Sequence[str], budget: Budget) -> EndpointVectors:
        keys = {text: address_of("embedding", self._address.url, self._address.model, text) for text in texts}
        kept = self._answers.get_many(keys.values()) if self._answers is not None else {}
        known = {text: array("f", kept[key]) for text, key in keys.items() if key in kept}
        missing = [text for text in keys if text not in known]
        rows, usage = await self._embedded(missing, budget)
        if self._answers is not None and rows:
            vectors = {keys[text]: row.tobytes() for text, row in zip(missing, rows, strict=True)}
            await keep(self._answers, vectors, self._line.sleep)
        known.update(zip(missing, rows, strict=True))
        if len({len(row) for row in known.values()}) > 1:
            raise AnalystError(FailureReason.MALFORMED, f"{self._address} sent vectors of different lengths.")
        return EndpointVectors([known[text].tolist() for text in texts], usage)

    async def _embedded(self, texts: list[str], budget: Budget) -> tuple[list["array[float]"], Usage]:
        """Vectors of texts that nobody has asked for, in their order; in several calls side by side if need be."""
        try:
            async with asyncio.TaskGroup() as group:
                batches = _batches(texts, self._endpoint.habits.batch)
                calls = [group.create_task(self._batch(batch, budget)) for batch in batches]
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from failed
        found = [call.result() for call in calls]
        return [row for rows, _ in found for row in rows], sum((usage for _, usage in found), Usage())

    async def _batch(self, texts: list[str], budget: Budget) -> tuple[list["array[float]"], Usage]:
        """One call; where the endpoint takes fewer texts or knows fewer options, it is asked again accordingly."""
        habits = self._endpoint.habits
        options: dict[str, Json] = {} if "encoding_format" in habits.without else {"encoding_format": "base64"}
        try:
            response, usage = await self._answered(texts, options, budget)
        except AttemptFailed as fault:
            if self._endpoint.halved(len(texts), fault.response_text) or self._endpoint.adapted(
                habits, fault.response_text, options
            ):
                return await self._embedded(texts, budget)
            raise fault.error(1, ever_connected=True) from fault.__cause__
        return self._rows(response, len(texts)), usage

    async def _answered(
        self, texts: list[str], options: dict[str, Json], budget: Budget
    ) -> tuple[CreateEmbeddingResponse, Usage]:
        estimate = sum(map(estimate_tokens, texts))
        budget.reserve(estimate)
        usage = Usage()
        try:
            response = await self._line.call(
                partial(self._attempt, texts, options),
                tokens=estimate,
                spent=lambda response: _counted(response) or estimate,
            )
            usage = self._meter.call(_counted(response) or estimate, 0, 0)
        finally:
            budget.settle(estimate, usage.tokens)
        return response, usage

    async def _attempt(self, texts: list[str], options: dict[str, Json], _: Silence) -> CreateEmbeddingResponse:
        # The format goes past the client, which would otherwise fail in its own way on an answer without vectors.
        answer: object = await self._client.embeddings.create(
            model=self._address.model, input=texts, encoding_format="float", extra_body=options
        )
        if not isinstance(answer, CreateEmbeddingResponse):
            message = f"{self._address} does not answer as an endpoint for embeddings."
            raise AttemptFailed(FailureReason.REJECTED, f"{message} Correct {self._address.url_setting}.", final=True)
        if (error := (answer.model_extra or {}).get("error")) and not answer.data:
            raise fault_in_body(complaint_in({"error": error}), self._address)
        return answer

    def _rows(self, response: CreateEmbeddingResponse, count: int) -> list["array[float]"]:
        try:
            # Some servers number nothing, or everything with 0: then the order is that of the texts.
            data = sorted(response.data, key=lambda item: getattr(item, "index", None) or 0)
            rows = [_row(item.embedding) for item in data]
        except (TypeError, ValueError, OverflowError, AttributeError) as err:
            raise AnalystError(FailureReason.MALFORMED, f"{self._address} sent what are no vectors: {err}.") from err
        if len(rows) != count or not all(rows):
            message = f"{self._address} sent {len(rows)} vectors for {count} texts."
            raise AnalystError(FailureReason.MALFORMED, message)
        return rows


def _counted(response: CreateEmbeddingResponse) -> int:
    """0 where the endpoint counts nothing, or counts in a way that cannot be read."""
    return tokens_of(getattr(response.usage, "prompt_tokens", None)) or 0


def _row(embedding: object) -> "array[float]":
    """Single precision, as most endpoints send it: a vector reads the same from the wire and from the cache."""
    row = array("f")
    if isinstance(embedding, str):
        row.frombytes(base64.b64decode(embedding, validate=True))
    elif isinstance(embedding, list):
        row.fromlist(embedding)
    if not all(map(math.isfinite, row)):
        raise ValueError("a vector holds a value that is not a number")
    return row


def _batches(texts: list[str], most: int) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for text in texts:
        length = len(text.encode("utf-8", "surrogatepass"))
        if batch and (len(batch) == most or size + length > _BYTES_PER_CALL):
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += length
    if batch:
        yield batch
