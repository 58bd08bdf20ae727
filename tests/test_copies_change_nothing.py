"""However often a report is told again, no label changes and no origin is counted twice."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from agent.config import Settings
from agent.coverage.archive import open_coverage
from agent.coverage.embedding.hashed import HashedEmbedder
from agent.models import Article, Claim, Document, Finding, Judgement, Label, Report, Stance, Witness
from agent.verify.runs import open_runs
from agent.verify.verifier import Parts, Verifier
from tests.coverage.stories import stories
from tests.support.scripted import ScriptedAnalyst, draft, says, unrelated

NOON = datetime(2016, 3, 15, 12, tzinfo=UTC)
QUAY = "The second quay will open again this week"
COSTS = "The repairs cost forty million"
DIVERS = "Divers found no damage under water"
CRANES = "The cranes were tested twice"
ARTICLE = Article(
    text=f"{QUAY}. {COSTS}. {DIVERS}. {CRANES}. {stories(1)[0]}.",
    outlet="The Gazette",
    url="https://gazette.example/quay",
    published_at=NOON,
    language="en",
)


def _report(number: int, says_so: str, hours: float, outlet: str | None, author: str | None = None) -> Document:
    words = stories(40)[number].split()
    text = f"{' '.join(words[:60])}. {says_so}. {' '.join(words[60:])}."
    return Document.of(text, outlet=outlet, author=author, published_at=NOON + timedelta(hours=hours), language="en")


# A report of the article's own outlet, of another, of an agency in two outlets, a denial, one from before the window,
# one that has it from the article's outlet, a reprint of the article, and noise.
STORED = [
    _report(1, QUAY, -3, "The Ledger"),
    _report(2, f"{QUAY}, it was denied", 2, "Pilots' Voice"),
    _report(3, COSTS, -5, "The Gazette"),
    _report(4, DIVERS, -6, "Bay Times", "Reuters"),
    _report(5, DIVERS, -2, "Mole Mail", "Reuters"),
    _report(6, CRANES, -24 * 400, "Old Archive"),
    _report(7, f"{CRANES}, an official told the Gazette", 1, "Dock Diary"),
    _report(8, "Oranges are cheap", 0, "Market"),
    Document.of(f"From our friends. {ARTICLE.text}", outlet="Echo", published_at=NOON, language="en"),
]


def _hears(witness: Witness, claim: Claim) -> Judgement:
    text = " ".join(passage.text for passage in witness.passages)
    if claim.quote not in text:
        return unrelated(claim)
    denied = f"{claim.quote}, it was denied" in text
    return says(claim, Stance.CONTRADICTS if denied else Stance.SUPPORTS, claim.quote)


async def _verified(*added: list[Document]) -> Report:
    with TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), window_days=30, min_similarity=0.05, origins_per_claim=6)
        with open_coverage(settings, HashedEmbedder()) as coverage:
            for some in added:
                await coverage.add(some)
            async with open_runs(settings) as runs:
                analyst = ScriptedAnalyst([draft(q) for q in (QUAY, COSTS, DIVERS, CRANES)], _hears)
                return await Verifier(Parts(analyst, coverage, runs), settings).verify(ARTICLE)


def _told(finding: Finding) -> tuple[object, ...]:
    origins = finding.origins
    return finding.quote, finding.label, finding.rests_on, origins.supporting, origins.contradicting


async def test_the_story_has_what_copies_could_upset() -> None:
    report = await _verified(STORED)
    assert [_told(finding)[:2] + _told(finding)[3:] for finding in report.claims] == [
        (QUAY, Label.CONTESTED, 1, 1),
        (COSTS, Label.UNSOURCED, 0, 0),
        (DIVERS, Label.CORROBORATED, 1, 0),
        (CRANES, Label.UNSOURCED, 0, 0),
    ]
    named = {card.id: (card.independent, card.articles) for card in report.origins}
    assert named["agency:reuters"] == (True, 2)
    assert named["outlet:gazette"] == (False, 1)
    assert named["outlet:dock diary"] == (False, 1)
    assert named["article"] == (False, 1)


def _copy(
    of: int, how: str, hours: float | None, outlet: str | None, author: str | None, title: str | None
) -> Document:
    words = STORED[of].text.split()
    third = len(words) // 3
    text = {
        "whole": " ".join(words),
        "first": " ".join(words[:third]),
        "last": " ".join(words[-third:]),
        "long": f"{stories(40)[20 + of]} {' '.join(words)} {stories(40)[30 + of]}"[: 3 * len(" ".join(words))],
        "credited": f"MOSCOW (Reuters) - {' '.join(words)}",
        "told": f"He told the Gazette so. {' '.join(words)} (AFP)",
        "altered": f"{' '.join(words[:-20])} nobody knows {' '.join(words[-19:])}",
    }[how]
    moment = NOON + timedelta(hours=hours) if hours is not None else None
    return Document.of(text, outlet=outlet, author=author, title=title, published_at=moment, language="en")


COPIES = st.lists(
    st.builds(
        _copy,
        st.integers(0, len(STORED) - 1),
        st.sampled_from(["whole", "first", "last", "long", "credited", "told", "altered"]),
        st.one_of(st.none(), st.floats(-20_000, 20_000)),
        st.sampled_from(["The Gazette", "Echo", "Reuters", "The Ledger", "Elsewhere", None]),
        st.sampled_from([None, "Reuters", "AFP", "agencies"]),
        st.sampled_from([None, QUAY, CRANES]),
    ),
    min_size=1,
    max_size=12,
)


_BEFORE: list[Report] = []


async def _before() -> Report:
    """The story without copies: the same for every example."""
    if not _BEFORE:
        _BEFORE.append(await _verified(STORED))
    return _BEFORE[0]


@given(COPIES, st.booleans())
@examples(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
async def test_no_copy_of_any_kind_changes_a_label_or_an_origin(copies: list[Document], one_by_one: bool) -> None:
    before = await _before()
    after = await _verified(STORED, *([[copy] for copy in copies] if one_by_one else [copies]))
    assert [_told(finding) for finding in after.claims] == [_told(finding) for finding in before.claims]
    assert {card.id: card.independent for card in after.origins} == {
        card.id: card.independent for card in before.origins
    }


async def test_a_hundred_copies_of_an_old_report_and_of_the_article_bring_nothing_in() -> None:
    before = await _before()
    copies = [
        _copy(of, "whole", n % 48 - 24, f"Outlet {n}", None, CRANES) for n in range(50) for of in (5, len(STORED) - 1)
    ]
    after = await _verified(STORED, copies)
    assert [_told(finding) for finding in after.claims] == [_told(finding) for finding in before.claims]
