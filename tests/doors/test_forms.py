"""Markdown, JSON-LD, JSON and its schema, and the words around them."""

import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import jsonschema  # type: ignore[import-untyped]  # its stubs are a package of their own
import pytest
from markdown_it import MarkdownIt

from agent.doors.render import ReportForm, render
from agent.doors.render.look import why
from agent.doors.render.markdown import escaped
from agent.doors.render.schema import report_schema
from agent.doors.render.summary import summary, uncompared, warnings
from agent.doors.render.view import view_of
from agent.doors.web.pages import fragment
from agent.messages import languages, load_words
from agent.models import (
    AnalystInfo,
    Attribution,
    Bond,
    Counts,
    FailureReason,
    Gap,
    Kind,
    Report,
    RestsOn,
    Searched,
    SourceType,
    Stance,
    Step,
    UnreadPart,
    When,
)
from tests.support.reports import altered_report, arabic_report, english_report, hostile_report, report_of

EN, AR = load_words("en"), load_words("ar")

ROOT = Path(__file__).parents[2]
POISONS = [
    "# Heading", "- item", "1. item", "> quote", "**bold** _it_", "[a](http://b.example)", "![a](http://b.example/x.png)",
    "<script>alert(1)</script>", "<http://b.example>", "```\ncode", "a | b", "&lt;b&gt;",
    "http://b.example www.b.example", "a\n\n# b", "+ item", "***", "===", "\\[a\\](x)", "[a]: http://b.example",
]  # fmt: skip


@pytest.mark.parametrize("poison", POISONS)
def test_foreign_text_shows_in_markdown_as_it_is(poison: str) -> None:
    html = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(escaped(poison))
    shown = " ".join(poison.split())
    plain = html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    assert plain == f"<p>{shown}</p>\n"


def test_markdown_of_a_hostile_report_has_no_links_and_no_foreign_markup() -> None:
    html = MarkdownIt("commonmark").render(
        render(hostile_report("[a](http://b.example) <b> ` # x"), ReportForm.MARKDOWN)
    )
    assert "<a " not in html
    assert "<b>" not in html
    assert "<code" not in html


def test_markdown_tells_labels_quotes_sources_and_failures() -> None:
    text = render(english_report(), ReportForm.MARKDOWN)
    assert f"## 3. ≠ {EN('label.contested')}" in text
    assert f"«two repaired cranes at Port Selby» (Dock Voice · 3 May 2024 · {EN('when.after')}" in text
    assert "](<https://dock-voice.example/cranes>)" in text
    arabic = render(arabic_report(), ReportForm.MARKDOWN)
    assert arabic.startswith('<div dir="rtl" lang="ar">')
    assert f"**{AR('label.failed')}** ({AR('step.judge')}: {AR('reason.timeout')}): " in arabic


def test_markdown_tells_who_the_coverage_goes_back_to_and_what_copies_changed() -> None:
    text = render(altered_report(), ReportForm.MARKDOWN)
    assert (
        "6 مقالات ← 3 أصول: The Harbour Ledger ×2، وكالة مرساة ×2، تقرير الصباح ×1 (لا يُحتسب: هذا المقال ×1)" in text
    )
    told = f"{AR('bond.copy')} وكالة مرساة · {AR('told_otherwise')}: 14 ← 41، الاثنين ← الثلاثاء"
    assert told in text
    assert f"- Dock Voice: {EN('bond.first')}" in render(english_report(), ReportForm.MARKDOWN)


def test_structured_data_names_the_origin_beside_the_publisher() -> None:
    review = next(item for item in graph(english_report()) if item["@type"] == "ClaimReview")
    assert review["citation"][0]["sourceOrganization"] == {"@type": "Organization", "name": "Dock Voice"}  # type: ignore[index]


def graph(report: Report) -> list[dict[str, object]]:
    items: list[dict[str, object]] = json.loads(render(report, ReportForm.JSONLD))["@graph"]
    return items


def test_every_claim_is_a_schema_org_claim_and_only_labelled_ones_have_a_review() -> None:
    report = arabic_report()
    kinds = [item["@type"] for item in graph(report)]
    assert kinds.count("Claim") == len(report.claims)
    assert kinds.count("ClaimReview") == len(report.claims) - report.counts.failed


def test_a_review_is_a_draft_in_words_without_a_number_or_an_author() -> None:
    for review in (item for item in graph(english_report()) if item["@type"] == "ClaimReview"):
        assert review["creativeWorkStatus"] == "Draft"
        assert "author" not in review
        rating = review["reviewRating"]
        assert isinstance(rating, dict)
        assert set(rating) == {"@type", "alternateName", "ratingExplanation"}


def test_an_anonymous_source_gets_no_name_in_structured_data() -> None:
    anonymous = next(
        item for item in graph(english_report()) if item.get("text") == "the repairs had cost 40 million"
    )
    assert "author" not in anonymous


def _changed(report: Report, **changes: object) -> Report:
    first, *others = report.claims
    return report.model_copy(update={"claims": (first.model_copy(update=changes), *others)})


def test_an_unnamed_group_is_no_author_in_structured_data() -> None:
    told = Attribution(speaker="dockers of the second quay", source=SourceType.GROUP)
    assert "dockers of the second quay" not in render(_changed(english_report(), attribution=told), ReportForm.JSONLD)


def test_the_page_tells_the_first_and_the_last_day_of_an_event() -> None:
    days = {"event_date": date(2024, 5, 1), "event_end": date(2024, 5, 3)}
    assert "1 May 2024 – 3 May 2024" in render(_changed(english_report(), **days), ReportForm.HTML)


def test_structured_data_can_be_pasted_into_a_page() -> None:
    text = render(hostile_report("</script><!-- \u2028"), ReportForm.JSONLD)
    assert not set("<>&\u2028") & set(text)
    assert "javascript:" not in text


def test_the_json_form_is_the_report_and_comes_back_equal() -> None:
    for report in (arabic_report(), english_report()):
        text = render(report, ReportForm.JSON)
        assert Report.model_validate_json(text) == report
        assert '"from": "coverage"' in text


def test_the_json_form_keeps_its_published_schema() -> None:
    schema = json.loads((ROOT / "docs" / "report.schema.json").read_text("utf-8"))
    jsonschema.validate(json.loads(render(arabic_report(), ReportForm.JSON)), schema)


def test_the_published_schema_is_current() -> None:
    published = (ROOT / "docs" / "report.schema.json").read_text("utf-8")
    assert published == report_schema(), "run: python -m agent.doors.render.schema docs/report.schema.json"


@pytest.mark.parametrize("language", languages())
def test_every_value_of_the_contract_has_a_word(language: str) -> None:
    words = load_words(language)
    named = {
        "step": Step,
        "reason": FailureReason,
        "stance": Stance,
        "source": SourceType,
        "when": When,
        "rests": RestsOn,
        "bond": Bond,
    }
    for prefix, values in named.items():
        for value in values:
            if value is not Stance.UNRELATED:
                assert words(f"{prefix}.{value.value}")
    for value in (*Gap, *RestsOn):
        assert words(f"why.{value.value}")
    for kind in (Kind.FORECAST, Kind.OPINION):
        assert words(f"kind.{kind.value}")


@pytest.mark.parametrize("report", [arabic_report(), english_report()])
def test_why_a_claim_is_labelled_so_is_said_in_the_language_of_the_reader(report: Report) -> None:
    labelled = [finding for finding in report.claims if finding.label is not None]
    for finding in labelled:
        assert re.search("[\u0600-\u06ff]", why(finding, load_words("en"))) is None
        assert re.search("[A-Za-z]", why(finding, load_words("ar"))) is None
    assert labelled


@pytest.mark.parametrize(
    ("form", "report"),
    [
        (ReportForm.TEXT, english_report()),
        (ReportForm.MARKDOWN, english_report()),
        (ReportForm.MARKDOWN, arabic_report()),
        (ReportForm.HTML, english_report()),
        (ReportForm.HTML, arabic_report()),
    ],
)
def test_an_article_that_was_not_read_is_not_said_to_have_no_claims(form: ReportForm, report: Report) -> None:
    words = load_words(report.article.language)
    empty = render(report_of(report.article, ()), form)
    unheard = render(report_of(report.article, (), unread=arabic_report().unread), form)
    assert words("no_claims") in empty
    assert words("no_claims_read") in unheard
    assert words("no_claims") not in unheard


def test_the_web_page_does_not_say_so_either() -> None:
    words = load_words("en")

    def shown(unread: Sequence[UnreadPart] = ()) -> str:
        space = SimpleNamespace(
            view=view_of(report_of(english_report().article, (), unread=unread), words),
            chosen=None,
            shown=None,
            listed=(),
            place="",
            versions=1,
        )
        return fragment("evidence.part.html.j2", words, space=space, visitor=SimpleNamespace(name=None))

    assert words("no_claims") in shown()
    assert words("no_claims_read") in shown(arabic_report().unread)


@pytest.mark.parametrize(("language", "named"), [("en", "Persian 2, nds 1"), ("ar", "الفارسية 2، nds 1")])
def test_languages_that_were_not_compared_are_named_before_the_labels(language: str, named: str) -> None:
    words = load_words(language)
    report = english_report()
    left = Searched(documents=9, in_window=5, passages=3, other_languages=3, uncompared={"fa": 2, "nds": 1})
    unsourced = report.model_copy(update={"searched": left, "counts": Counts(unsourced=1)})
    assert named in warnings(unsourced, words)[-1]
    assert named in summary(unsourced, words)[0].value
    sure = unsourced.model_copy(update={"counts": Counts(corroborated=1)})
    assert all(named not in told for told in warnings(sure, words))
    assert not uncompared(Searched(documents=9), words)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "1 document, 0 around the event, 2 passages found"),
        ("ar", "وثيقة واحدة، 0 حول الحدث، مقطعان وُجدا"),
        ("fr", "1 document, 0 autour de l’événement, 2 passages trouvés"),
    ],
)
def test_what_was_searched_is_counted_in_the_plural_of_the_language(language: str, told: str) -> None:
    report = english_report().model_copy(update={"searched": Searched(documents=1, in_window=0, passages=2)})
    assert summary(report, load_words(language))[0].value == told


def test_a_language_that_the_built_in_analyst_has_no_lists_for_is_told_before_all_else() -> None:
    words = load_words("en")
    read_by_model = english_report()
    card = AnalystInfo(kind="lexical", embedder="hashed")
    report = read_by_model.model_copy(update={"analyst": card})
    german = report.model_copy(update={"article": report.article.model_copy(update={"language": "de"})})
    assert words("no_patterns_note") in warnings(german, words)[0]
    assert all(words("no_patterns_note") not in told for told in warnings(report, words))
    assert warnings(german.model_copy(update={"analyst": read_by_model.analyst}), words) == warnings(report, words)
