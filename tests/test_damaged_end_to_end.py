"""A damaged article or damaged coverage, through the whole path: the labels are those of the sound text, or none."""

from pathlib import Path

import pytest
from arabic_reshaper import reshape  # type: ignore[import-untyped]  # ships no types
from bidi import get_display  # type: ignore[import-untyped]  # ships no types

from agent.app import open_store, open_verifier
from agent.article import About, make_article
from agent.config import Settings
from agent.coverage.intake.ingest import ingest
from agent.models import Label, Report

CLAIM = "قال الدفاع المدني إن 71 شخصا قتلوا في الفيضان يوم الخميس."
DENIAL = "نفى الدفاع المدني أن 71 شخصا قتلوا في الفيضان يوم الخميس وبلغت كلفة الأضرار 4000 دينار وفق البيان"
BRIDGE = (
    "The old bridge of Northbank was closed to cars on Tuesday, the mayor said. Engineers discovered cracks in three "
    "pillars of the bridge. The repair will cost nine million crowns, the council said."
)
COVERED = (
    "Cars may not use the old Northbank bridge since Tuesday. The council of the town expects to pay nine million "
    "crowns for the repair. Its engineers discovered cracks in three pillars of the bridge last week, a spokesman "
    "told reporters on the square."
)


async def _verified(settings: Settings, tmp_path: Path, text: str, covered: str) -> Report:
    path = tmp_path / "coverage.txt"
    path.write_text(covered, "utf-8")
    article = make_article(text, "text", About(outlet="Evening Sheet"), 10_000)
    async with open_store(settings) as store, open_verifier(settings, store) as verifier:
        await ingest(store, [path])
        return await verifier.verify(article)


def _hyphenated(text: str) -> str:
    broken = {
        "Northbank": "North-\nbank",
        "Tuesday": "Tues-\nday",
        "discovered": "dis-\ncovered",
        "million": "mil-\nlion",
    }
    for whole, parted in broken.items():
        text = text.replace(whole, parted)
    return text


@pytest.mark.parametrize(
    ("article", "coverage"),
    [
        (_hyphenated(BRIDGE), COVERED),
        (BRIDGE, _hyphenated(COVERED)),
        (BRIDGE.replace("i", "i\u00ad"), COVERED.replace("e", "e\u200b")),
        (BRIDGE.replace(" the ", "&nbsp;the&nbsp;"), COVERED.replace("Its", "&#73;ts")),
        (BRIDGE.replace(". ", ".\u2028"), COVERED.replace(". ", ".\x0b")),
        (BRIDGE.replace("fi", "\ufb01").replace("fl", "\ufb02"), COVERED),
    ],
    ids=["hyphens in the article", "hyphens in coverage", "invisible", "entities", "separators", "ligatures"],
)
async def test_three_claims_are_corroborated_as_those_of_the_sound_text(
    settings: Settings, tmp_path: Path, article: str, coverage: str
) -> None:
    report = await _verified(settings, tmp_path, article, coverage)
    assert [finding.label for finding in report.claims] == [Label.CORROBORATED] * 3
    for finding in report.claims:
        span = finding.spans[0]
        assert report.article.text[span.start : span.end] == finding.quote


@pytest.mark.parametrize(
    "coverage",
    [reshape(DENIAL), get_display(f"{DENIAL}.", base_dir="R"), DENIAL.encode().decode("latin-1"), DENIAL],
    ids=["forms", "visual order that tells how", "misread", "sound"],
)
async def test_a_denial_contests_however_it_came(settings: Settings, tmp_path: Path, coverage: str) -> None:
    report = await _verified(settings, tmp_path, CLAIM, coverage)
    assert [finding.label for finding in report.claims] == [Label.CONTESTED]


@pytest.mark.parametrize(
    "coverage",
    [
        get_display(DENIAL, base_dir="R"),
        get_display(reshape(DENIAL), base_dir="R"),
        DENIAL[::-1],
        " ".join(word[::-1] for word in DENIAL.split()),
    ],
    ids=["visual order", "shaped", "numbers too", "words only"],
)
async def test_what_cannot_be_mended_is_not_heard(settings: Settings, tmp_path: Path, coverage: str) -> None:
    report = await _verified(settings, tmp_path, CLAIM, coverage)
    assert [(finding.label, finding.evidence) for finding in report.claims] == [(Label.UNSOURCED, ())]


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x0b", "\x85", "\n"])
async def test_headline_and_deck_are_claims_of_their_own_and_the_mayor_has_said_neither(
    settings: Settings, tmp_path: Path, mark: str
) -> None:
    lines = (
        "Bridge closed for six weeks",
        "Engineers alarmed by old pillars",
        *BRIDGE.replace(". ", ".\n").split("\n"),
    )
    report = await _verified(settings, tmp_path, mark.join(lines), COVERED)
    told = [(finding.quote, finding.attribution.speaker) for finding in report.claims[:3]]
    assert told == [
        ("Bridge closed for six weeks", None),
        ("Engineers alarmed by old pillars", None),
        ("The old bridge of Northbank was closed to cars on Tuesday", "mayor"),
    ]
    assert report.claims[0].label is Label.UNSOURCED
