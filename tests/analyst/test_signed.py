"""Quotations with a signature: whoever signs speaks, and the signature is no claim."""

import pytest

from agent.analyst.lexical.extract import statements
from agent.models import Article
from agent.text import sentences


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        (
            "en",
            "The mayor spoke.\n“We could not wait any longer.” — Ola Strand, mayor\n\nNorthbank has 17 dead",
            [(None, "The mayor spoke"), ("Ola Strand", "We could not wait any longer"),
             (None, "Northbank has 17 dead")],
        ),
        (
            "en",
            '"We opened nothing. The dam was shut. Nobody came." — Ola Strand (director)\nThe road is cut.',
            [("Ola Strand", "We opened nothing"), ("Ola Strand", "The dam was shut"), ("Ola Strand", "Nobody came"),
             (None, "The road is cut")],
        ),
        (
            "en",
            "“We opened it by hand.\nNobody was there.” — A. B. Strand, farmer in the valley\nIt rained.",
            [("A. B. Strand", "We opened it by hand"), ("A. B. Strand", "Nobody was there"), (None, "It rained")],
        ),
        (
            "ar",
            "“لم نفتح السد قط.” — علا ستراند، مديرة هيئة المياه\n\nالطريق مقطوع منذ الصباح.",
            [("علا ستراند", "لم نفتح السد قط"), (None, "الطريق مقطوع منذ الصباح")],
        ),
        (
            "fr",
            "«Nous n’avons rien ouvert.» — Ola Strand, maire\n\nLa route est coupée.",
            [("Ola Strand", "«Nous n’avons rien ouvert.»"), (None, "La route est coupée.")],
        ),
    ],
)  # fmt: skip
def test_whoever_signs_a_quotation_says_it(language: str, text: str, told: list[tuple[str | None, str]]) -> None:
    found = [one.draft for one in statements(Article(text=text, language=language))]
    assert [(draft.attribution.speaker, draft.quote) for draft in found] == told


def test_the_role_is_what_stands_behind_the_name() -> None:
    (first, *_) = statements(Article(text="“We wait.” — Ola Strand, director of the water board", language="en"))
    assert (first.draft.attribution.speaker, first.draft.attribution.role) == (
        "Ola Strand",
        "director of the water board",
    )


@pytest.mark.parametrize(
    "text", ["«Да!» — сказал мэр города.", "He said no — the dam was shut.", "“No” — said nobody at all"]
)
def test_a_sentence_that_goes_on_behind_a_dash_is_no_signature(text: str) -> None:
    found = statements(Article(text=text, language="ru" if "Да" in text else "en"))
    assert {one.draft.attribution.speaker for one in found} == {None}


def test_the_words_and_the_name_are_one_sentence() -> None:
    text = "“We could not wait.” — A. B. Strand, mayor\nThe road is cut."
    assert [text[span.start : span.end] for span in sentences(text, "en")] == [
        "“We could not wait.” — A. B. Strand, mayor",
        "The road is cut.",
    ]
