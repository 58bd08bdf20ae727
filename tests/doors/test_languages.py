"""Every form of a report, and the answers of tools, in every language that there are messages for."""

import re

import pytest

from agent.config import Settings, load_settings
from agent.doors.mcp.outcomes import Explained
from agent.doors.mcp.text import ToolText
from agent.doors.render import ReportForm, Screen, render
from agent.errors import ConfigurationError
from agent.messages import languages, load_words
from agent.models import Label
from agent.prompts import Fence
from tests.support.reports import english_report

READ_BY_PEOPLE = (ReportForm.TEXT, ReportForm.MARKDOWN, ReportForm.HTML)
REPORT = english_report()
WIDE = Screen(width=240)


def _flat(text: str) -> str:
    return " ".join(text.lower().split())


@pytest.mark.parametrize("form", READ_BY_PEOPLE)
@pytest.mark.parametrize("language", languages())
def test_a_report_is_worded_in_the_language_that_is_asked_for(language: str, form: ReportForm) -> None:
    text = _flat(render(REPORT, form, WIDE, language))
    words = load_words(language)
    assert all(_flat(words(key)) in text for key in ("label.contested", "stance.contradicts", "policy"))
    for other in languages():
        told = [_flat(load_words(other)(key)) in text for key in ("policy", "dropped_heading", "searched_heading")]
        assert told == [other == language] * 3


@pytest.mark.parametrize("language", languages())
def test_a_page_says_in_which_language_and_direction_it_is(language: str) -> None:
    words = load_words(language)
    assert f'<html lang="{language}" dir="{words.direction}">' in render(REPORT, ReportForm.HTML, language=language)


def test_french_reports_are_set_as_french_is() -> None:
    text = render(REPORT, ReportForm.MARKDOWN, language="fr")
    assert "«\u00a0two repaired cranes at Port Selby\u00a0» (Dock Voice · 3 mai 2024 · après l’article" in text
    assert "Selon\u00a0: " in text
    assert ("«two" in text, "«two repaired" in render(REPORT, ReportForm.MARKDOWN)) == (False, True)


def test_why_a_french_article_s_claims_are_labelled_so_is_said_in_french() -> None:
    article = REPORT.article.model_copy(update={"language": "fr-BE"})
    page = render(REPORT.model_copy(update={"article": article}), ReportForm.HTML)
    assert '<html lang="fr"' in page
    assert re.search("Origines qui disent autre chose[^:]*\u00a0: 1", page)


@pytest.mark.parametrize("language", languages())
def test_tools_answer_in_the_language_that_is_asked_for(language: str) -> None:
    words = load_words(language, "mcp")
    number = next(n for n, finding in enumerate(REPORT.claims, 1) if finding.label is Label.CONTESTED)
    told = ToolText(Fence(b"salt"), words).explained(Explained.of(REPORT, REPORT.claims[number - 1]))
    assert words("label.contested").lower() in told
    assert words("caution") in told
    assert words("policy_in_short") in told
    assert words("stance.contradicts").lower() in told


def test_a_language_that_is_not_spoken_is_refused_as_a_setting() -> None:
    assert load_settings(language="fr").language == "fr"
    assert Settings().language is None
    with pytest.raises(ConfigurationError, match="ISNAD_LANGUAGE: Isnad speaks ar, en, fa, fr"):
        load_settings(language="tlh")
