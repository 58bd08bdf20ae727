"""One search for the claims of one article: from vectors to the witnesses that are heard."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from agent.config import Settings
from agent.corrections import notes_in
from agent.coverage.catalogue import Catalogue
from agent.coverage.embed import Traits
from agent.coverage.found import Lead, Retrieved
from agent.coverage.hearings import Choice, Window, choose, heard_passages
from agent.coverage.nearest import HEARD, Hits, Nearest, Sought
from agent.coverage.origins.grouping import Grouping
from agent.language import primary_language
from agent.models import Article, Claim, Document, Origin, Passage, Searched, Span, Usage

_WIDENING = 4
_MOST_HITS = 4000
_MOST_PASSAGES = 6
# Live reports may hold hundreds.
_MOST_NOTES = 8


class Search:
    """One search for the claims of one article. Blocking."""

    def __init__(self, catalogue: Catalogue, nearest: Nearest, settings: Settings) -> None:
        self._catalogue = catalogue
        self._nearest = nearest
        self._settings = settings

    def run(
        self, article: Article, claims: Sequence[Claim], rows: Sequence[Sequence[float]], usage: Usage
    ) -> Retrieved:
        hits: dict[str, Hits] = {}
        choices: dict[str, Choice] = {}
        origins: dict[str, Origin] = {}
        asked = {claim.id: Sought(claim.text, row) for claim, row in zip(claims, rows, strict=True)}
        grouping = Grouping(self._catalogue, article)
        limit = self._settings.passages_per_claim
        wanting = list(asked)
        while wanting:
            found = self._nearest.query([asked[claim_id] for claim_id in wanting], limit)
            hits |= zip(wanting, found, strict=True)
            origins |= grouping.of({hit.document_id for some in hits.values() for hit in some.hits})
            usable = self._usable(article, claims, hits, origins)
            choices = {claim.id: self._choose(claim, hits, usable, origins) for claim in claims}
            wanting = [c for c in wanting if limit < _MOST_HITS and self._may_have_more(choices[c], hits[c], origins)]
            limit *= _WIDENING
        return Retrieved(
            leads=self._leads(choices.values(), origins, asked),
            gaps={choice.claim_id: choice.gap for choice in choices.values() if choice.gap is not None},
            searched=self._searched(article, usable, hits),
            usage=usage,
        )

    def _usable(
        self, article: Article, claims: Sequence[Claim], hits: Mapping[str, Hits], origins: Mapping[str, Origin]
    ) -> dict[str, dict[str, Document]]:
        """For each claim the witnesses around its event, and what copies the article.

        Of other copies nothing counts, neither words nor dates: they may neither bring a report in nor lift it up.
        """
        others = {
            document.id: document
            for origin in origins.values()
            for document in (origin.documents if origin.copy_of_article else (origin.witness,))
        }
        usable = {}
        for claim in claims:
            # An event of long ago is told of in its own days and again in the article's.
            window = Window.around((article.published_at, claim.event_date), self._settings.window_days)
            if article.published_at is None:
                window = Window()
            usable[claim.id] = {
                hit.document_id: others[hit.document_id]
                for hit in hits[claim.id].hits
                if hit.document_id in others and window.holds(others[hit.document_id].published_at)
            }
        return usable

    def _choose(
        self,
        claim: Claim,
        hits: Mapping[str, Hits],
        usable: Mapping[str, Mapping[str, Document]],
        origins: Mapping[str, Origin],
    ) -> Choice:
        most = self._settings.origins_per_claim
        return choose(claim, hits[claim.id].hits, usable[claim.id], origins, self._nearest.scale, most)

    def _may_have_more(self, choice: Choice, hits: Hits, origins: Mapping[str, Origin]) -> bool:
        """Whether copies or other days took the places of origins that a wider search would find."""
        copies = {origin.id for origin in origins.values() if origin.copy_of_article}
        enough = len(choice.scores.keys() - copies) >= self._settings.origins_per_claim
        return not enough and hits.is_cut

    def _leads(
        self, choices: Iterable[Choice], origins: Mapping[str, Origin], asked: Mapping[str, Sought]
    ) -> tuple[Lead, ...]:
        by_id = {origin.id: origin for origin in origins.values()}
        claims: dict[str, list[str]] = defaultdict(list)
        for choice in choices:
            for origin_id in choice.scores:
                claims[origin_id].append(choice.claim_id)
        places = self._nearest.places(by_id[origin_id].witness.id for origin_id in claims)
        near = self._nearest.compare(asked, [place for some in places.values() for place in some])
        leads = []
        for origin_id, claim_ids in claims.items():
            witness = by_id[origin_id].witness
            own = [place for place in places[witness.id] if place.key in near]
            # A claim may have found a copy's passage: what is heard is the witness's own nearest one.
            rows = [[near[place.key][claim_id] for place in own] for claim_id in claim_ids]
            heard = [own[number].span for number in heard_passages(rows, HEARD, _MOST_PASSAGES)]
            passages = tuple(Passage.of(witness, span) for span in _with_corrections(witness, heard))
            leads.append(Lead(origin=by_id[origin_id], passages=passages, claim_ids=tuple(claim_ids)))
        return tuple(leads)

    def _searched(
        self,
        article: Article,
        usable: Mapping[str, Mapping[str, Document]],
        hits: Mapping[str, Hits],
    ) -> Searched:
        (window,) = Window.around((article.published_at,), self._settings.window_days).days or ((None, None),)
        languages = self._catalogue.languages_between(*window)
        near = {
            (hit.document_id, hit.place.number)
            for claim_id, some in hits.items()
            for hit in some.hits
            if hit.document_id in usable[claim_id] and hit.is_heard(self._nearest.scale)
        }
        return Searched(
            documents=self._catalogue.count(),
            in_window=sum(languages.values()),
            passages=len(near),
            other_languages=uncomparable(languages, article.language, self._nearest.traits),
        )


def _with_corrections(witness: Document, heard: Sequence[Span]) -> list[Span]:
    """What is heard of a witness, and what it takes back: a correction goes with whatever it may correct."""
    notes = [note.span for note in notes_in(witness.text)[-_MOST_NOTES:]]
    told = [note for note in notes if not any(one.start <= note.start and note.end <= one.end for one in heard)]
    return sorted((*heard, *told), key=lambda span: span.start)


def uncomparable(languages: Mapping[str, int], own: str, traits: Traits) -> int:
    """Of so many documents in each language, those that the vectors cannot compare with texts in this one."""
    spoken = primary_language(own)
    return sum(n for one, n in languages.items() if not traits.crosses(spoken, primary_language(one)))
