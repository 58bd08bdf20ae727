"""The model as analyst: two prompts, two answer schemas, no tools. What it says is only ever a proposal."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from agent.analyst import Extraction, JudgementResult
from agent.analyst.parts import in_view, sentences_of
from agent.llm import Chat
from agent.models import (
    AnalystInfo,
    Article,
    Attribution,
    Budget,
    Claim,
    Draft,
    Judgement,
    Kind,
    Part,
    SourceType,
    Span,
    Stance,
    Witness,
    has_unnamed_source,
)
from agent.prompts import AnalystPrompt, Fence, Prompt, RemarkName, fingerprint, render
from agent.text import mend


# Field order is the order in which a model writes: the quote first, so that the claim rests on it. A docstring would
# be sent with every call.
class ExtractedClaim(BaseModel):
    model_config = ConfigDict(extra="ignore")

    quote: str
    text: str
    speaker: str | None = None
    role: str | None = None
    source: SourceType
    verb: str | None = None
    kind: Kind
    event_date: str | None = None
    event_end: str | None = None


class Extracted(BaseModel):
    claims: list[ExtractedClaim]


class ClaimAnswer(BaseModel):
    claim: str
    stance: Literal["supports", "contradicts", "qualifies", "unrelated"]
    quote: str = Field(max_length=4000)
    same_speaker: bool


# Docstrings of these would go out with every question, as part of the form.
class CoverageAnswer(ClaimAnswer):
    own_hearing: str = Field(default="", max_length=4000)


class OwnAnswers(BaseModel):
    answers: list[ClaimAnswer]


class ClaimAnswers(BaseModel):
    taken_from: str = Field(default="", max_length=4000)
    answers: list[ClaimAnswer]


class CoverageAnswers(ClaimAnswers):
    answers: list[CoverageAnswer]  # type: ignore[assignment]  # nothing writes to it


class ModelAnalyst:
    """Asks an OpenAI-compatible model; see `Analyst` for the promises."""

    def __init__(self, chat: Chat, fence: Fence, *, embedder: str) -> None:
        self._chat = chat
        self._fence = fence
        self._embedder = embedder

    @property
    def info(self) -> AnalystInfo:
        return AnalystInfo(
            kind="model",
            model=self._chat.model,
            embedder=self._embedder,
            prompts={name: fingerprint(name) for name in (*get_args(AnalystPrompt), *get_args(RemarkName))},
        )

    async def extract(self, article: Article, part: Part, budget: Budget) -> Extraction:
        numbered, first, last = _numbered(article, part.span)
        shown = f"{_heading(None, article.outlet)}{_titled(article.title)}{numbered}"
        # The opening comes first and is the same for every part: providers cache such a prefix.
        prompt = render(
            "extract",
            {
                "header": _dated("The article", article.published_at.date() if article.published_at else None),
                "article": self._fence("article", shown, whole=article.text),
                "first": str(first),
                "last": str(last),
            },
        )
        answer = await self._chat.ask(prompt, Extracted, budget=budget)
        return Extraction(drafts=tuple(map(_draft, answer.value.claims)), usage=answer.usage)

    async def judge(
        self, article: Article, witness: Witness, claims: tuple[Claim, ...], budget: Budget
    ) -> JudgementResult:
        if witness.is_article:
            own = await self._chat.ask(self._judging(article, witness, claims), OwnAnswers, budget=budget)
            return JudgementResult(judgements=tuple(_of_own(own.value, claims)), usage=own.usage)
        asked = {claim.id for claim in claims}

        def complete(value: ClaimAnswers) -> None:
            missing = asked - {answer.claim for answer in value.answers}
            if missing:
                raise ValueError(f"no answer for the claims {', '.join(sorted(missing))}")

        form = CoverageAnswers if any(map(has_unnamed_source, claims)) else ClaimAnswers
        prompt = self._judging(article, witness, claims)
        answer = await self._chat.ask(prompt, form, budget=budget, accept=complete)
        return JudgementResult(
            judgements=tuple(map(_judgement, answer.value.answers)),
            taken_from=answer.value.taken_from,
            usage=answer.usage,
        )

    def _judging(self, article: Article, witness: Witness, claims: tuple[Claim, ...]) -> Prompt:
        value = witness.passages[0]
        # The article says in its own heading where it stands.
        outlet = None if witness.is_article else article.outlet
        return render(
            "judge",
            {
                "header": _dated("The text", value.published_at.date() if value.published_at else None),
                "own_article": "yes" if witness.is_article else "",
                "unnamed": "yes" if not witness.is_article and any(map(has_unnamed_source, claims)) else "",
                "source": self._fence("text", _heading(value.title, value.outlet) + _passages(witness)),
                "claims": self._fence("claims", "\n".join([*_of_outlet(outlet), *map(_asked, claims)])),
            },
        )


def _numbered(article: Article, asked: Span) -> tuple[str, int, int]:
    """The sentences in view, numbered from 1, and the numbers of the first and last of those asked about."""
    spans = sentences_of(article)
    lines = [
        f"[{n + 1}] {_read(article.text[spans[n].start : spans[n].end], article.language)}"
        for n in in_view(article, asked)
    ]
    inside = [n for n, span in enumerate(spans, 1) if asked.start <= span.start < asked.end]
    return "\n".join(lines), inside[0], inside[-1]


def _dated(what: str, day: date | None) -> str:
    return f"{what} was published on {day.isoformat()}." if day else f"{what} bears no date."


def _titled(title: str | None) -> str:
    """The title as a sentence beside the others. No part asks for it: a claim rests on words of the text."""
    return f"[0] {_one_line(title)}\n" if title else ""


def _heading(title: str | None, outlet: str | None) -> str:
    lines = [f"title: {_one_line(title)}"] if title else []
    lines += [f"outlet: {_one_line(outlet)}"] if outlet else []
    return "".join(f"{line}\n" for line in lines)


def _passages(witness: Witness) -> str:
    return "\n[…]\n".join(mend(passage.text, passage.language).text.strip() for passage in witness.passages)


def _of_outlet(outlet: str | None) -> list[str]:
    return [f"(article in: {_one_line(outlet)})"] if outlet else []


def _asked(claim: Claim) -> str:
    named = [one for one in (claim.attribution.speaker, claim.attribution.role) if one]
    speaker = f" (says: {_one_line(', '.join(named))})" if named else ""
    day = f" (event: {claim.event_date.isoformat()})" if claim.event_date else ""
    return f"{claim.id}: {_one_line(claim.text)}{speaker}{day}"


def _read(text: str, language: str) -> str:
    """A sentence as it is to be read: a model is not shown what damaged it."""
    return _one_line(mend(text, language).text)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _draft(claim: ExtractedClaim) -> Draft:
    first, last = _days(claim.event_date, claim.event_end)
    return Draft(
        text=_one_line(claim.text) or claim.quote,
        quote=claim.quote,
        attribution=Attribution(
            speaker=claim.speaker or None,
            role=claim.role or None,
            source=claim.source if claim.speaker else SourceType.OUTLET,
            verb=claim.verb or None,
        ),
        kind=claim.kind,
        event_date=first,
        event_end=last,
    )


def _days(first: str | None, last: str | None) -> tuple[date | None, date | None]:
    """The first and the last day of an event; there is no last one of a single day, nor one before the first."""
    begun, ended = _day(first) or _day(last), _day(last)
    return begun, ended if begun and ended and ended > begun else None


def _day(text: str | None) -> date | None:
    """The date if it is one; a model that writes "March 2016" here has told no day."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _judgement(answer: ClaimAnswer) -> Judgement:
    return Judgement(
        claim_id=answer.claim,
        stance=Stance(answer.stance),
        quote=answer.quote,
        same_speaker=answer.same_speaker,
        own_hearing=answer.own_hearing if isinstance(answer, CoverageAnswer) else "",
    )


def _of_own(own_answers: OwnAnswers, claims: Iterable[Claim]) -> Iterator[Judgement]:
    """What the article says of its claims; of those that it leaves out it says nothing."""
    yield from map(_judgement, own_answers.answers)
    named = {answer.claim for answer in own_answers.answers}
    yield from (Judgement(claim_id=c.id, stance=Stance.UNRELATED) for c in claims if c.id not in named)
