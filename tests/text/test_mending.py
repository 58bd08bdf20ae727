"""Mending: what damaged a text is undone, what only looks like damage stays, and every place leads back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.models import Span
from agent.text import Repair, mend

SAID = "The mayor said that the café stays shut."


@pytest.mark.parametrize(
    ("given_", "read", "repair"),
    [
        ("The&nbsp;mayor said &quot;no&quot;.", 'The\xa0mayor said "no".', Repair.ENTITIES),
        ("Bread &amp;amp; milk, &amp;quot;dear&amp;quot;", 'Bread & milk, "dear"', Repair.ENTITIES),
        ("&#8220;No&#x201d; caf&eacute;", "“No” café", Repair.ENTITIES),
        ("&#1602;&#1575;&#1604;", "قال", Repair.ENTITIES),
        ("Bread &amp milk,&nbsp &quot", 'Bread & milk,\xa0 "', Repair.ENTITIES),
        ("weeks\u2028old\x0bnew\x85so\x0cthen", "weeks\nold\nnew\nso\nthen", Repair.LINES),
        ("weeks\u2029old", "weeks\n\nold", Repair.LINES),
        ("ﻗﺎﻝ ﺍﻟﺪﻓﺎﻉ ﺍﻷﻭﻝ", "قال الدفاع الأول", Repair.FORMS),
        ("ﮔﻔﺖ ﭘﻞ ﺑﺴﺘﻪ ﺍﺳﺖ", "گفت پل بسته است", Repair.FORMS),
        ("رام ﷲ", "رام الله", Repair.FORMS),
        ("o\ufb03cial \ufb01gures", "official figures", Repair.FORMS),
        ("\ufb2aלום", "ש\u05c1לום", Repair.FORMS),
        ("recon\u00adstruc\u00adtion", "reconstruction", Repair.HIDDEN),
        ("Presi\u200bdent Hi\u2060ll, 1\u200e200", "President Hill, 1200", Repair.HIDDEN),
        ("ب\u200bالفساد", "بالفساد", Repair.HIDDEN),
        ("Auf\u200clage", "Auflage", Repair.HIDDEN),
        ("Le maire, «à l'été»".encode().decode("latin-1"), "Le maire, «à l'été»", Repair.ENCODING),
        ("قال الدفاع المدني".encode().decode("latin-1"), "قال الدفاع المدني", Repair.ENCODING),
        ("Мэр сказал".encode().decode("latin-1"), "Мэр сказал", Repair.ENCODING),
        (
            "قال الوزير، أمس، إن الجسر مغلق".encode("cp1256").decode("cp1252"),
            "قال الوزير، أمس، إن الجسر مغلق",
            Repair.ENCODING,
        ),
        (
            "وزير گفت كه پل از روز شنبه".encode("cp1256").decode("latin-1"),
            "وزير گفت كه پل از روز شنبه",
            Repair.ENCODING,
        ),
    ],
)
def test_what_damaged_a_text_is_undone(given_: str, read: str, repair: Repair) -> None:
    mended = mend(given_, "en")
    assert mended.text == read
    assert mended.repairs == (repair,)
    assert mend(mended.text, "en").text == read


@pytest.mark.parametrize(
    "text",
    [
        SAID,
        "AT&T; R&D &c. &nosuch; & so on",
        "?a=1&notify=2&copy=3",
        "می‌شود و می‌گوید",
        "L'été à Genève, «voilà» — À côté, Ñandú",
        "ÀÉÈ ÇÙÎ ÔÂÛ ÄÖÜ ßÿ",
        "ราคา\u200bน้ำมัน",
        "👩\u200d🚀 क्\u200dष",
        "قال\u200f: نعم",
        "A line\nand another\r\nand a third",
        "﴿آية﴾",
    ],
)
def test_what_only_looks_like_damage_stays(text: str) -> None:
    assert mend(text, "en").text == text
    assert mend(text, "en").repairs == ()


def test_invisible_characters_where_persian_has_its_non_joiner_become_one() -> None:
    assert mend("می\u00adبرد و توانمندی\u200eهای", "fa").text == "می‌برد و توانمندی‌های"


def test_several_damages_are_undone_together_and_told_in_order() -> None:
    mended = mend("The caf&eacute; of North-\nbank\u2028re&shy;opens", "en")
    assert mended.text == "The café of Northbank\nreopens"
    assert mended.repairs == (Repair.ENTITIES, Repair.LINES, Repair.HYPHENS, Repair.HIDDEN)


def test_every_stretch_leads_back_to_what_was_given() -> None:
    text = "A caf&eacute; of North-\nbank\u2029o\u00adpens at &#57;."
    mended = mend(text, "en")
    told = {"café": "caf&eacute;", "Northbank": "North-\nbank", "opens": "o\u00adpens", "9": "&#57;", "at": "at"}
    for read, stands in told.items():
        at = mended.text.index(read)
        span = mended.given(Span(start=at, end=at + len(read)))
        assert text[span.start : span.end] == stands


DAMAGED = st.lists(
    st.sampled_from(
        [
            "&amp;",
            "&",
            "quot;",
            "-\n",
            "a",
            "é",
            "Ã©",
            "\u00ad",
            "\u2028",
            "\u2029",
            "ﻻ",
            "\ufb01",
            " ",
            "9",
            "\u200b",
            "ق",
        ]
    ),
    max_size=40,
).map("".join)


@given(DAMAGED | st.text(max_size=120))
def test_the_way_back_is_in_order_and_inside_the_text(text: str) -> None:
    mended = mend(text, "en")
    places = [mended.given(Span(start=n, end=n + 1)) for n in range(len(mended.text))]
    assert all(0 <= place.start < place.end <= len(text) for place in places)
    assert [place.start for place in places] == sorted(place.start for place in places)
    if not mended.repairs:
        assert mended.text == text
