"""A claim that denies what is told: contested by the coverage, and by the other sentences of its own article."""

import pytest

from agent.config import Settings
from agent.models import ARTICLE as OWN
from agent.models import Article, Claim, Document, Finding, Judgement, Label, Stance, Witness
from agent.verify.runs import open_runs
from agent.verify.verifier import Parts, Verifier
from tests.support.scripted import ScriptedAnalyst, ScriptedSearch, draft, origin, says, unrelated

ARABIC = Article(
    text=(
        'قالت مديرة الشركة: "لم نغلق المصنع بل ننقل بعض خطوطه". وسرّحت الشركة آخر ستين عاملاً في المصنع الأحد.'
        " وقال نقيب العمال إن البوابات أُقفلت بالسلاسل."
    ),
    outlet="بريد الميناء",
    language="ar",
)
ENGLISH = Article(
    text=(
        'The director said: "We have not shut the mill, we are moving some of its lines." The company laid off the'
        " last sixty workers of the mill on Sunday. The union's chairman said that its gates were chained."
    ),
    outlet="Harbour Post",
    language="en",
)
CASES = {
    "ar": (ARABIC, "لم نغلق المصنع", "وسرّحت الشركة آخر ستين عاملاً في المصنع", "البوابات أُقفلت بالسلاسل"),
    "en": (ENGLISH, "We have not shut the mill", "laid off the last sixty workers", "its gates were chained"),
}


async def _told(settings: Settings, language: str, inside: int | None, *outside: Document) -> Finding:
    """The denial, when the article is answered for by its sentence of that number, and the coverage in full."""
    article, denial, *sentences = CASES[language]

    def reads(witness: Witness, claim: Claim) -> Judgement:
        if not witness.is_article:
            return says(claim, Stance.CONTRADICTS, witness.passages[0].text)
        return unrelated(claim) if inside is None else says(claim, Stance.CONTRADICTS, sentences[inside])

    speaker = "مديرة الشركة" if language == "ar" else "The director"
    async with open_runs(settings) as runs:
        search = ScriptedSearch([origin(document) for document in outside])
        analyst = ScriptedAnalyst([draft(denial, speaker=speaker)], reads)
        (finding,) = (await Verifier(Parts(analyst, search, runs), settings).verify(article)).claims
    return finding


@pytest.mark.parametrize("language", CASES)
@pytest.mark.parametrize("inside", [0, 1])
async def test_the_outlet_itself_and_another_speaker_contest_a_denial_from_the_same_article(
    settings: Settings, language: str, inside: int
) -> None:
    finding = await _told(settings, language, inside)
    article, _, *sentences = CASES[language]
    assert finding.label is Label.CONTESTED
    (item,) = finding.evidence
    assert (item.source, item.origin, item.quote) == ("article", OWN, sentences[inside])
    assert article.text[item.passage.start : item.passage.end] == item.passage.text
    # Nobody else says so.
    assert finding.origins.contradicting == 0


@pytest.mark.parametrize("language", CASES)
async def test_coverage_of_the_act_contests_its_denial(settings: Settings, language: str) -> None:
    told = Document.of("The mill laid off its last workers and its gates are chained.", outlet="Ledger")
    finding = await _told(settings, language, None, told)
    assert finding.label is Label.CONTESTED
    assert [(item.source, item.quote) for item in finding.evidence] == [("coverage", told.text.rstrip("."))]
