"""Sentences: what ends one and what does not, in many languages."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.models import Article
from agent.text import sentences
from tests.support.cost import costs_in_proportion

pytestmark = pytest.mark.long


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


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("今天撤军。基地仍在。", "zh"),
        ("सेना लौटी। अड्डा रहेगा।", "hi"),
        ("ស្ពានត្រូវបានបិទ។ វិស្វកររកឃើញស្នាមប្រេះ។", "km"),
        ("ድልድዩ ሰኞ ተዘግቷል። ከንቲባው ይህን ተናግረዋል።", "am"),
    ],
)
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


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ar", ["قال د. محمد علي إن الجسر مغلق.", "وأضاف م. سعيد أن العمل مستمر."]),
        ("ar", ["حضر أ.د. خالد الندوة مع أ. سامي وأ. د. منى.", "وقال ود. علي إنها طالت."]),
        ("ar", ["وصل الوفد الساعة 9:40 م. يوم الجمعة.", "وغادر في الساعة 5 م. وقال الوزير ذلك لاحقا."]),
        ("ar", ["حضر د . محمد الندوة.", "انتهت عام 1990م.", "وبقي الجسر."]),
        ("ar", ["أعلنت شركة ش.م.ل. للنقل أرباحها.", "وارتفعت 2.5 في المئة."]),
        ("fr", ["Mme. Dupont a dit que le pont est fermé.", "M. Martin rit.", "Le no. 5 est à l'art. 3 de la loi."]),
        ("fr", ["Me. Arnaud et Mgr. Paul ont parlé.", "Le Dr. Petit est parti."]),
        ("en", ["The road was shut at 9:40 p.m. on Friday.", "It opened at 9 a.m. Saturday."]),
        ("en", ["He left at 9 p.m.", "Police came.", "They stayed until 10 p.m. and left."]),
        ("en", ["Dr. Smith said No. 5 is open.", "Gen. J. R. Hall of the U.S. Army left."]),
        ("en", ["He moved to the U.S.", "The army stayed."]),
        ("en", ["The answer was No.", "The road stays shut.", "It weighs approx. 5 tonnes."]),
        ("de", ["Am 3. Oktober kam Dr. Weber.", "Der 2. Weltkrieg war vorbei.", "Das Haus Nr. 5 blieb."]),
        ("tr", ["Doç. Dr. Ayşe Kaya köprüyü gezdi.", "Av. Mehmet Demir konuştu.", "Dün 3. Köprü kapandı."]),
        ("es", ["La Sra. López y la Dra. Ruiz hablaron.", "El Excmo. Sr. Alcalde y D. Juan callaron."]),
        ("es", ["Llegó a las 9 p. m. del viernes.", "El art. 3 no cambia."]),
        ("sv", ["Kl. 15.30 kom Dr. Berg.", "Bron är stängd."]),
        ("it", ["L'avv. Bianchi e l'On. Verdi sono partiti.", "La Sig.ra Neri resta."]),
        ("ru", ["Мэр г. Нового открыл мост им. Иванова.", "Это стоило 5 тыс. рублей, т.е. мало."]),
        ("pl", ["Gen. Nowak i ks. Jan mówili na ul. Długiej.", "Most im. św. Jana stoi."]),
        ("fa", ["آقای م. رضایی گفت پل بسته است.", "خانم ف. احمدی آمد."]),
        ("he", ["ד. כהן אמר שהגשר נסגר.", "א. ב. לוי שתק."]),
        ("und", ["Dr. Smith and Mme. Dupont met.", "They left."]),
    ],
)  # fmt: skip
def test_titles_initials_hours_and_numbers_end_no_sentence(language: str, told: list[str]) -> None:
    assert _told(" ".join(told), language) == told


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ar", ["حذر الطبيب من نقص فيتامين د.", "وقال إنه شائع."]),
        ("fa", ["کمبود ویتامین د.", "پزشک هشدار داد."]),
        ("en", ["It was plan B.", "The mayor agreed."]),
        ("pl", ["Otwarto go w 2016 r.", "Jan przyszedł."]),
        ("ko", ["그는 할 것.", "그는 갔다."]),
    ],
)
def test_a_single_letter_may_end_one_all_the_same(language: str, told: list[str]) -> None:
    assert _told(" ".join(told), language) == told


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ['"Where are we going?" she asked.', '"Nowhere!" he said.', "Nobody laughed."]),
        ("en", ["“Was it checked?” asked Ola Strand, the director.", "“Yes.”"]),
        (
            "en",
            [
                "The bridge (closed since Thursday!) will open.",
                "(It was insured.)",
                "The army (U.S. Army, ret.) left.",
            ],
        ),
        ("en", ["Approx. 30 came, incl. 3 children.", "It cost approx. £3m.", "The firm (est. 1911) closed."]),
        ("es", ["—¿Adónde vamos? —preguntó ella.", "—¡Nunca! —dijo él."]),
        ("ru", ["«Куда мы идём?» — спросила она.", "«Никуда!» — ответил он."]),
        ("tr", ['"Neden?" diye sordu Ayşe.', '"Hayır!" dedi.']),
        ("ar", ["قال الناطق (أ. ب.) إن الوضع هادئ.", "وغادر القاعة (الكبرى!) الذي دخلها."]),
        ("de", ["„Wohin gehen wir?“ fragte sie.", "Er schwieg."]),
    ],
)
def test_a_sentence_goes_on_behind_what_is_said_in_it(language: str, told: list[str]) -> None:
    assert _told(" ".join(told), language) == told


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ['"We are not leaving."', "The minister left."]),
        ("en", ["He asked why (nobody knew!).", "Then he left."]),
        ("ar", ["وكتب: «انتهى الأمر.»", "ثم غادر."]),
        ("ar", ["«إلى أين نذهب؟»", "تساءلت الوزيرة."]),
        ("fr", ["Il a dit : « Partons ! »", "Ils sont partis."]),
        (
            "en",
            [
                "The mayor said no.",
                "I disagree with her.",
                "She voted no.",
                "Lee left.",
                "No. 10 said no.",
                "J.P. left.",
            ],
        ),
        ("es", ["Dijo que no.", "El alcalde se fue."]),
        ("it", ["Ha detto di no.", "Il sindaco è andato via."]),
        ("ar", ["قال لا.", "وغادر الرئيس القاعة."]),
        ("ar", ["سأله الصحفي كم.", "ثم غادر."]),
    ],
)
def test_what_is_said_may_end_a_sentence(language: str, told: list[str]) -> None:
    assert _told(" ".join(told), language) == told


@pytest.mark.parametrize(
    "text",
    [
        "1. The bridge is shut. 2. The road is open. 3. No one came.",
        "1. The bridge is shut.\n2. The road is open.\n3. No one came.",
        "1.\nThe bridge is shut.\n2.\nThe road is open.\n3.\nNo one came.",
    ],
)
def test_the_number_of_a_list_goes_with_what_it_counts(text: str) -> None:
    assert _told(text) == ["1. The bridge is shut.", "2. The road is open.", "3. No one came."]


def test_french_closing_marks_stay_with_their_sentence_and_german_opening_ones_go_with_theirs() -> None:
    assert _told("Il a dit : « Nous partons. » Ils sont partis.", "fr") == [
        "Il a dit : « Nous partons. »",
        "Ils sont partis.",
    ]
    assert _told("Er schwieg. »Wir gehen«, sagte sie.", "de") == ["Er schwieg.", "»Wir gehen«, sagte sie."]


def test_numbers_are_never_parted() -> None:
    for text in (
        "Chapter no. IV was read to him.",
        "It rose 2.5 to 1,200 at 3:40 on 3.5.2024.",
        "ارتفع ٢.٥ و ١٫٥ بالمئة.",
        "52,4 % pour M. Hill, 1 200 voix.",
    ):
        assert _told(text, "fr") == [text]


def test_an_abbreviation_at_the_end_of_a_line_goes_on_in_the_next() -> None:
    assert _told("The mayor met Dr.\nSmith on Friday.\nHe left at 9 p.m.\nThe road was shut.") == [
        "The mayor met Dr. Smith on Friday.",
        "He left at 9 p.m.",
        "The road was shut.",
    ]


def test_the_way_back_from_a_mended_text_is_found() -> None:
    text = "Caf&eacute;s stay shut.\u2028The bridge of North-\nbank is o\u00adpen.\u2029\ufb01ne"
    assert [text[span.start : span.end] for span in sentences(text, "en")] == [
        "Caf&eacute;s stay shut.",
        "The bridge of North-\nbank is o\u00adpen.",
        "\ufb01ne",
    ]


HOSTILE = (
    "a-\n",
    "a\u00ad",
    "&amp;",
    "é—Â°Ã",
    "\ufefb",
    "a\u2028",
    "Dr. ",
    "1. A ",
    "Word\n",
    "The Mayor of\nNorthbank\n",
    "a. ",
    "- ",
    "«",
    "د. ",
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_takes_time_in_proportion_to_its_length(piece: str) -> None:
    assert costs_in_proportion(lambda times: sentences(piece * times, "en"), 10_000)
