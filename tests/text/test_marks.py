"""What is cut out of a quotation has both of its marks."""

import pytest

from agent.text.marks import balanced


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("لا نغادر سوريا»", "«لا نغادر سوريا»"),
        ("«القوات ستبقى", "«القوات ستبقى»"),
        ("We are not leaving”", "“We are not leaving”"),
        ("“We are not leaving, the minister said", "“We are not leaving, the minister said”"),
        ('We are not leaving"', '"We are not leaving"'),
        ('"We are not leaving, the minister said', '"We are not leaving, the minister said"'),
        ('The minister said: "We stay', 'The minister said: "We stay"'),
        ("„Wir bleiben", "„Wir bleiben”"),
    ],
)
def test_the_missing_mark_is_added(cut: str, whole: str) -> None:
    assert balanced(cut) == whole


@pytest.mark.parametrize(
    "whole",
    [
        "«لا نغادر سوريا»",
        "The mayor said “no” and “never”.",
        'A 27" screen was stolen.',
        "»Vi bliver«, sagde hun.",
        "„Wir bleiben“, sagte sie.",
        "The dog's tail",
    ],
)
def test_what_is_whole_or_no_quotation_stays_as_it_is(whole: str) -> None:
    assert balanced(whole) == whole
