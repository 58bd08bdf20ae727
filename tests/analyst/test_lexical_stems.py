"""An Arabic word and the same with its article, "and", "by" or "to" written onto it have one stem."""

import pytest

from agent.analyst.lexical.stems import stem
from agent.text import fold


@pytest.mark.parametrize(
    ("bare", "written"),
    [
        ("وقود", "الوقود"),
        ("قوات", "بالقوات"),
        ("وزير", "الوزير"),
        ("لجنة", "اللجنة"),
        ("لجنة", "للجنة"),
        ("ولاية", "الولاية"),
        ("ولاية", "للولاية"),
        ("فلسطين", "وفلسطين"),
        ("كتاب", "بالكتاب"),
        ("شركة", "لشركة"),
        ("وكالة", "والوكالة"),
        ("وباء", "الوباء"),
    ],
)
def test_a_word_is_not_parted_from_its_article(bare: str, written: str) -> None:
    assert stem(fold(bare), "ar") == stem(fold(written), "ar")
