"""The passages nearest to a text, whatever their date and similarity: for who looks through the coverage."""

from agent.coverage.index.catalogue import Catalogue
from agent.coverage.origins.grouping import Grouping
from agent.coverage.search.found import SearchHit
from agent.coverage.search.fusion import Ranked, rank, spread
from agent.coverage.search.nearest import Nearest, PassageQuery
from agent.coverage.search.scale import Scale
from agent.models import Article, Document, Origin, Passage

_ASKED_FOR_EACH = 4
_FEWEST_ASKED = 200


def nearest_hits(
    catalogue: Catalogue, nearest: Nearest, sought: PassageQuery, limit: int, *, by_origin: bool
) -> tuple[SearchHit, ...]:
    """Best first. Documents take turns, or origins: the best passage of each comes before the second one of any."""
    (found,) = nearest.query([sought], max(_FEWEST_ASKED, limit * _ASKED_FOR_EACH))
    grouping = Grouping(catalogue, Article(text=""))
    groups = {hit.document_id: hit.document_id for hit in found.hits}
    if by_origin:
        groups = {i: origin.id for i, origin in grouping.of(groups).items()}
    ranked = rank([hit for hit in found.hits if hit.document_id in groups], groups)
    shown = spread(ranked, groups, nearest.scale.weight)[:limit]
    ids = {one.hit.document_id for one in shown}
    documents, origins = catalogue.get(ids), grouping.of(ids)
    return tuple(
        _shown(one, documents[one.hit.document_id], origins[one.hit.document_id], nearest.scale) for one in shown
    )


def _shown(ranked: Ranked, document: Document, origin: Origin, scale: Scale) -> SearchHit:
    hit = ranked.hit
    return SearchHit(
        passage=Passage.of(document, hit.place.span),
        origin=origin.id,
        similarity=None if hit.similarity is None else round(hit.similarity, 4),
        similarity_place=ranked.by_vector,
        bm25=hit.match and round(hit.match.score, 4),
        bm25_place=ranked.by_words,
        share=hit.match and round(hit.match.share, 4),
        heard=hit.is_near_enough(scale),
    )
