"""Files come in any encoding, or are no text at all."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.errors import BadInput, InputFault
from agent.text.decode import decode, storable

ARABIC = "أكد مسؤول في الميناء أن السفن ستبقى في مكانها, وأن الحركة لم تتوقف.\n"
FRENCH = "Le ministère a déclaré que la décision était prête, à l'été prochain.\n"
RUSSIAN = "Президент приказал начать вывод войск из страны сегодня утром.\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ARABIC, "utf-8"),
        (ARABIC, "utf-8-sig"),
        (ARABIC, "utf-16"),
        (ARABIC, "utf-16-le"),
        (ARABIC, "utf-16-be"),
        (ARABIC, "utf-32"),
        (ARABIC, "cp1256"),
        (ARABIC, "iso8859_6"),
        (FRENCH, "cp1252"),
        (FRENCH, "utf-16-le"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "utf-16-be"),
    ],
)
def test_the_encoding_of_a_text_is_found(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n...", "PDF"),
        (b"PK\x03\x04rest", "office document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old office document"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0JFIF", "JPEG"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\x00\x00\x00\x18ftypmp42", "film"),
        (b"SQLite format 3\x00", "SQLite"),
    ],
)
def test_what_is_no_text_is_refused_by_what_it_is(data: bytes, kind: str) -> None:
    with pytest.raises(BadInput, match=kind) as refused:
        decode(data, "story.txt")
    assert "'story.txt'" in str(refused.value)


def test_noise_is_refused() -> None:
    with pytest.raises(BadInput, match=r"'noise\.txt'") as refused:
        decode(random.Random(5).randbytes(4000), "noise.txt")
    assert refused.value.fault is InputFault.NOT_TEXT


def test_a_text_full_of_control_characters_is_refused() -> None:
    with pytest.raises(BadInput, match=r"'a\.txt'") as refused:
        decode(b"\x00\x01\x02" * 50, "a.txt")
    assert refused.value.fault is InputFault.NOT_TEXT


def test_a_mark_that_lies_is_told() -> None:
    with pytest.raises(BadInput, match="utf-16") as refused:
        decode(ARABIC.encode("utf-16")[:-1], "a.txt")
    assert refused.value.fault is InputFault.NOT_TEXT


def test_a_file_cut_off_in_mid_letter_keeps_the_rest() -> None:
    assert decode(ARABIC.strip().encode()[:-2], "a.txt").startswith("أكد مسؤول في الميناء")


def test_one_damaged_byte_does_not_turn_a_text_into_another_encoding() -> None:
    data = ARABIC.encode() + b"\xff" + ARABIC.encode() * 5
    assert decode(data, "a.txt") == f"{ARABIC}\ufffd{ARABIC * 5}"


def test_single_nuls_and_surrogates_are_shown_as_replaced() -> None:
    assert decode(b"one\x00two", "a.txt") == "one\ufffdtwo"
    assert storable("a\ud800b\x00c") == "a\ufffdb\ufffdc"


def test_nothing_is_an_empty_text() -> None:
    assert decode(b"", "a.txt") == ""


LETTERS = st.text(st.characters(categories=("L", "M", "Nd", "Zs", "P")), min_size=1).map(lambda text: f"a{text}")


@given(LETTERS)
def test_every_utf_8_text_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode(), "a.txt") == text


@given(st.binary(max_size=400))
def test_any_bytes_give_a_storable_text_or_a_named_refusal(data: bytes) -> None:
    told = _text_or_refusal(data)
    assert isinstance(told, str) or "'a.bin'" in str(told)
    assert storable(str(told)) == str(told)


def _text_or_refusal(data: bytes) -> str | BadInput:
    try:
        return decode(data, "a.bin")
    except BadInput as err:
        return err


def test_a_large_text_is_read() -> None:
    text = ARABIC * 40_000
    assert decode(text.encode("cp1256"), "big.txt") == text


@pytest.mark.parametrize("mark", ["\x0b", "\x0c", "\x1f", "\x02", "\x85", "\u2028", "\u2029"])
def test_a_text_with_the_line_ends_and_hyphens_of_other_programs_is_a_text(mark: str) -> None:
    text = mark.join(("Bridge closed for six weeks", "Engineers alarmed", "Old pillars", "The old bridge is closed."))
    assert decode(text.encode(), "vt.txt") == text
