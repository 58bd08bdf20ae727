"""Which roots may be one, and what a credit in another script is."""

import pytest

from agent.coverage.origins.roots import Root, credits_another, reconciled, root_of
from agent.models import ANY_AGENCY, Document

LATIN = Root(id="outlet:suhail", name="Suhail")
ARABIC = Root(id="outlet:سهيل", name="سهيل", credited=True)
AGENCY = Root(id="agency:suhail", name="Suhail", agencies=frozenset({"suhail"}), credited=True)
ANY = Root(id="agency:any", name="agencies", agencies=frozenset({ANY_AGENCY}))


def _credited(root: Root, credited: bool = True) -> Root:
    return root.model_copy(update={"credited": credited})


@pytest.mark.parametrize(
    ("one", "other", "may_be"),
    [
        (LATIN, LATIN, True),
        (LATIN, ARABIC, True),
        (_credited(LATIN), ARABIC, True),
        (_credited(LATIN), _credited(ARABIC, False), True),
        (LATIN, _credited(ARABIC, False), False),
        (ARABIC, Root(id="outlet:quai", name="Le Quai"), False),
        (ARABIC, Root(id="outlet:suhail", name=None), False),
        (Root(id="outlet:سهيل2", name=None, credited=True), LATIN, False),
        (AGENCY, ARABIC, False),
        (AGENCY, LATIN, False),
        (AGENCY, Root(id="agency:سهيل", name="سهيل", agencies=frozenset({"other"})), False),
        (ANY, AGENCY, True),
        (ANY, ANY, True),
        (ANY, ARABIC, False),
    ],
)
def test_two_roots_may_be_one(one: Root, other: Root, may_be: bool) -> None:
    assert one.may_be(other) is may_be
    assert other.may_be(one) is may_be


def test_a_root_without_credit_and_of_the_same_id_may_be_one_whatever_its_name() -> None:
    assert Root(id="outlet:a", name="A").may_be(Root(id="outlet:a", name="B"))
    assert Root(id="outlet:a", name=None).may_be(Root(id="outlet:a", name=None))


def test_a_credit_is_the_outlet_that_its_name_is_in_another_script() -> None:
    roots = {"o1": ARABIC, "o2": LATIN, "o3": AGENCY, "o4": Root(id="outlet:quai", name="Le Quai", credited=True)}
    assert {key: root.id for key, root in reconciled(roots).items()} == {
        "o1": "outlet:suhail", "o2": "outlet:suhail", "o3": "agency:suhail", "o4": "outlet:quai"
    }  # fmt: skip


def test_what_stands_in_a_place_of_its_own_is_moved_nowhere() -> None:
    own = _credited(ARABIC, False)
    assert reconciled({"o1": own, "o2": LATIN}) == {"o1": own, "o2": LATIN}
    assert reconciled({"o1": own, "o2": _credited(LATIN)}) == {"o1": own, "o2": own}
    # The same outlet once in its own place and once credited: the report in its own place stays.
    assert reconciled({"o1": own, "o2": ARABIC, "o3": LATIN})["o1"] == own


def test_of_two_that_are_only_credited_the_one_in_latin_letters_stands_for_the_other() -> None:
    latin = _credited(LATIN)
    for roots in ({"o1": latin, "o2": ARABIC}, {"o2": ARABIC, "o1": latin}):
        assert reconciled(roots) == {"o1": latin, "o2": latin}
    alone = {"o1": ARABIC}
    assert reconciled(alone) == alone


def test_letters_decide_which_of_two_credits_stands_for_the_other_before_their_ids_do() -> None:
    latin = Root(id="z:suhail", name="Suhail", credited=True)
    assert latin.id > ARABIC.id
    assert reconciled({"o1": latin, "o2": ARABIC}) == {"o1": latin, "o2": latin}


def test_an_agency_that_may_be_another_stays_what_its_report_says() -> None:
    both = Root(id="agency:afp+suhail", name="AFP / Suhail", agencies=frozenset({"afp", "suhail"}), credited=True)
    assert both.may_be(AGENCY)
    assert reconciled({"o1": AGENCY, "o2": both}) == {"o1": AGENCY, "o2": both}
    placed = both.model_copy(update={"credited": False})
    assert reconciled({"o1": AGENCY, "o2": placed}) == {"o1": AGENCY, "o2": placed}


def test_an_outlet_in_its_own_place_comes_before_one_that_is_only_credited() -> None:
    place = Root(id="outlet:suhayl", name="Suhayl")
    near = _credited(LATIN)
    assert place.may_be(ARABIC)
    assert reconciled({"o1": ARABIC, "o2": near, "o3": place})["o1"] == place


def test_of_several_outlets_the_one_that_is_written_most_like_it_is_meant() -> None:
    near, far = Root(id="outlet:marfa", name="Marfa"), Root(id="outlet:merifo", name="Merifo")
    arabic = Root(id="outlet:مرفا", name="مرفا", credited=True)
    assert arabic.may_be(near)
    assert arabic.may_be(far)
    for roots in ({"a": near, "b": far, "c": arabic}, {"b": far, "a": near, "c": arabic}):
        assert reconciled(roots)["c"] == near


def test_an_outlet_without_a_name_is_nobodys_other_name() -> None:
    nameless = Root(id="outlet:x", name=None, credited=True)
    assert reconciled({"a": nameless, "b": LATIN}) == {"a": nameless, "b": LATIN}


@pytest.mark.parametrize(
    ("text", "known", "credits"),
    [
        ("MOSCOW (Reuters) - The quay", {"outlet": "The Ledger"}, True),
        ("MOSCOW (Reuters) - The quay", {"outlet": "Reuters"}, False),
        ("MOSCOW (Reuters) - The quay", {}, True),
        ("PORT TOWN (Bay Press) - The quay", {"outlet": "The Ledger"}, True),
        ("PORT TOWN (Bay Press) - The quay", {}, True),
        ("The quay opens.", {"outlet": "The Ledger"}, False),
        ("The quay opens.", {"outlet": "The Ledger", "author": "Reuters"}, True),
        ("The quay opens.", {"outlet": "Reuters"}, False),
        ("The quay opens.", {}, False),
    ],
)
def test_a_report_credits_another_than_the_place_it_stands_in(
    text: str, known: dict[str, str], credits: bool
) -> None:
    assert credits_another(Document.of(text, **known)) is credits  # type: ignore[arg-type]  # only texts are given


@pytest.mark.parametrize(
    ("text", "known", "root"),
    [
        ("The quay opens.", {"outlet": "BBC Arabic"}, ("family:bbc", True, False)),
        ("The quay opens.", {"outlet": "The Ledger"}, ("outlet:ledger", False, False)),
        ("The quay opens.", {"outlet": "Reuters"}, ("agency:reuters", False, False)),
        ("MOSCOW (Reuters) - The quay", {}, ("agency:reuters", False, True)),
        ("PORT TOWN (Bay Press) - The quay", {}, ("outlet:bay press", False, True)),
        (
            "The quay opens.",
            {"outlet": "\u200f", "url": "https://ledger.example/1"},
            ("outlet:ledger.example", False, False),
        ),
    ],
)
def test_a_root_says_whether_it_is_a_house_and_whether_it_is_credited(
    text: str, known: dict[str, str], root: tuple[str, bool, bool]
) -> None:
    found = root_of(Document.of(text, **known))  # type: ignore[arg-type]  # only texts are given
    assert found is not None
    assert (found.id, found.family, found.credited) == root


def _at(outlet: str | None, url: str | None) -> Root:
    root = root_of(Document.of("The quay opens.", outlet=outlet, url=url))
    assert root is not None
    return root


@pytest.mark.parametrize(
    ("outlet", "url", "moved"),
    [
        ("Bay Courier Online", "https://www.baycourier.example/b", True),
        (None, "https://news.baycourier.example/b", True),
        ("Bay Courier Sport", "https://m.sport.baycourier.example/b", True),
        ("Bay Courier Online", "https://oldbaycourier.example/b", False),
        ("Bay Courier Online", None, False),
        ("Pier Mail", "https://piermail.example/b", False),
    ],
)
def test_what_stands_at_the_site_of_an_outlet_is_that_outlets(
    outlet: str | None, url: str | None, moved: bool
) -> None:
    own, other = _at("Bay Courier", "https://baycourier.example/a"), _at(outlet, url)
    assert reconciled({"o1": own, "o2": other}) == {"o1": own, "o2": own if moved else other}
    assert reconciled({"o2": other, "o1": own}) == {"o1": own, "o2": own if moved else other}


def test_a_page_that_takes_the_name_of_an_outlet_elsewhere_joins_no_two_others() -> None:
    courier, mail = _at("Bay Courier", "https://baycourier.example/a"), _at("Pier Mail", "https://piermail.example/a")
    false = _at("Pier Mail", "https://baycourier.example/b")
    found = reconciled({"o1": courier, "o2": mail, "o3": false})
    assert [found[key].id for key in ("o1", "o2", "o3")] == [courier.id, mail.id, mail.id]


def test_where_anybody_publishes_nobody_is_of_one_site() -> None:
    one, other = _at("Bay Courier", "https://medium.com/a"), _at("Pier Mail", "https://medium.com/b")
    assert reconciled({"o1": one, "o2": other}) == {"o1": one, "o2": other}
