"""Coverage in another language is shown beside a claim and says nothing in its label: real store, real embedder."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import pytest

from agent.analyst.lexical import LexicalAnalyst
from agent.app import open_store
from agent.config import Settings
from agent.coverage.archive import Coverage
from agent.coverage.search.found import Retrieved
from agent.models import Article, Budget, Claim, CloseCoverage, Document, Gap, Report
from agent.verify.runs import open_runs
from agent.verify.verifier import Parts, Verifier

DAY = datetime(2025, 3, 11, 18, tzinfo=UTC)
ARTICLE = Article(
    text=(
        "قالت بلدية فرازرود إن حريقاً اندلع مساء الثلاثاء في مصنع بلاستيران للبلاستيك وأسفر عن مقتل 17 عاملاً.\n\n"
        "وأضافت بلدية فرازرود أن رجال الإطفاء احتاجوا إلى 9 ساعات لإخماد الحريق."
    ),
    title="مقتل 17 عاملاً في حريق مصنع بلاستيران في فرازرود",
    outlet="Harbour Post",
    published_at=DAY,
    language="ar",
)


def _english(text: str, outlet: str) -> Document:
    return Document.of(text, outlet=outlet, published_at=DAY, language="en")


SAME = _english(
    "A fire broke out on Tuesday evening at the Plastiran plastics factory in Farazrud and killed 17 workers, the "
    "municipality of Farazrud said. Firefighters needed nine hours to put it out.",
    "Quay Gazette",
)
OTHER_NUMBER = _english(
    "The death toll of the blaze in a factory of Plastiran, which makes plastics in Farazrud, has risen to 71 "
    "workers. Its halls burned down on Tuesday night.",
    "Dock Voice",
)
OTHER_EVENTS = (
    _english(
        "The city of Farazrud will open two libraries for children this summer, the gardens department of Farazrud "
        "said. Readers may borrow up to 17 books.",
        "Press Window",
    ),
    _english("A bakery burned down in Farazrud on Tuesday night. Nobody was hurt, firefighters said.", "Bay Times"),
    _english("A bus accident near Farazrud killed 8 people on Tuesday evening, police said.", "Pier Radio"),
)
TRANSLATED = _english(
    "Flames at Plastiran in Farazrud cost the lives of 17 workers of the plastics factory, Harbour Post reported.",
    "Echo Sheet",
)
STORED = (SAME, OTHER_NUMBER, *OTHER_EVENTS, TRANSLATED)


@dataclass(frozen=True)
class WithoutCrossing:
    """A store that does not tell what it has in other languages."""

    inner: Coverage

    def warm(self) -> None: ...

    async def search(self, article: Article, claims: tuple[Claim, ...], budget: Budget) -> Retrieved:
        found = await self.inner.search(article, claims, budget)
        assert any(lead.crossing for lead in found.leads)
        leads = tuple(lead.model_copy(update={"crossing": ()}) for lead in found.leads)
        return found.model_copy(update={"leads": leads})


class KnownAs(LexicalAnalyst):
    """The built-in analyst under the card of any kind."""

    def __init__(self, kind: Literal["model", "lexical"], *, embedder: str) -> None:
        super().__init__(embedder=embedder)
        self._card = self._card.model_copy(update={"kind": kind})


async def _verified(
    settings: Settings,
    *stored: Document,
    told: bool = True,
    kind: Literal["model", "lexical"] = "lexical",
    article: Article = ARTICLE,
) -> Report:
    async with open_store(settings) as store, open_runs(settings) as runs:
        await store.add(stored)
        coverage = store if told else WithoutCrossing(store)
        return await Verifier(Parts(KnownAs(kind, embedder=store.embedder), coverage, runs), settings).verify(article)


def _close(report: Report, words: str) -> dict[str | None, CloseCoverage]:
    """By outlet, at the claim that has these words."""
    (finding,) = [one for one in report.claims if words in one.quote]
    return {one.passage.outlet: one for one in finding.close}


@pytest.fixture
async def report(settings: Settings) -> Report:
    return await _verified(settings, *STORED)


async def test_a_report_of_the_same_event_is_shown_with_what_agrees(report: Report) -> None:
    close = _close(report, "17")["Quay Gazette"]
    assert close.passage.text == SAME.text[close.passage.start : close.passage.end]
    assert (close.passage.language, close.numbers, close.numbers_differ) == ("en", ("17",), ())
    assert set(close.names) >= {"Farazrud", "Plastiran"}
    assert 0.3 < close.similarity <= 1


async def test_another_number_is_said_to_differ(report: Report) -> None:
    close = _close(report, "17")["Dock Voice"]
    assert (close.numbers, close.numbers_differ) == ((), ("17",))


async def test_other_events_in_the_same_town_and_what_credits_the_outlet_are_not_shown(report: Report) -> None:
    shown = {one.passage.outlet for finding in report.claims for one in finding.close}
    assert shown == {"Quay Gazette", "Dock Voice"}


async def test_an_hour_written_in_words_is_the_same_number(report: Report) -> None:
    assert _close(report, "9 ")["Quay Gazette"].numbers == ("9",)


@pytest.mark.parametrize("told", ["1,312 workers", "1 312 workers", "1.312 workers"])
async def test_thousands_are_one_number_however_they_are_grouped(settings: Settings, told: str) -> None:
    article = ARTICLE.model_copy(update={"text": ARTICLE.text.replace("17 عاملاً", "1312 عاملاً")})
    stored = _english(SAME.text.replace("17 workers", told.replace(" ", "\u00a0", 1)), "Quay Gazette")
    report = await _verified(settings, stored, article=article)
    close = _close(report, "1312")["Quay Gazette"]
    assert (close.numbers, close.numbers_differ) == (("1312",), ())


async def test_labels_and_counts_are_the_same_with_it_and_without(settings: Settings, report: Report) -> None:
    without = await _verified(settings, told=False)
    assert any(finding.close for finding in report.claims)
    assert not any(finding.close for finding in without.claims)
    said = {one.explanation for one in report.claims} - {one.explanation for one in without.claims}
    assert len(said) == len({one.explanation for one in report.claims})
    same = ("claims", "counts", "origins", "searched", "dropped", "notices", "unread")
    bare = report.model_copy(
        update={
            "claims": tuple(
                beside.model_copy(update={"close": (), "explanation": alone.explanation})
                for beside, alone in zip(report.claims, without.claims, strict=True)
            )
        }
    )
    assert {name: getattr(bare, name) for name in same} == {name: getattr(without, name) for name in same}


async def test_a_model_reads_across_languages_itself(settings: Settings) -> None:
    report = await _verified(settings, *STORED, kind="model")
    assert [finding.close for finding in report.claims] == [()] * len(report.claims)
    assert {finding.unsourced_because for finding in report.claims} == {Gap.NOT_MENTIONED}


async def test_what_was_put_to_other_languages_alone_is_not_said_to_have_been_compared(
    settings: Settings, report: Report
) -> None:
    assert {finding.unsourced_because for finding in report.claims} == {Gap.OTHER_LANGUAGE}
    own = Document.of(
        "احترق مصنع بلاستيران للبلاستيك في فرازرود.", outlet="Cove Daily", published_at=DAY, language="ar"
    )
    beside = await _verified(settings, own)
    assert Gap.NOT_MENTIONED in {finding.unsourced_because for finding in beside.claims}


async def test_of_many_origins_the_nearest_three_are_shown(settings: Settings) -> None:
    texts = {
        "Quay Gazette": SAME.text,
        "Dock Voice": OTHER_NUMBER.text,
        "Mole Mail": "At least 17 workers died when a Plastiran factory burned in Farazrud, its municipality says.",
        "Bay Times": "Farazrud mourns: 17 workers did not come home from the Plastiran plastics factory.",
        "Pier Radio": "Plastiran fire: 17 workers dead. Our reporter in Farazrud counted them at its gate.",
    }
    report = await _verified(settings, *(_english(text, outlet) for outlet, text in texts.items()))
    for finding in report.claims:
        near = [one.similarity for one in finding.close]
        assert near == sorted(near, reverse=True)
        assert len({one.origin for one in finding.close}) == len(near)
    assert max(len(finding.close) for finding in report.claims) == 3
