"""The coverage store as the rest of the program sees it."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from itertools import islice
from pathlib import Path

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types

from agent.config import Settings
from agent.coverage.embedding.embed import (
    EmbeddedTexts,
    Embedder,
    Floors,
    Purpose,
    Traits,
    Unlimited,
    describe_languages,
    uncomparable,
)
from agent.coverage.index.catalogue import Catalogue
from agent.coverage.index.chroma import IndexLocation
from agent.coverage.index.database import open_database
from agent.coverage.index.entries import Arrived
from agent.coverage.index.filling import FillOutcome, IndexFiller, Progress, silent
from agent.coverage.index.lexical import Lexical
from agent.coverage.index.lock import hold
from agent.coverage.index.reviewed import StoredReview, reviews_from
from agent.coverage.index.rows import WholeRows
from agent.coverage.index.short import ShortRows
from agent.coverage.index.store import Index
from agent.coverage.inventory import Inventory
from agent.coverage.origins.word_patterns import load_word_patterns
from agent.coverage.search.found import Retrieved, ReviewLead, SearchHit, Stats
from agent.coverage.search.hits import nearest_hits
from agent.coverage.search.later import ArticleQuery, later_reviews, search_later
from agent.coverage.search.nearest import Nearest, PassageQuery
from agent.coverage.search.remembered import RememberedCatalogue
from agent.coverage.search.reviewed import ReviewSearch
from agent.coverage.search.scale import Scale
from agent.coverage.search.search import ArticleSearch
from agent.coverage.search.wording import queries, worded
from agent.coverage.web.followed import Follows
from agent.errors import ConfigurationError, StoreError
from agent.models import Article, Budget, Claim, Document, Gap, PublishedReview
from agent.text.injection import gives_orders
from agent.text.language import detect_language, primary_language


class Coverage(Inventory):
    """The coverage store; open it with `open_coverage`. Every method raises `StoreError` where the store fails."""

    def __init__(
        self,
        settings: Settings,
        embedder: Embedder,
        catalogue: Catalogue,
        lexical: Lexical,
        index: Index,
        place: IndexLocation,
    ) -> None:
        super().__init__(catalogue)
        self._settings = settings
        self._embedder = embedder
        self._lexical = lexical
        self._index = index
        self._place = place
        self._filling = IndexFiller(catalogue, lexical, index, embedder)
        self._beside: dict[str, Index] = {}

    @property
    def embedder(self) -> str:
        """The id of the embedder that the vectors were made with."""
        return self._embedder.id

    @property
    def name(self) -> str:
        """A name that no other store has, in whatever folder it stands."""
        return str(self._catalogue.fact("name"))

    @property
    def traits(self) -> Traits:
        """How the cosines of the embedder are to be read, and which languages it compares."""
        return self._embedder.traits

    @property
    def floors(self) -> Floors:
        """The cosines under which a passage is not judged, unless it shares enough words with the claim."""
        least = self._settings.min_similarity
        return self._filling.floors if least is None else Floors(within=least, across=least)

    def uncompared(self, language: str) -> dict[str, int]:
        """How many documents are in languages that the embedder cannot compare with this one, by language."""
        return uncomparable(self._catalogue.counts.languages_between(None, None), language, self.traits)

    def left_unsearched(self, language: str) -> int:
        """How many documents are in languages that the embedder cannot compare with this one, all together."""
        return sum(self.uncompared(language).values())

    def check(self) -> None:
        self._filling.check()

    def beside(self, name: str) -> Index:
        """An index of something else than passages, in a folder of its own. It is open for as long as the store
        is."""
        place = IndexLocation(self._settings.data_dir / name, self._settings.chroma_url)
        return self._beside.setdefault(name, Index(place))

    def close(self) -> None:
        for index in (self._index, *self._beside.values()):
            index.close()

    async def add(
        self, documents: Sequence[Document], progress: Progress = silent, *, standing: bool = False
    ) -> FillOutcome:
        """See `IndexFiller.add`."""
        return await self._filling.add(documents, progress, standing=standing)

    async def remove(self, ids: Sequence[str]) -> list[str]:
        """Deletes documents and returns the ids of those that existed."""
        return await self._filling.remove(ids)

    async def withdraw(self, ids: Sequence[str], reason: str) -> list[str]:
        """See `IndexFiller.withdraw`."""
        return await self._filling.withdraw(ids, reason)

    async def restore(self, ids: Sequence[str]) -> list[str]:
        """See `IndexFiller.restore`."""
        return await self._filling.restore(ids)

    async def reindex(self, progress: Progress = silent) -> None:
        """See `IndexFiller.reindex`."""
        await self._filling.reindex(progress)

    async def follows(self) -> bool:
        """Whether feeds or sitemaps are followed."""
        return bool(await asyncio.to_thread(Follows(self._catalogue.database).all))

    async def arrived_since(self, seq: int, limit: int = 1000) -> list[Arrived]:
        """The documents that were added after the one with this number and are indexed, in the order of their
        adding."""
        await self._filling.settle()
        return await asyncio.to_thread(self._catalogue.arrived_since, seq, limit)

    async def embed(self, texts: Sequence[str], budget: Budget, purpose: Purpose = Purpose.QUERY) -> EmbeddedTexts:
        """The vectors of some texts, for a search. Raises `AnalystError`."""
        return await self._embedder.embed(texts, purpose=purpose, budget=budget)

    def stats(self) -> Stats:
        return Stats(
            documents=self._catalogue.counts.documents(),
            pending=self._filling.waiting,
            passages=self._catalogue.counts.passages(),
            embedder=self._catalogue.fact("embedder") or self.embedder,
            languages=describe_languages(self.traits),
            floors=self.floors,
            index=str(self._place),
        )

    def warm(self) -> None:
        """Loads the index, the embedder and patterns of words, so that the first search does not have to wait.
        Blocking: call it on a thread beside other work. A failure is left to the search."""
        if not self._filling.is_empty:
            with suppress(StoreError, ConfigurationError):
                self._index.warm()
                self._embedder.warm()
            load_word_patterns()

    def load_embedder(self) -> None:
        """Loads the embedder. Raises `ConfigurationError` where it cannot be used on this machine. Blocking."""
        self._embedder.warm()

    async def reach(self) -> None:
        """Raises `StoreError` when the server that the index is on does not answer."""
        await asyncio.to_thread(self._index.reach)

    async def search(self, article: Article, claims: Sequence[Claim], budget: Budget) -> Retrieved:
        """What the store holds for each claim: origins with the passages of their witnesses, or why there are none.
        Makes one embedding call for all claims; raises `AnalystError` where that fails."""
        if not claims or self._filling.is_empty:
            return Retrieved(gaps={claim.id: Gap.NOT_FOUND for claim in claims})
        await self._settle()
        texts = queries(article, claims)
        vectors = await self.embed(texts, budget)
        self._filling.check_dimension(vectors.rows)
        search = ArticleSearch(RememberedCatalogue(self._catalogue), self._nearest(), self._settings)
        rows = dict(zip(texts, vectors.rows, strict=True))
        found = await asyncio.to_thread(self._at_once, search.run, article, claims, rows, vectors.usage)
        checked = await asyncio.to_thread(self._at_once, self._reviews().nearest, worded(article, claims, rows))
        aside = {one.id: one for one in (*found.set_aside, *checked.set_aside)}
        return found.model_copy(update={"reviews": checked.leads, "set_aside": tuple(aside.values())})

    async def _settle(self) -> None:
        """Before a search: another process may have made the index anew, with another embedder."""
        await asyncio.to_thread(self.check)
        await self._filling.settle()

    async def search_later(self, asked: Sequence[ArticleQuery]) -> list[Retrieved]:
        """For each of some earlier articles what a search of a run would find, as far as it is wanted."""
        if self._filling.is_empty:
            return [Retrieved(gaps=dict.fromkeys(one.touched, Gap.NOT_FOUND)) for one in asked]
        await self._settle()
        self._filling.check_dimension([row for one in asked for row in one.vectors.values()])
        return await asyncio.to_thread(self._at_once, self._later, asked)

    def _later(self, asked: Sequence[ArticleQuery]) -> list[Retrieved]:
        found = search_later(asked, RememberedCatalogue(self._catalogue), self._nearest(), self._settings)
        reviews = self._reviews()
        return [
            one.model_copy(update={"reviews": later_reviews(query, reviews)})
            for query, one in zip(asked, found, strict=True)
        ]

    async def query(self, text: str, limit: int, *, by_origin: bool = False) -> tuple[SearchHit, ...]:
        """The passages that are nearest to a text, the best first, whatever their date and similarity. The best
        passage of each document, or of each origin, comes before the second one of any."""
        if self._filling.is_empty:
            return ()
        await self._settle()
        vectors = await self.embed([text], Unlimited())
        self._filling.check_dimension(vectors.rows)
        sought = PassageQuery(text, vectors.rows[0], primary_language(detect_language(text)))
        return await asyncio.to_thread(self._at_once, self._hits, sought, limit, by_origin)

    def _hits(self, sought: PassageQuery, limit: int, by_origin: bool) -> tuple[SearchHit, ...]:
        return nearest_hits(self._catalogue, self._nearest(), sought, limit, by_origin=by_origin)

    async def reviewed(self, text: str, limit: int) -> tuple[ReviewLead, ...]:
        """The published fact-checks of claims that are nearest to a text, the best first, and none under the
        floor."""
        if self._filling.is_empty:
            return ()
        await self._settle()
        vectors = await self.embed([text], Unlimited())
        self._filling.check_dimension(vectors.rows)
        sought = {"": PassageQuery(text, vectors.rows[0], primary_language(detect_language(text)))}
        found = await asyncio.to_thread(self._at_once, self._reviews().nearest, sought, limit)
        return found.leads[:limit]

    async def reviews_from(
        self, site: str, is_wanted: Callable[[PublishedReview], bool], limit: int
    ) -> tuple[PublishedReview, ...]:
        """The latest fact-checks of the publisher at a host, as many as are wanted."""
        return await asyncio.to_thread(self._at_once, self._from, site, is_wanted, limit)

    def _from(
        self, site: str, is_wanted: Callable[[PublishedReview], bool], limit: int
    ) -> tuple[PublishedReview, ...]:
        known = reviews_from(self._catalogue.database, site)
        return tuple(islice((one.review for one in known if _is_shown(one) and is_wanted(one.review)), limit))

    def _reviews(self) -> ReviewSearch:
        scale = Scale(self.floors, self.traits.rank_weight)
        return ReviewSearch(self._catalogue, self._index, self._filling.space, scale, self.traits)

    def _nearest(self) -> Nearest:
        scale = Scale(self.floors, self.traits.rank_weight)
        return Nearest(self._catalogue, self._lexical, self._index, self._filling.space, scale, self.traits)


def _is_shown(one: StoredReview) -> bool:
    return not gives_orders(one.document)


@contextmanager
def open_coverage(settings: Settings, embedder: Embedder, *, any_embedder: bool = False) -> Iterator[Coverage]:
    """Opens the coverage store of the data folder for this process alone, and makes it where there is none.

    Raises `StoreBusy` where another process has it open, `EmbedderMismatch` where another embedder filled it (unless
    `any_embedder`, to look at it or to index it anew), and `StoreError` where it cannot be used.
    """
    folder = settings.data_dir
    _make(folder)
    place = IndexLocation(folder / "chroma", settings.chroma_url)
    with (
        # Its products are small: more threads wait for each other longer than they work.
        threadpool_limits(limits=1, user_api="blas"),
        hold(folder, place.folder) if place.url is None else nullcontext(),
        open_database(settings) as database,
    ):
        index = Index(place, ShortRows.of(WholeRows(database), embedder.traits))
        coverage = Coverage(settings, embedder, Catalogue(database), Lexical(database), index, place)
        try:
            if not any_embedder:
                coverage.check()
            yield coverage
        finally:
            coverage.close()


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as err:
        raise StoreError(
            f"cannot make the data folder {str(folder)!r}: {err}. ISNAD_DATA_DIR names another."
        ) from err
