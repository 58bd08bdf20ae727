"""A page that checks a claim repeats it: those words are what it reviews, and not what it says."""

from collections.abc import Iterable, Mapping, Sequence

from agent.models import Judgement, Origin, Stance, Witness
from agent.text.quotes import letters


def reviewed_claims(origins: Iterable[Origin]) -> dict[str, tuple[str, ...]]:
    """By origin, the claims that the text which is heard for it checks, by its own markup."""
    fields = {one.id: one.witness.provenance.reviews for one in origins}
    return {name: tuple(letters(review.claim) for review in reviews) for name, reviews in fields.items() if reviews}


def without_reviewed(
    said: Iterable[tuple[Witness, Judgement]], reviewed: Mapping[str, Sequence[str]]
) -> list[tuple[Witness, Judgement]]:
    """The same judgements; one that rests on words of a claim under review says nothing of any claim, and one that
    holds the whole of it supports none."""
    return [(witness, _weighed(judgement, reviewed.get(witness.origin, ()))) for witness, judgement in said]


def _weighed(judgement: Judgement, claims: Sequence[str]) -> Judgement:
    quote = letters(judgement.quote)
    repeated = any(quote in claim for claim in claims) if quote else False
    around = judgement.stance is Stance.SUPPORTS and any(claim in quote for claim in claims if claim)
    return judgement.model_copy(update={"stance": Stance.UNRELATED}) if repeated or around else judgement
