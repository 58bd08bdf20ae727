"""Keeps the claim that a fact-check repeats apart from what the fact-check says itself."""

from collections.abc import Iterable, Mapping, Sequence

from agent.models import Judgement, Origin, Stance, Witness
from agent.text.quotes import letters


def reviewed_claims(origins: Iterable[Origin]) -> dict[str, tuple[str, ...]]:
    """The claims that the witness of each origin checks, by its own markup."""
    fields = {one.id: one.witness.provenance.reviews for one in origins}
    return {name: tuple(letters(review.claim) for review in reviews) for name, reviews in fields.items() if reviews}


def without_reviewed(
    said: Iterable[tuple[Witness, Judgement]], reviewed: Mapping[str, Sequence[str]]
) -> list[tuple[Witness, Judgement]]:
    """The same judgements. One becomes unrelated where its quote is part of a claim under review, or is taken for
    support and holds the whole of such a claim."""
    return [(witness, _weighed(judgement, reviewed.get(witness.origin, ()))) for witness, judgement in said]


def _weighed(judgement: Judgement, claims: Sequence[str]) -> Judgement:
    quote = letters(judgement.quote)
    repeated = any(quote in claim for claim in claims) if quote else False
    around = judgement.stance is Stance.SUPPORTS and any(claim in quote for claim in claims if claim)
    return judgement.model_copy(update={"stance": Stance.UNRELATED}) if repeated or around else judgement
