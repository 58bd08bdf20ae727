"""A scripted analyst and a scripted search: what they answer is said by the test, what they were asked is kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from agent.analyst import Extraction, JudgementResult
from agent.coverage.search.found import OriginLead, Retrieved
from agent.models import (
    AnalystInfo,
    Article,
    Attribution,
    Budget,
    Claim,
    Document,
    Draft,
    Gap,
    Judgement,
    Origin,
    Part,
    Passage,
    Searched,
    SourceType,
    Span,
    Stance,
    Witness,
)
from agent.text.quotes import anchors

Judge = Callable[[Witness, Claim], Judgement | Exception | None]


@dataclass
class ScriptedAnalyst:
    """`drafts` are told in the part that holds their quote; `judge` answers for one witness and one claim, `taken_by`
    says of each hearing in which words the witness has the matter from the article's outlet."""

    drafts: Sequence[Draft] = ()
    judge_by: Judge = lambda witness, claim: unrelated(claim)
    taken_by: Callable[[Witness, tuple[Claim, ...]], str] = lambda witness, claims: ""
    failing_parts: dict[int, Exception] = field(default_factory=dict)
    model: str | None = None
    read: list[Part] = field(default_factory=list)
    heard: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    @property
    def info(self) -> AnalystInfo:
        kind: Literal["model", "lexical"] = "model" if self.model else "lexical"
        return AnalystInfo(kind=kind, model=self.model, embedder="scripted")

    async def extract(self, article: Article, part: Part, budget: Budget) -> Extraction:
        self.read.append(part)
        if part.index in self.failing_parts:
            raise self.failing_parts[part.index]
        told = [
            d for d in self.drafts if anchors(part.text).find(d.quote) or (part.index == 0 and not _in(article, d))
        ]
        return Extraction(drafts=tuple(told))

    async def judge(
        self, article: Article, witness: Witness, claims: tuple[Claim, ...], budget: Budget
    ) -> JudgementResult:
        self.heard.append((witness.origin, tuple(claim.id for claim in claims)))
        answers = [self.judge_by(witness, claim) for claim in claims]
        for answer in answers:
            if isinstance(answer, Exception):
                raise answer
        told = tuple(a for a in answers if isinstance(a, Judgement))
        return JudgementResult(judgements=told, taken_from=self.taken_by(witness, claims))


def _in(article: Article, draft: Draft) -> bool:
    return anchors(article.text).find(draft.quote) is not None


@dataclass
class ScriptedSearch:
    """Every claim finds every origin, whole documents as passages; or the error given."""

    origins: Sequence[Origin] = ()
    error: Exception | None = None
    gap: Gap | None = None

    def warm(self) -> None: ...

    async def search(self, article: Article, claims: tuple[Claim, ...], budget: Budget) -> Retrieved:
        if self.error is not None:
            raise self.error
        ids = tuple(claim.id for claim in claims)
        return Retrieved(
            leads=tuple(
                OriginLead(origin=origin, passages=(whole(origin.witness),), claim_ids=ids) for origin in self.origins
            ),
            gaps=dict.fromkeys(ids, self.gap) if self.gap else {},
            searched=Searched(documents=len(self.origins), in_window=len(self.origins), passages=len(self.origins)),
        )


def whole(document: Document) -> Passage:
    return Passage.of(document, Span(start=0, end=len(document.text)))


def origin(*documents: Document, copy_of_article: bool = False) -> Origin:
    return Origin(id=f"o-{documents[0].id}", documents=documents, copy_of_article=copy_of_article)


def draft(quote: str, text: str | None = None, speaker: str | None = None) -> Draft:
    source = SourceType.NAMED if speaker else SourceType.OUTLET
    return Draft(text=text or quote, quote=quote, attribution=Attribution(speaker=speaker, source=source))


def unrelated(claim: Claim) -> Judgement:
    return Judgement(claim_id=claim.id, stance=Stance.UNRELATED)


def says(claim: Claim, stance: Stance, quote: str, *, same_speaker: bool = False, own_hearing: str = "") -> Judgement:
    return Judgement(
        claim_id=claim.id, stance=stance, quote=quote, same_speaker=same_speaker, own_hearing=own_hearing
    )
