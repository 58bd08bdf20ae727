import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from agent.models import Article
from agent.text import fold, mend, visible
from agent.text.edges import inside_number
from agent.text.quotes import Anchors, _Index, anchors, letters

ARABIC = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآىةؤئ", min_size=1, max_size=8)
LATIN = st.text("abcdefghijklmnopqrstuvwxyzéüñçßAEIOU0123456789", min_size=1, max_size=8)
GREEK_CYRILLIC = st.text("αβγδεζηθλμπφψωабвгдежзклмнопрсту", min_size=1, max_size=8)
WORDS = st.lists(ARABIC | LATIN | GREEK_CYRILLIC, min_size=1, max_size=30)
GAPS = st.sampled_from(
    [" ", "\n", "  ", " \n ", ", ", "، ", '" ', " (", ") ", ". ", " - ", "\u00a0", "\t", "\u200f "]
)


def _reshape(quote: str, form: int) -> str:
    """The quote as a model might give it back."""
    shapes: list[Callable[[str], str]] = [
        lambda q: q,
        lambda q: unicodedata.normalize("NFD", q),
        lambda q: unicodedata.normalize("NFC", q),
        lambda q: " ".join(q.split()),
        lambda q: q.translate(str.maketrans("أإآىة", "ااايه")),
        lambda q: q.replace("ا", "اَ").replace("ل", "لّ"),
        lambda q: q.replace("م", "مـ"),
        lambda q: q.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
        lambda q: f"«{q}»",
        lambda q: q.replace('"', "”").replace(",", "،"),
        lambda q: "\u202b" + q + "\u202c",
        lambda q: q.upper().lower(),
    ]
    return shapes[form % len(shapes)](quote)


@given(WORDS, st.lists(GAPS, min_size=30, max_size=30), st.data())
def test_any_quote_taken_from_any_text_and_reshaped_is_found_at_its_place(
    words: list[str], gaps: list[str], data: st.DataObject
) -> None:
    starts, text = [], ""
    for word, gap in zip(words, gaps, strict=False):
        starts.append(len(text))
        text += word + gap
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    start, end = starts[first], starts[last] + len(words[last])
    assume(not inside_number(text, start) and not inside_number(text, end))
    quote = _reshape(text[start:end], data.draw(st.integers(0, 11)))
    told = Anchors(text)
    assert (start, end) in [(span.start, span.end) for span in told.find_all(quote)]
    # From the beginning of the text on, a place that has the very characters comes first.
    if start > 0:
        found = told.find(quote, near=start)
        assert found is not None
        assert (found.start, found.end) == (start, end)


@given(WORDS, WORDS)
def test_a_quote_whose_letters_the_text_lacks_is_never_found(words: list[str], other: list[str]) -> None:
    text, quote = " ".join(words), " ".join(other)
    assume(letters(quote) not in letters(text))
    assert Anchors(text).find(quote) is None


@given(st.text(max_size=200), st.text(min_size=1, max_size=20))
def test_what_is_found_has_the_letters_of_the_quote_in_any_text(text: str, quote: str) -> None:
    # What is mended is mended by what stands around it, which a slice lacks.
    assume(not mend(text).repairs and not mend(quote).repairs)
    for span in Anchors(text).find_all(quote):
        found = text[span.start : span.end]
        # In the text as it is given, or as it is mended: "Â¹" may be a damaged "¹".
        assert letters(quote) in letters(found) or letters(quote) in "".join(filter(str.isalnum, fold(found)))


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("We are great.", "eat"),
        ("They were not leaving.", "leaving today"),
        ("One. Two. Three.", "One. Three."),
        ("They were eaten.", "They were eat"),
        ("A great day.", "eat day"),
        ("سنغادر سوريا", "غادر سوريا اليوم"),
        ("우리나라는 간다", "나라는 간다"),
        ("우리나라는 간다", "우리나라"),
        ("the qq中国 town", "the qq"),
        ("«»", "…"),
        ("استمرار العمليات", "مرار العمليات"),
        ("anything", "…!"),
        ("anything", ""),
    ],
)
def test_parts_of_words_gaps_and_empty_quotes_are_refused(text: str, quote: str) -> None:
    assert anchors(text).find(quote) is None


def test_an_arabic_quote_may_leave_the_letters_written_onto_its_first_word() -> None:
    span = anchors("قررت البدء بسحب جزء من قواتها").find("سحب جزء")
    assert span is not None
    assert "قررت البدء بسحب جزء من قواتها"[span.start : span.end] == "سحب جزء"


@pytest.mark.parametrize("word", ["بسحب", "وبالسحب"])
def test_up_to_four_letters_may_be_written_onto_a_word_also_at_the_beginning(word: str) -> None:
    span = anchors(f"{word} جزء").find("سحب جزء")
    assert span is not None
    assert (span.start, span.end) == (len(word) - 3, len(word) + 4)


@pytest.mark.parametrize("word", ["وفبالسحب", "كوفبالسحب", "وبتسحب"])
def test_more_letters_or_others_before_a_word_are_a_part_of_it(word: str) -> None:
    assert anchors(f"{word} جزء").find("سحب جزء") is None
    assert anchors(f"ثم {word} جزء").find("سحب جزء") is None


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("यह लोगों की। फिर", "यह लोगों की"),
        ("រកឃើញស្នាមប្រេះ។ បន្ទាប់", "រកឃើញស្នាមប្រេះ"),
        ("Al-Mina'í. x", "Mina'í"),
    ],
)
def test_a_quote_has_the_vowel_signs_of_its_last_letter(text: str, quote: str) -> None:
    span = anchors(text).find(quote)
    assert span is not None
    assert text[span.start : span.end].endswith(quote)


@pytest.mark.parametrize("letter", ["ก", "\u1000", "\u1780", "\u3042", "中", "\ua48c", "\U00020000"])
def test_where_words_have_no_spaces_a_quote_begins_and_ends_anywhere(letter: str) -> None:
    text = f"q{letter}{letter}qq"
    begun, ended = anchors(text).find(f"{letter}qq"), anchors(text).find(f"q{letter}")
    assert begun is not None
    assert ended is not None
    assert (begun.start, ended.end) == (2, 2)


@pytest.mark.parametrize("letter", ["\u0dc6", "\u10d0", "\u16a0", "\u1820", "\u2d30", "\ua4d0", "\uac00"])
def test_where_they_have_spaces_it_does_not(letter: str) -> None:
    text = f"q{letter}{letter}qq"
    assert anchors(text).find(f"{letter}qq") is None
    assert anchors(text).find(f"q{letter}") is None


def test_from_the_beginning_a_place_with_the_very_characters_comes_first() -> None:
    found, nearest = anchors("آ ا").find("ا"), anchors("آ ا").find("ا", near=1)
    assert found is not None
    assert nearest is not None
    assert (found.start, nearest.start) == (2, 0)


def test_every_place_is_found_also_where_one_begins_inside_another() -> None:
    assert [(span.start, span.end) for span in anchors("a a a").find_all("a a")] == [(0, 3), (2, 5)]


@pytest.mark.parametrize("quote", ["% up", "up %", "to day", "$17"])
def test_the_short_way_finds_what_the_long_one_finds(quote: str) -> None:
    found = anchors("Rates a % up % to day, by $17.").find(quote)
    assert found == anchors("Rates a % up % to day, by $17.").find_all(quote)[0]


def test_scripts_without_spaces_are_quoted_from_the_middle() -> None:
    text = "发言人表示我们不会离开叙利亚。"
    span = anchors(text).find("我们不会离开")
    assert span is not None
    assert text[span.start : span.end] == "我们不会离开"


def test_the_place_nearest_to_the_part_is_taken_when_a_quote_stands_twice() -> None:
    text = "no comment. Then again: no comment."
    span = anchors(text).find("no comment", near=20)
    assert span is not None
    assert span.start == 24


def test_the_broken_lines_of_the_users_article_do_not_hide_a_quote(seed_article: Article) -> None:
    quote = "القوات الجوية - الفضائية الروسية ستواصل ضرب مواقع داعش في سوريا"
    span = anchors(seed_article.text).find(quote)
    assert span is not None
    assert seed_article.text[span.start : span.end].split() == quote.split()


def test_what_a_model_sees_has_no_hidden_characters() -> None:
    assert visible("a\u202eb\u2066c\U000e0041d\u200be\x00f\u0007g\nh") == "abcdefg\nh"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Prices rose 2.5 percent.", "5 percent"),
        ("Prices rose 2.5 percent.", "Prices rose 2"),
        ("They sold 1,200 tickets.", "200 tickets"),
        ("They sold 1,200 tickets.", "They sold 1"),
        ("Il y a 1 200 voix.", "200 voix"),
        ("Il y a 1\u00a0200 voix.", "Il y a 1"),
        ("ارتفع ١٫٥ بالمئة", "٥ بالمئة"),
        ("بيعت ١٬٢٠٠ تذكرة", "٢٠٠ تذكرة"),
        ("It shut at 3:40 on Friday.", "40 on Friday"),
        ("It opened on 3.5.2024 again.", "2024 again"),
        ("The repair of North-\nbank ended.", "bank ended"),
    ],
)
def test_a_quote_never_begins_or_ends_inside_a_number_or_a_broken_word(text: str, quote: str) -> None:
    assert anchors(text).find(quote) is None
    assert anchors(text).find(quote.upper() + "!") is None


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("Prices rose by 17%, they said.", "Prices rose by 17", "Prices rose by 17%"),
        ("Elle a 52,4 % des voix.", "Elle a 52,4", "Elle a 52,4 %"),
        ("ارتفعت 17٪ أمس", "ارتفعت 17", "ارتفعت 17٪"),
        ("It cost $17 million.", "17 million", "$17 million"),
        ("It was −5 degrees.", "5 degrees", "−5 degrees"),
        ("Salwa al-Mihdar left.", "Mihdar left", "al-Mihdar left"),
        ("The north-eastern road is shut.", "eastern road", "north-eastern road"),
        ("Hill's bridge is shut.", "Hill", "Hill's"),
        ("Il boit de l’eau froide.", "eau froide", "l’eau froide"),
        ("From 2016-2017 it rose.", "2017 it rose", "2017 it rose"),
        ("In March 15 people left.", "15 people left", "15 people left"),
        ("In 2019 200 people left.", "200 people left", "200 people left"),
    ],
)
def test_a_quote_has_the_whole_of_its_first_and_last_word(text: str, quote: str, found: str) -> None:
    span = anchors(text).find(quote)
    assert span is not None
    assert text[span.start : span.end] == found


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("The bridge of North-\nbank is shut.", "bridge of Northbank is shut", "bridge of North-\nbank is shut"),
        ("Caf&eacute;s &amp; bars are shut.", "cafés & bars", "Caf&eacute;s &amp; bars"),
        ("The coun\u00adcil met.", "the council met", "The coun\u00adcil met"),
        ("ﻗﺎﻝ ﺍﻟﺪﻓﺎﻉ ﺍﻟﻤﺪﻧﻲ ﺫﻟﻚ", "الدفاع المدني", "ﺍﻟﺪﻓﺎﻉ ﺍﻟﻤﺪﻧﻲ"),
        ("It shut.\u2028Buses run.", "Buses run", "Buses run"),
        ("قال الوزير".encode().decode("latin-1"), "الوزير", "الوزير".encode().decode("latin-1")),
    ],
)
def test_a_quote_of_the_mended_text_is_found_where_it_stands_in_the_damaged_one(
    text: str, quote: str, found: str
) -> None:
    span = anchors(text).find(quote)
    assert span is not None
    assert text[span.start : span.end] == found


def test_an_abbreviation_inside_a_quote_ends_no_sentence() -> None:
    text = "On Friday Dr. Smith and Mme. Dupont left the town."
    span = anchors(text).find("Dr Smith and Mme Dupont left")
    assert span is not None
    assert text[span.start : span.end] == "Dr. Smith and Mme. Dupont left"
    assert anchors("40 planes left. The base stays.").find("planes left the base") is None


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]) | st.sampled_from(list("abاة ،.…½ßٕـ  \u200fé12"))))
def test_letters_taken_character_by_character_are_those_of_the_normalised_view(text: str) -> None:
    taken = _Index._of_characters(text)
    assert taken is None or taken == _Index._of_view(text)


def test_letters_are_taken_character_by_character_unless_marks_or_ligatures_are_among_them() -> None:
    assert _Index._of_characters("قال: «Café 3…» \u200fـا") == _Index._of_view("قال: «Café 3…» \u200fـا")
    assert _Index._of_characters("Straße") is None
    assert _Index._of_characters("قَال") is None
