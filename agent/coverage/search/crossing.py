"""What origins in other languages have nearest to each claim that they are put to, with its cosine."""

from agent.coverage.embedding.embed import Traits, is_crossing
from agent.coverage.index.vectors import cosines
from agent.coverage.search.compared import Compared
from agent.coverage.search.found import CrossingPassage, OriginLead
from agent.coverage.search.nearest import PassageQuery
from agent.coverage.search.scale import Scale
from agent.models import Document, Passage
from agent.text.language import primary_language


def crossings_of(
    lead: OriginLead, asked: dict[str, PassageQuery], compared: Compared, scale: Scale, traits: Traits
) -> tuple[CrossingPassage, ...]:
    """For each claim the passage of a witness in another language that is nearest to it, where the cosine reaches
    the floor; nothing of copies of the article, nor between languages that the embedder does not know together."""
    witness = lead.origin.witness
    if lead.origin.copy_of_article or not lead.claim_ids:
        return ()
    value, spoken = primary_language(witness.language), asked[lead.claim_ids[0]].language
    if not is_crossing(spoken, value) or not traits.crosses(spoken, value):
        return ()
    nearest = _nearest(witness, lead, asked, compared, traits)
    return tuple(one for one in nearest if one.similarity >= scale.floors.across)


def _nearest(
    witness: Document, lead: OriginLead, asked: dict[str, PassageQuery], compared: Compared, traits: Traits
) -> list[CrossingPassage]:
    places = compared.places_of(witness)
    if not places:
        return []
    rows = compared.likeness.rows_of([place.key for place in places])
    likeness = cosines(rows, [asked[claim_id].across for claim_id in lead.claim_ids], traits.across)
    # Of equally near passages the first.
    best = [max((row[n], -at) for at, row in enumerate(likeness)) for n in range(len(lead.claim_ids))]
    return [
        CrossingPassage(
            claim_id=claim_id, passage=Passage.of(witness, places[-at].span), similarity=round(similarity, 4)
        )
        for claim_id, (similarity, at) in zip(lead.claim_ids, best, strict=True)
    ]
