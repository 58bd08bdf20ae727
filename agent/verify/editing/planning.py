"""Turns what a person asks for into the claims that are to be checked. Pure: nothing is judged or decided here."""

from collections.abc import Iterable, Iterator, Sequence

from agent.errors import EditFault, EditRefused, UnknownClaim
from agent.models import (
    AddClaim,
    Attribution,
    ChosenWords,
    Claim,
    Draft,
    EditKind,
    EditRequest,
    Finding,
    FormerClaim,
    Frozen,
    MergeClaims,
    Report,
    RestoreClaim,
    RewordClaim,
    SetAside,
    SetClaimAside,
    Span,
    SplitClaim,
)
from agent.verify.editing.attributing import Anchored, attributed, nearest
from agent.verify.editing.dating import dated_anew
from agent.verify.editing.quoting import reason_of, span_of, speaker_in, wording
from agent.verify.relabel import claim_of

_MOST_EDITS = 1000
_UNTOLD = Draft(text="", quote="")


class EditPlan(Frozen):
    """`before` are the claims that are edited, as they were. `claims` are those that replace them and are to be
    checked; without any, the ones before are set aside."""

    kind: EditKind
    reason: str
    before: tuple[FormerClaim, ...] = ()
    claims: tuple[Claim, ...] = ()

    @property
    def touched(self) -> frozenset[str]:
        """The ids of all claims that change."""
        return frozenset(_ids((*self.before, *self.claims)))


def plan_edit(report: Report, request: EditRequest, read: Sequence[Anchored] = ()) -> EditPlan:
    """Plans an edit. `read` are the claims that were extracted anew at the `unread_places`. Raises `EditRefused`,
    `UnknownClaim`."""
    if len(report.edits) >= _MOST_EDITS:
        text = f"this report was edited {len(report.edits):,} times, which is as often as it can be"
        raise EditRefused(EditFault.TOO_MANY, text)
    plan = _Planning(report, read).planned(request)
    standing = {(one.text, one.spans) for one in report.claims if one.id not in _ids(plan.before)}
    for claim in plan.claims:
        if (claim.text, claim.spans) in standing:
            text = f"the report has this claim already: {claim.text[:100]!r}"
            raise EditRefused(EditFault.KNOWN_ALREADY, text, words=claim.text)
        standing.add((claim.text, claim.spans))
    return plan


def unread_places(report: Report, request: EditRequest) -> list[Span]:
    """The places that the request quotes and that belong to no claim of the report."""
    known = _known(report)
    spans = [span_of(report.article, one.quote, one.place) for one in _chosen(request)]
    return [span for span in spans if nearest(known, span) is None]


def _chosen(request: EditRequest) -> Iterator[ChosenWords]:
    if isinstance(request, AddClaim):
        yield request
    elif isinstance(request, SplitClaim):
        yield from request.into
    elif isinstance(request, RewordClaim) and request.quote is not None:
        yield ChosenWords(quote=request.quote, place=request.place)


class _Planning:
    def __init__(self, report: Report, read: Sequence[Anchored]) -> None:
        self._report = report
        self._known = (*_known(report), *read)

    def planned(self, request: EditRequest) -> EditPlan:
        match request:
            case AddClaim():
                return self._plan(request, (), [self._taken(request, self._next_id())])
            case RewordClaim():
                return self._reworded(request)
            case SplitClaim():
                before, first = self._claim(request.claim_id), self._next_id()
                pieces = [self._taken(one, first + n, before) for n, one in enumerate(request.into)]
                return self._plan(request, (before,), pieces)
            case MergeClaims():
                return self._merged(request)
            case SetClaimAside():
                if not reason_of(request.reason):
                    raise EditRefused(EditFault.NO_REASON, "a claim is set aside for a reason: say which")
                return self._plan(request, (self._claim(request.claim_id),), ())
            case RestoreClaim():
                return self._restored(request)

    def _plan(self, request: EditRequest, before: Iterable[Finding | SetAside], claims: Iterable[Claim]) -> EditPlan:
        former = tuple(former_of(one) for one in before)
        return EditPlan(kind=request.kind, reason=reason_of(request.reason), before=former, claims=tuple(claims))

    def _taken(self, chosen: ChosenWords, number: int, of: Claim | None = None) -> Claim:
        """A new claim at the quoted place. Who says it is told with the claim that it is split from, or with what
        stands at its place, and so is when it was where its own words name no day."""
        article = self._report.article
        span = span_of(article, chosen.quote, chosen.place)
        quote = article.text[span.start : span.end]
        own = Anchored.of_claim(of) if of else []
        result = nearest(own, span) or nearest(self._known, span) or (own[0].draft if own else _UNTOLD)
        claim = Claim(
            id=f"c{number}",
            text=wording(chosen.text or quote),
            spans=(span,),
            quote=quote,
            attribution=self._attribution(chosen.speaker) if chosen.speaker else result.attribution,
            kind=result.kind,
            event_date=result.event_date,
            event_end=result.event_end,
        )
        return dated_anew(claim, "", article)

    def _attribution(self, speaker: str) -> Attribution:
        article = self._report.article
        return attributed(speaker_in(article, speaker), self._known, article.language)

    def _reworded(self, request: RewordClaim) -> EditPlan:
        before = self._claim(request.claim_id)
        claim, former = claim_of(before), before.text
        if request.quote is not None or request.place is not None:
            chosen = ChosenWords(quote=request.quote or before.quote, place=request.place)
            moved = self._taken(chosen, 0, before)
            claim, former = moved.model_copy(update={"id": before.id, "text": before.text}), moved.quote
        if request.text is not None:
            worded = claim.model_copy(update={"text": wording(request.text)})
            claim = dated_anew(worded, former, self._report.article)
        if request.speaker is not None:
            claim = claim.model_copy(update={"attribution": self._attribution(request.speaker)})
        if claim == claim_of(before):
            raise EditRefused(EditFault.NOTHING_NEW, f"this is how {before.id} reads already")
        return self._plan(request, (before,), (claim,))

    def _merged(self, request: MergeClaims) -> EditPlan:
        ids = tuple(dict.fromkeys(request.claim_ids))
        if len(ids) < 2:
            raise EditRefused(EditFault.TOO_FEW, "two claims at least are merged into one")
        before = [self._claim(one) for one in ids]
        spans = tuple(dict.fromkeys(span for one in before for span in one.spans))
        text = wording(request.text) if request.text else before[0].text
        merged = claim_of(before[0]).model_copy(update={"spans": spans, "text": text})
        return self._plan(request, before, (dated_anew(merged, before[0].text, self._report.article),))

    def _restored(self, request: RestoreClaim) -> EditPlan:
        for one in self._report.set_aside:
            if one.id == request.claim_id:
                return self._plan(request, (one,), (claim_of(one),))
        if any(one.id == request.claim_id for one in self._report.claims):
            raise EditRefused(EditFault.NOT_SET_ASIDE, f"{request.claim_id} was not set aside: it counts")
        raise self._unknown(request.claim_id)

    def _claim(self, claim_id: str) -> Finding:
        for one in self._report.claims:
            if one.id == claim_id:
                return one
        raise self._unknown(claim_id)

    def _unknown(self, claim_id: str) -> UnknownClaim:
        for edit in reversed(self._report.edits):
            if claim_id in _ids(edit.before) and claim_id not in edit.claim_ids:
                became = f"became {', '.join(edit.claim_ids)}" if edit.claim_ids else "was set aside"
                return UnknownClaim(
                    f"{claim_id} is no claim of this report any more: in version {edit.version} it {became}"
                )
        known = ", ".join(one.id for one in self._report.claims) or "none"
        return UnknownClaim(f"the report has no claim {claim_id!r}; it has {known}")

    def _next_id(self) -> int:
        """The first number that no claim of any version has had."""
        report = self._report
        had = {one.id for one in (*report.claims, *report.set_aside)}
        had |= {name for edit in report.edits for name in (*_ids(edit.before), *edit.claim_ids)}
        return 1 + max((int(name[1:]) for name in had), default=0)


def former_of(claim: Finding | SetAside) -> FormerClaim:
    return FormerClaim(**{name: getattr(claim, name) for name in FormerClaim.model_fields})


def _known(report: Report) -> list[Anchored]:
    return [place for claim in report.claims for place in Anchored.of_claim(claim)]


def _ids(claims: Iterable[Claim]) -> set[str]:
    return {one.id for one in claims}
