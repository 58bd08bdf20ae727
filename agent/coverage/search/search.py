"""One search for the claims of one article: from vectors to the witnesses that are heard."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress

from agent.config import Settings
from agent.coverage.embedding.embed import is_crossing, uncomparable
from agent.coverage.index.catalogue import Catalogue
from agent.coverage.origins.grouping import Grouping
from agent.coverage.search.asking import OriginQueue
from agent.coverage.search.bearing import Bearing
from agent.coverage.search.candidates import Candidates, Found, candidates_of
from agent.coverage.search.compared import Compared
from agent.coverage.search.crossing import crossings_of
from agent.coverage.search.found import OriginLead, Retrieved
from agent.coverage.search.legs import Hits
from agent.coverage.search.nearest import Nearest, PassageQuery
from agent.coverage.search.scale import HEARD
from agent.coverage.search.selection import OriginChoice, Window, choose, passages_to_judge
from agent.coverage.search.signs import Signs, signs_of
from agent.coverage.search.standings import standings_of
from agent.coverage.search.wording import principal_claim, sought_of
from agent.dates import months_named
from agent.models import Article, Claim, Document, Gap, Origin, Passage, Searched, Span, Usage
from agent.text.corrections import notes_in
from agent.text.language import primary_language

_WIDENING = 4
_MOST_HITS = 4000
_MOST_PASSAGES = 6
# Passages that share names with the article, and how much these have to tell: a rare name that it repeats.
_MOST_NAMED, _LEAST_NAMED = 192, 0.5
_ALL_DAYS = ((None, None),)
# Live reports may hold hundreds.
_MOST_NOTES = 8


class ArticleSearch:
    """One search for the claims of one article. Blocking."""

    def __init__(self, catalogue: Catalogue, nearest: Nearest, settings: Settings) -> None:
        self._catalogue = catalogue
        self._nearest = nearest
        self._settings = settings

    def run(
        self, article: Article, claims: Sequence[Claim], vectors: Mapping[str, Sequence[float]], usage: Usage
    ) -> Retrieved:
        """`vectors` are those of the claims' `queries`."""
        asked = sought_of(article, claims, vectors)
        signs = signs_of(article, claims, self._nearest.lexical)
        windows = {claim.id: self._window(article, claim) for claim in claims}
        grouping = Grouping(self._catalogue, article)
        found = self._found(asked, windows, grouping, Bearing(self._catalogue, article, windows.values(), grouping))
        own = self._own(found)
        named = self._named(article, windows.values(), signs, grouping)
        found = replace(found, origins={**found.origins, **named.origins}, by_name=named.by_name)
        few = max(len(claims), self._settings.origins_per_claim)
        candidates = candidates_of(found, self._nearest.scale, self._settings.passages_per_claim, few)
        compared = self._compare(candidates.origins.values(), asked, signs)
        standings = standings_of(candidates.witnesses, asked, compared, signs, self._nearest, self._catalogue)
        principal = principal_claim(article, claims, vectors)
        queue = OriginQueue(article, claims, candidates, compared, windows, found.choices, principal, self._settings)
        shared = queue.shared(standings)
        chosen = [
            _with_copies(found.choices[claim.id], shared.by_claim[claim.id], candidates.copies) for claim in claims
        ]
        silenced = [one for one in shared.silenced if not shared.by_claim[one]]
        return Retrieved(
            leads=self._leads(chosen, candidates.origins, asked, compared),
            set_aside=shared.set_aside,
            across=self._nearest.scale.floors.across,
            gaps=self._gaps(windows, chosen, candidates, own) | dict.fromkeys(silenced, Gap.ONLY_SET_ASIDE),
            searched=self._searched(article, found),
            usage=usage,
        )

    def _found(
        self, asked: Mapping[str, PassageQuery], windows: Mapping[str, Window], grouping: Grouping, bearing: Bearing
    ) -> Found:
        """What the claims find, searched ever wider for those that have too few origins."""
        hits: dict[str, Hits] = {}
        usable: dict[str, dict[str, Document]] = {}
        choices: dict[str, OriginChoice] = {}
        origins: dict[str, Origin] = {}
        around = None if bearing.places is None else self._nearest.around(bearing.places)
        limit = self._settings.passages_per_claim
        wanting = list(asked)
        while wanting:
            found = self._nearest.query([asked[claim_id] for claim_id in wanting], limit, bearing.of, around)
            hits |= zip(wanting, found, strict=True)
            origins |= grouping.of({hit.document_id for some in hits.values() for hit in some.hits})
            usable |= self._usable({claim_id: windows[claim_id] for claim_id in wanting}, hits, origins)
            choices |= {claim_id: self._choose(claim_id, hits, usable, origins) for claim_id in wanting}
            short = [one for one in wanting if limit < _MOST_HITS and not self._are_enough(choices[one], origins)]
            cut = self._nearest.are_cut([asked[one] for one in short], [hits[one] for one in short])
            # Copies or other days took the places of origins that a wider search would find.
            wanting = list(compress(short, cut))
            limit *= _WIDENING
        return Found(hits, usable, origins, choices, {})

    def _own(self, found: Found) -> Collection[Document]:
        """The article itself, which is of no origin, and its copies."""
        itself = {hit.document_id for some in found.hits.values() for hit in some.hits} - found.origins.keys()
        copies = {name for name, origin in found.origins.items() if origin.copy_of_article}
        return self._catalogue.get(itself | copies).values()

    def _named(
        self, article: Article, windows: Iterable[Window], signs: Signs, grouping: Grouping
    ) -> "_NamedOrigins":
        """Origins in other languages that share the article's names, and what these tell."""
        spoken, around = primary_language(article.language), set(windows)
        stored = self._catalogue.counts.languages_between(None, None)
        if not any(is_crossing(spoken, primary_language(language)) for language in stored):
            return _NamedOrigins({}, {})
        keys = self._nearest.lexical.holding(signs.telling, _MOST_NAMED)
        terms = self._nearest.lexical.terms_of(keys, signs.names)
        fields: dict[str, float] = {}
        for key, places in self._catalogue.with_keys(keys).items():
            for place in places:
                fields[place.document_id] = max(signs.of_event(terms[key]), fields.get(place.document_id, 0.0))
        documents = self._catalogue.get(fields)
        abroad = {
            one.id
            for one in documents.values()
            if is_crossing(spoken, primary_language(one.language))
            and any(window.holds(one.published_at) for window in around)
        }
        origins = {i: origin for i, origin in grouping.of(abroad).items() if origin.witness.id == i}
        by_name = {
            origin.id: fields[i]
            for i, origin in origins.items()
            if not origin.copy_of_article and fields[i] >= _LEAST_NAMED
        }
        return _NamedOrigins(origins, by_name)

    def _usable(
        self, windows: Mapping[str, Window], hits: Mapping[str, Hits], origins: Mapping[str, Origin]
    ) -> dict[str, dict[str, Document]]:
        """For each claim, by its id, the witnesses around its event, and what copies the article.

        Of other copies nothing counts, neither words nor dates: they may neither bring a report in nor lift it up.
        """
        others = {
            document.id: document
            for origin in origins.values()
            for document in (origin.documents if origin.copy_of_article else (origin.witness,))
        }
        inside = {
            window: {name: one for name, one in others.items() if window.holds(one.published_at)}
            for window in set(windows.values())
        }
        around = {name: inside[window] for name, window in windows.items()}
        return {
            name: {hit.document_id: some[hit.document_id] for hit in hits[name].hits if hit.document_id in some}
            for name, some in around.items()
        }

    def _window(self, article: Article, claim: Claim) -> Window:
        """An event of long ago is told of in its own days and again in the article's, and a month that a claim names
        is one that it speaks of."""
        if article.published_at is None:
            return Window()
        months = months_named(claim.quote, article.language, article.published_at.date())
        moments = (article.published_at, claim.event_date, claim.event_end, *(day for days in months for day in days))
        return Window.around(moments, self._settings.window_days)

    def _choose(
        self,
        claim_id: str,
        hits: Mapping[str, Hits],
        usable: Mapping[str, Mapping[str, Document]],
        origins: Mapping[str, Origin],
    ) -> OriginChoice:
        most = self._settings.origins_per_claim
        return choose(claim_id, hits[claim_id].hits, usable[claim_id], origins, self._nearest.scale, most)

    def _are_enough(self, choice: OriginChoice, origins: Mapping[str, Origin]) -> bool:
        own = next((origin.id for origin in origins.values() if origin.copy_of_article), None)
        return len(choice.scores.keys() - {own}) >= self._settings.origins_per_claim

    def _compare(self, origins: Iterable[Origin], asked: Mapping[str, PassageQuery], signs: Signs) -> Compared:
        witnesses = {origin.witness.id: origin.witness for origin in origins}
        places = self._nearest.places(witnesses)
        languages = {one.id: primary_language(one.language) for one in witnesses.values()}
        passages = [place for some in places.values() for place in some]
        return Compared(places, self._nearest.compare(asked, passages, languages, signs.terms))

    def _gaps(
        self,
        windows: Mapping[str, Window],
        chosen: Iterable[OriginChoice],
        candidates: Candidates,
        own: Collection[Document],
    ) -> dict[str, Gap]:
        """Why a claim is put to nobody; `windows` are those of the claims. `own` documents are the article itself,
        or copies of it."""
        alone = {choice.claim_id for choice in chosen if choice.scores.keys() <= candidates.copies}
        left = {claim_id: window for claim_id, window in windows.items() if claim_id in alone}
        others = {window: self._holds_others(window, own) for window in set(left.values())}
        return {name: Gap.BELOW_THRESHOLD if others[window] else Gap.NOT_FOUND for name, window in left.items()}

    def _holds_others(self, window: Window, own: Collection[Document]) -> bool:
        """Whether there is more in a window than the article and its copies."""
        for first, last in window.days or _ALL_DAYS:
            stretch = Window(((first, last),) if first and last else ())
            inside = sum(stretch.holds(one.published_at) for one in own)
            if sum(self._catalogue.counts.languages_between(first, last).values()) > inside:
                return True
        return False

    def _leads(
        self,
        choices: Iterable[OriginChoice],
        origins: Mapping[str, Origin],
        asked: dict[str, PassageQuery],
        compared: Compared,
    ) -> tuple[OriginLead, ...]:
        claims: dict[str, list[str]] = defaultdict(list)
        for choice in choices:
            for name in choice.scores:
                claims[name].append(choice.claim_id)
        leads = []
        for name, claim_ids in claims.items():
            witness = origins[name].witness
            # A claim may have found a copy's passage: what is heard is the witness's own nearest one.
            places = compared.places_of(witness)
            rows = [[compared.near[place.key][claim_id] for place in places] for claim_id in claim_ids]
            heard = [places[number].span for number in passages_to_judge(rows, HEARD, _MOST_PASSAGES)]
            passages = tuple(Passage.of(witness, span) for span in _with_corrections(witness, heard))
            lead = OriginLead(origin=origins[name], passages=passages, claim_ids=tuple(claim_ids))
            crossing = crossings_of(lead, asked, compared, self._nearest.scale, self._nearest.traits)
            leads.append(lead.model_copy(update={"crossing": crossing}))
        return tuple(leads)

    def _searched(self, article: Article, found: Found) -> Searched:
        (window,) = Window.around((article.published_at,), self._settings.window_days).days or _ALL_DAYS
        languages = self._catalogue.counts.languages_between(*window)
        left = uncomparable(languages, article.language, self._nearest.traits)
        near = {
            (hit.document_id, hit.place.number)
            for claim_id, some in found.hits.items()
            for hit in some.hits
            if hit.document_id in found.usable[claim_id] and hit.is_near_enough(self._nearest.scale)
        }
        return Searched(
            documents=sum(self._catalogue.counts.languages_between(None, None).values()),
            in_window=sum(languages.values()),
            passages=len(near),
            other_languages=sum(left.values()),
            uncompared=left,
        )


@dataclass(frozen=True, slots=True)
class _NamedOrigins:
    """Origins by their documents, and by their own names what the names tell that they share with the article."""

    origins: Mapping[str, Origin]
    by_name: Mapping[str, float]


def _with_copies(choice: OriginChoice, asked: Mapping[str, float], copies: Collection[str]) -> OriginChoice:
    """The origins that a claim is put to, and the copies of the article that it found."""
    found = {name: score for name, score in choice.scores.items() if name in copies}
    return OriginChoice(choice.claim_id, {**asked, **found})


def _with_corrections(witness: Document, heard: Sequence[Span]) -> list[Span]:
    """What is heard of a witness, and what it takes back: a correction goes with whatever it may correct."""
    notes = [note.span for note in notes_in(witness.text)[-_MOST_NOTES:]]
    value = [note for note in notes if not any(one.start <= note.start and note.end <= one.end for one in heard)]
    return sorted((*heard, *value), key=lambda span: span.start)
