from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.models import Article
from agent.text import fold, normalise, sentences


def _told(text: str, language: str = "en") -> list[str]:
    return [" ".join(text[s.start : s.end].split()) for s in sentences(text, language)]


def test_lines_broken_in_mid_sentence_are_joined() -> None:
    text = "The ministry said\nthat the first\nplanes had left. The base\nstays open,\nit added."
    assert _told(text) == ["The ministry said that the first planes had left.", "The base stays open, it added."]


def test_lines_used_as_paragraphs_end_sentences() -> None:
    assert _told("Planes leave Syria.\nThe base stays open.\nNo comment") == [
        "Planes leave Syria.",
        "The base stays open.",
        "No comment",
    ]


def test_a_headline_ends_at_a_blank_line() -> None:
    assert _told("Planes leave Syria\n\nThe base stays open.") == ["Planes leave Syria", "The base stays open."]


def test_an_unclosed_quotation_mark_does_not_swallow_the_rest() -> None:
    text = 'قال المتحدث "لن نغادر. وأضاف أن القاعدة باقية. وانتهى البيان.'
    assert len(_told(text, "ar")) == 3


def test_a_closing_mark_stays_with_its_sentence() -> None:
    assert _told('He said "we go." They left.') == ['He said "we go."', "They left."]


def test_an_opening_mark_goes_with_the_sentence_it_opens() -> None:
    text = 'He spoke on Tuesday. "There was no leak." (Nobody asked.) «It is over.» They left.'
    assert _told(text) == [
        "He spoke on Tuesday.",
        '"There was no leak."',
        "(Nobody asked.)",
        "«It is over.»",
        "They left.",
    ]


def test_the_users_article_has_its_twelve_sentences(seed_article: Article) -> None:
    assert len(sentences(seed_article.text, "ar")) == 12


@pytest.mark.parametrize(("text", "language"), [("今天撤军。基地仍在。", "zh"), ("सेना लौटी। अड्डा रहेगा।", "hi")])
def test_other_scripts_end_sentences_their_own_way(text: str, language: str) -> None:
    assert len(_told(text, language)) == 2


def test_a_sentence_without_end_comes_in_bounded_pieces() -> None:
    text = "word " * 10_000
    spans = sentences(text, "en")
    assert max(span.end - span.start for span in spans) <= 1500
    assert "".join(text[s.start : s.end] for s in spans).count("word") == 10_000


@given(st.text(max_size=300), st.sampled_from(["ar", "en", "fa", "zh", "und", "xx"]))
def test_sentences_hold_every_visible_character_in_order(text: str, language: str) -> None:
    spans = sentences(text, language)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert "".join("".join(text[s.start : s.end].split()) for s in spans) == "".join(text.split())


def test_a_text_that_the_splitter_cannot_take_is_split_at_its_full_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException): ...

    def panics(language: str, text: str) -> list[dict[str, int]]:
        raise PanicException

    monkeypatch.setattr("sentencex.get_sentence_boundaries", panics)
    assert _told("Planes left. The base stays! Nobody asked.") == ["Planes left.", "The base stays!", "Nobody asked."]


def test_a_space_of_two_bytes_does_not_break_the_splitter() -> None:
    assert _told("He met X X_ØH ÷\n)X \xa0. that \x85 : Î¾$", "und")


@given(st.text(max_size=200))
def test_every_normalised_character_leads_back_into_the_text(text: str) -> None:
    view = normalise(text)
    for n in range(len(view.text)):
        span = view.span(n, n + 1)
        assert 0 <= span.start < span.end <= len(text)
    assert list(view.offsets) == sorted(view.offsets)


@pytest.mark.parametrize(
    ("written", "also"),
    [
        ("إِيرَان", "ايران"),
        ("مُصطَفىٰ", "مصطفي"),
        ("حكومة", "حكومه"),
        ("٢٠١٦", "2016"),
        ("ســـوريا", "سوريا"),
        ("CAFÉ", "cafe"),
    ],
)
def test_one_word_in_two_spellings_folds_to_one(written: str, also: str) -> None:
    assert fold(written) == fold(also)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("17¹ people", "17 people"),
        ("٧١² شخصا", "71 شخصا"),
        ("5 m²", "5 m2"),
        ("10⁶ boats", "10^6 boats"),
        ("lost²", "lost2"),
    ],
)
def test_the_mark_of_a_note_joins_no_number(written: str, folded: str) -> None:
    assert fold(written) == folded
