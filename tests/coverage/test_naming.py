"""What a name in a credit means: an agency, an outlet, or nobody that publishes; and where it ends."""

import pytest

from agent.coverage.origins.naming import is_wire, named, names_at, names_in, signs_news


@pytest.mark.parametrize(
    ("told", "name", "agency", "evident"),
    [
        ("Reuters", "Reuters", "reuters", True),
        ("British Reuters", "Reuters", "reuters", True),
        ("reuters.com", "reuters.com", "reuters", True),
        ("ledger.example", "ledger.example", None, True),
        ("Le Quai", "Le Quai", None, False),
        ("the newspaper Le Quai", "Le Quai", None, True),
        ("the Arabic service of Bay News", "Bay News", None, True),
        ("newspaper", "newspaper", None, False),
        ("Daily Quay", "Daily Quay", None, True),
        ("daily Quay", "Quay", None, True),
        ("Daily", "Daily", None, False),
        ("the British newspaper the daily magazine Le Quai", "magazine Le Quai", None, True),
        ("The Guardian gazetesi", "Guardian", None, True),
        ("El Pais gazetesi", "El Pais", None, True),
        ("British The Guardian", "The Guardian", None, True),
        ("British Guardian", "Guardian", None, True),
        ("British Sheet", "British Sheet", None, False),
        ("Sheet British", "Sheet British", None, False),
        ("لوموند الفرنسية", "لوموند", None, True),
        ("بندر الفرنسية", "بندر", None, False),
        ("Bay News Agency", "Bay News Agency", None, True),
        ("Bay Agency", "Bay Agency", None, False),
        ("Environment Sheet", "Environment Sheet", None, False),
        ("Harbour Post", "Harbour Post", None, True),
        ("ab", "ab", None, False),
        ("A" * 60, "A" * 60, None, False),
        ("Aa Bb Cc Dd Ee Ff Gg", "Aa Bb Cc Dd Ee Ff Gg", None, False),
    ],
)
def test_whom_a_name_means(told: str, name: str, agency: str | None, evident: bool) -> None:
    one = named(told)
    assert one is not None
    assert (one.name, one.agency, one.evident) == (name, agency, evident)


@pytest.mark.parametrize(
    "told",
    [
        "", "x", "A" * 61, "Aa Bb Cc Dd Ee Ff Gg Hh", "12 34", "220 Harbours 2017", "our reporter", "our reporter 12",
        "our reporter a", "in English", "Environment Agency", "Ministry of Health", "الفرنسية",
    ],
)  # fmt: skip
def test_what_is_the_name_of_nobody_that_publishes(told: str) -> None:
    assert named(told) is None


def test_an_agency_and_a_house_are_known_and_an_outlet_that_only_has_a_name_is_not() -> None:
    known = {told: one.is_known for told in ("Reuters", "The Guardian", "Le Quai") if (one := named(told))}
    assert known == {"Reuters": True, "The Guardian": True, "Le Quai": False}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Reuters, Le Quai (AFP)", ["Reuters", "Le Quai", "AFP"]),
        ("Le Quai, familiar with the matter, Reuters", ["Le Quai"]),
        ("Le Quai (in English), Reuters", ["Le Quai", "Reuters"]),
        ("taz, Le Quai", ["taz", "Le Quai"]),
        ("harbour post", ["harbour post"]),
        ("AFP Factuel", ["AFP"]),
        ("AFP Ministry", []),
    ],
)
def test_names_are_read_up_to_what_is_none(text: str, names: list[str]) -> None:
    assert [one.name for one in names_in(text)] == names


@pytest.mark.parametrize(
    ("text", "names", "rest"),
    [
        ('"Le Quai" on Monday', ["Le Quai"], " on Monday"),
        ('"Le Quai" French on Monday', ["Le Quai"], " on Monday"),
        ('the newspaper "Quay talk" on Monday', ["Quay talk"], " on Monday"),
        (": Le Quai on Monday", ["Le Quai"], " on Monday"),
        ("Reuters on Monday", ["Reuters"], " on Monday"),
        ("Bay News Agency on the environment", ["Bay News Agency"], " on the environment"),
        ("harbourpost.example on Monday", ["harbourpost.example"], " on Monday"),
        ("newspaper Le Quai on Monday", ["Le Quai"], " on Monday"),
    ],
)
def test_a_name_at_the_beginning_and_what_stands_behind_it(text: str, names: list[str], rest: str) -> None:
    found = names_at(text)
    assert found is not None
    assert ([one.name for one in found.names], found.rest) == (names, rest)


@pytest.mark.parametrize("text", ["123", "the Environment Agency on Monday", '"x" on Monday'])
def test_nobody_is_named_at_the_beginning(text: str) -> None:
    assert names_at(text) is None


@pytest.mark.parametrize(
    ("name", "wire"),
    [
        ("Bay News Agency", True),
        ("Bay Wire", True),
        ("Harbour Post", False),
        ("Environment News Agency", False),
        (f"{'A' * 60} News Agency", False),
    ],
)
def test_a_name_that_nobody_knows_says_that_it_is_an_agencys(name: str, wire: bool) -> None:
    assert is_wire(name) is wire


@pytest.mark.parametrize(
    ("name", "signs"),
    [("Reuters", True), ("The Guardian", True), ("Bay News Agency", True), ("Harbour Post", False), ("", False)],
)
def test_who_signs_news(name: str, signs: bool) -> None:
    assert signs_news(name) is signs
