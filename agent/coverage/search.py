"""One search for the claims of one article: from vectors to the witnesses that are heard."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from agent.config import Settings
from agent.corrections import notes_in
from agent.coverage.catalogue import Catalogue
from agent.coverage.compared import Compared
from agent.coverage.embed import uncomparable
from agent.coverage.found import Lead, Retrieved
from agent.coverage.hearings import Choice, Window, choose, heard_passages, share_out
from agent.coverage.nearest import HEARD, Hit, Hits, Nearest, Sought
from agent.coverage.origins.grouping import Grouping
from agent.coverage.prominence import Seen, prominence
from agent.coverage.wording import same_wordings, sought_of
from agent.language import primary_language
from agent.models import Article, Claim, Document, Gap, Origin, Passage, Searched, Span, Usage
from agent.notices import gives_orders

_WIDENING = 4
_MOST_HITS = 4000
_MOST_PASSAGES = 6
# A claim rides along with those that found an origin when it comes half as near as one that is heard for itself.
_RIDES_ALONG = 0.5
# An origin that is asked about fewer claims is hardly worth comparing with all of them.
_FEWEST_CLAIMS_EACH = 3
# Of a few origins, so many that a claim finds near enough are asked about it before any is asked about more.
_FIRST_OF_FEW = 4
_ALL_DAYS = ((None, None),)
# Live reports may hold hundreds.
_MOST_NOTES = 8


class Search:
    """One search for the claims of one article. Blocking."""

    def __init__(self, catalogue: Catalogue, nearest: Nearest, settings: Settings) -> None:
        self._catalogue = catalogue
        self._nearest = nearest
        self._settings = settings

    def run(
        self, article: Article, claims: Sequence[Claim], vectors: Mapping[str, Sequence[float]], usage: Usage
    ) -> Retrieved:
        """`vectors` are those of the claims' `queries`."""
        hits: dict[str, Hits] = {}
        choices: dict[str, Choice] = {}
        origins: dict[str, Origin] = {}
        asked = sought_of(article, claims, vectors)
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
        itself = {hit.document_id for some in hits.values() for hit in some.hits} - origins.keys()
        copies = {name for name, origin in origins.items() if origin.copy_of_article}
        own = self._catalogue.get(itself | copies).values()
        candidates = self._candidates(choices.values(), hits, usable, origins)
        compared = self._compare(candidates.origins.values(), asked)
        chosen = self._share_out(article, claims, choices, candidates, compared)
        return Retrieved(
            leads=self._leads(chosen, candidates.origins, compared),
            set_aside=candidates.set_aside,
            gaps=self._gaps(article, claims, chosen, candidates.origins, own),
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
            window = self._window(article, claim)
            usable[claim.id] = {
                hit.document_id: others[hit.document_id]
                for hit in hits[claim.id].hits
                if hit.document_id in others and window.holds(others[hit.document_id].published_at)
            }
        return usable

    def _window(self, article: Article, claim: Claim) -> Window:
        """An event of long ago is told of in its own days and again in the article's."""
        if article.published_at is None:
            return Window()
        moments = (article.published_at, claim.event_date, claim.event_end)
        return Window.around(moments, self._settings.window_days)

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

    def _candidates(
        self,
        choices: Iterable[Choice],
        hits: Mapping[str, Hits],
        usable: Mapping[str, Mapping[str, Document]],
        origins: Mapping[str, Origin],
    ) -> "_Candidates":
        """The most prominent of the origins that were chosen, without those that give orders, and with the copies of
        the article."""
        by_id = {origin.id: origin for origin in origins.values()}
        chosen = {name: by_id[name] for choice in choices for name in choice.scores}
        seen = [list(_seen(some.hits, usable[claim_id], origins)) for claim_id, some in hits.items()]
        heights = prominence(seen, self._nearest.scale, self._settings.passages_per_claim)
        few = max(len(hits), self._settings.origins_per_claim)
        unbarred: set[str] = set()
        are_few = len(heights) <= few
        if are_few:
            # Nothing stands out of a few: what floor keeps noise out of many keeps out of these what matters.
            heights = dict.fromkeys(heights, 1.0)
            unbarred = {one.origin for some in seen for one in some if one.crossing}
            chosen |= {name: by_id[name] for name in unbarred}
        most = few + self._budget(len(hits)) // _FEWEST_CLAIMS_EACH
        kept = {name: one for name, one in chosen.items() if one.copy_of_article}
        set_aside: list[Document] = []
        ranked = sorted((name for name in chosen if name not in kept), key=lambda name: (-heights[name], name))
        for name in ranked[: 2 * most]:
            if gives_orders(chosen[name].witness):
                set_aside.append(chosen[name].witness)
            elif most:
                kept[name] = chosen[name]
                most -= 1
        return _Candidates(kept, heights, unbarred, are_few, tuple(set_aside))

    def _budget(self, claims: int) -> int:
        return claims * self._settings.origins_per_claim

    def _compare(self, origins: Iterable[Origin], asked: Mapping[str, Sought]) -> Compared:
        witnesses = {origin.witness.id: origin.witness for origin in origins}
        places = self._nearest.places(witnesses)
        languages = {one.id: primary_language(one.language) for one in witnesses.values()}
        passages = [place for some in places.values() for place in some]
        return Compared(places, self._nearest.compare(asked, passages, languages))

    def _share_out(
        self,
        article: Article,
        claims: Sequence[Claim],
        choices: Mapping[str, Choice],
        candidates: "_Candidates",
        compared: Compared,
    ) -> list[Choice]:
        """For each claim the origins that it is put to, and the copies of the article that it found."""
        windows = {claim.id: self._window(article, claim) for claim in claims}
        nearness = {
            name: compared.of(origin.witness)
            for name, origin in candidates.origins.items()
            if not origin.copy_of_article
        }
        open_to = {
            name: self._open_to(candidates, candidates.origins[name], near, windows)
            for name, near in nearness.items()
        }
        first = {
            claim_id: [name for name in choice.scores if claim_id in open_to.get(name, ())][:_FIRST_OF_FEW]
            for claim_id, choice in choices.items()
            if candidates.are_few
        }
        budget = self._budget(len(claims))
        asked = share_out(candidates.prominence, nearness, open_to, same_wordings(claims), first, budget)
        copies = {name for name, origin in candidates.origins.items() if origin.copy_of_article}
        return [
            Choice(
                claim.id,
                {name: candidates.prominence[name] for name, mine in asked.items() if claim.id in mine}
                | {name: score for name, score in choices[claim.id].scores.items() if name in copies},
            )
            for claim in claims
        ]

    def _open_to(
        self, candidates: "_Candidates", origin: Origin, near: Mapping[str, float], windows: Mapping[str, Window]
    ) -> list[str]:
        """The claims that may be put to an origin: those that it is near to, and as many as a call has room for of
        those that it is half as near to."""
        inside = [claim_id for claim_id in near if windows[claim_id].holds(origin.witness.published_at)]
        ranked = sorted(inside, key=lambda claim_id: -near[claim_id])
        return [
            claim_id
            for place, claim_id in enumerate(ranked)
            if near[claim_id] >= HEARD
            or (
                place < self._settings.claims_per_call
                and (near[claim_id] >= _RIDES_ALONG or origin.id in candidates.unbarred)
            )
        ]

    def _gaps(
        self,
        article: Article,
        claims: Sequence[Claim],
        chosen: Iterable[Choice],
        origins: Mapping[str, Origin],
        own: Collection[Document],
    ) -> dict[str, Gap]:
        """Why a claim is put to nobody. `own` documents are the article itself, or copies of it."""
        copies = {name for name, origin in origins.items() if origin.copy_of_article}
        alone = {choice.claim_id for choice in chosen if choice.scores.keys() <= copies}
        windows = {claim.id: self._window(article, claim) for claim in claims if claim.id in alone}
        others = {window: self._holds_others(window, own) for window in set(windows.values())}
        return {name: Gap.BELOW_THRESHOLD if others[window] else Gap.NOT_FOUND for name, window in windows.items()}

    def _holds_others(self, window: Window, own: Collection[Document]) -> bool:
        """Whether there is more in a window than the article and its copies."""
        for first, last in window.days or _ALL_DAYS:
            stretch = Window(((first, last),) if first and last else ())
            inside = sum(stretch.holds(one.published_at) for one in own)
            if sum(self._catalogue.languages_between(first, last).values()) > inside:
                return True
        return False

    def _leads(
        self, choices: Iterable[Choice], origins: Mapping[str, Origin], compared: Compared
    ) -> tuple[Lead, ...]:
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
            heard = [places[number].span for number in heard_passages(rows, HEARD, _MOST_PASSAGES)]
            passages = tuple(Passage.of(witness, span) for span in _with_corrections(witness, heard))
            leads.append(Lead(origin=origins[name], passages=passages, claim_ids=tuple(claim_ids)))
        return tuple(leads)

    def _searched(
        self,
        article: Article,
        usable: Mapping[str, Mapping[str, Document]],
        hits: Mapping[str, Hits],
    ) -> Searched:
        (window,) = Window.around((article.published_at,), self._settings.window_days).days or _ALL_DAYS
        languages = self._catalogue.languages_between(*window)
        left = uncomparable(languages, article.language, self._nearest.traits)
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
            other_languages=sum(left.values()),
            uncompared=left,
        )


@dataclass(frozen=True, slots=True)
class _Candidates:
    """The origins that may be heard, and how prominent each is; those in `unbarred` on any claim. Nothing stands out
    where they `are_few`."""

    origins: Mapping[str, Origin]
    prominence: Mapping[str, float]
    unbarred: Collection[str]
    are_few: bool
    set_aside: tuple[Document, ...]


def _seen(hits: Iterable[Hit], usable: Mapping[str, Document], origins: Mapping[str, Origin]) -> Iterator[Seen]:
    for hit in hits:
        document = usable.get(hit.document_id)
        if document is not None and not origins[document.id].copy_of_article:
            language = primary_language(document.language)
            yield Seen(origins[document.id].id, language, hit.crossing, hit.comparable, hit.share)


def _with_corrections(witness: Document, heard: Sequence[Span]) -> list[Span]:
    """What is heard of a witness, and what it takes back: a correction goes with whatever it may correct."""
    notes = [note.span for note in notes_in(witness.text)[-_MOST_NOTES:]]
    told = [note for note in notes if not any(one.start <= note.start and note.end <= one.end for one in heard)]
    return sorted((*heard, *told), key=lambda span: span.start)
