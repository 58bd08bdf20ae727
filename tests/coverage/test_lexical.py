"""The words of passages: found in every script, whatever the query holds, and gone when they are taken out."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from agent.config import Settings
from agent.coverage.index.database import open_database
from agent.coverage.index.lexical import Lexical, TermQuery, shares_of
from tests.support.shelf import DENIAL, ORANGES, QUAY, WITNESS

SMALL = Path(__file__).parents[2] / "evals" / "small" / "retrieval"
TEXTS = {
    "quay": QUAY,
    "denial": DENIAL,
    "witness": WITNESS,
    "oranges": ORANGES,
    "arabic": "أعلنت إدارة الميناء إعادة فتح الرصيف الثاني يوم الاثنين",
    "chinese": "港务局星期一宣布第二码头将重新开放",
    "japanese": "港湾局は月曜日に第二埠頭を再開すると発表した",
    "thai": "ท่าเรือที่สองจะเปิดอีกครั้งในวันจันทร์",
    "russian": "Управление порта сообщило об открытии второго причала",
}


@pytest.fixture
def lexical(places: Settings) -> Iterator[Lexical]:
    with open_database(places) as database:
        opened = Lexical(database)
        opened.write(TEXTS)
        yield opened


def _first(lexical: Lexical, text: str) -> str | None:
    found = lexical.query(text, 5)
    return found[0].key if found else None


def test_what_takes_the_number_of_a_text_that_left_is_told_as_itself(lexical: Lexical) -> None:
    lexical.write({"late": "Lemons are sold at the crossing."})
    assert _first(lexical, "lemons") == "late"
    lexical.remove(["late"])
    lexical.write({"later": "Lemons are dear at the crossing."})
    assert _first(lexical, "lemons") == "later"


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ("a tug at the mole", "witness"),
        ("strawberry buyers", "oranges"),
        ("فتحت الادارة الأرصفة", "arabic"),
        ("第二码头开放", "chinese"),
        ("第二埠頭の再開", "japanese"),
        ("ท่าเรือ", "thai"),
        ("причалы порта", "russian"),
    ],
)
def test_a_text_is_found_by_words_of_its_script_however_they_are_inflected(
    lexical: Lexical, asked: str, key: str
) -> None:
    assert _first(lexical, asked) == key


def test_the_share_tells_how_much_of_the_rarity_of_the_words_a_text_holds(lexical: Lexical) -> None:
    (best, *_) = lexical.query("tug mole captains", 5)
    assert (best.key, best.share) == ("witness", 1.0)
    some = ["witness", "oranges", "not there"]
    asked, known = TermQuery("tug zeppelin"), TermQuery("tug mole captains")
    terms, told = lexical.terms_of(some, asked.stems | known.stems), lexical.told(some)
    assert asked.share_of(told["witness"].split()) == pytest.approx(0.5, abs=0.05)
    assert asked.share_of(told["oranges"].split()) == 0.0
    assert terms.keys() == told.keys() == {"witness", "oranges"}
    assert all(asked.share_of(terms[key]) == asked.share_of(told[key].split()) for key in terms)
    shares = shares_of([asked, known], [terms["witness"], terms["oranges"]])
    assert shares.tolist() == [[one.share_of(terms[key]) for one in (asked, known)] for key in ("witness", "oranges")]


def test_several_texts_asked_together_find_what_each_finds_alone(lexical: Lexical) -> None:
    asked = ["tug mole captains", "zzyzx", "oranges", "", "tug"]
    together = lexical.ranked(asked, 5)
    assert together == [lexical.ranked([one], 5)[0] for one in asked]
    assert [bool(one) for one in together] == [True, False, True, False, True]


@pytest.mark.parametrize(
    "hostile",
    [
        '" OR "oranges',
        "terms: tug",
        "NEAR(tug mole, 2)",
        "tug*",
        "^tug",
        "-tug",
        "tug\x00mole",
        "{terms}: tug AND",
        "'",
    ],
)
def test_what_a_claim_says_is_never_syntax(lexical: Lexical, hostile: str) -> None:
    keys = {match.key for match in lexical.query(hostile, 5)}
    assert keys <= {"witness", "oranges"}
    assert ("witness" in keys) == ("tug" in hostile)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200))
def test_any_text_can_be_written_asked_for_and_taken_out(lexical: Lexical, text: str) -> None:
    lexical.write({"any": text})
    found = {match.key: match.share for match in lexical.query(text, 20)}
    assert found.get("any", 1.0) == pytest.approx(1.0)
    lexical.remove(["any"])
    assert "any" not in {match.key for match in lexical.query(text, 20)}


def test_a_very_long_text_is_asked_for_by_its_rarest_words(lexical: Lexical) -> None:
    assert _first(lexical, "the of and " * 5000 + " tug mole") == "witness"


def test_what_is_written_twice_stands_once_and_the_first_stays(lexical: Lexical) -> None:
    lexical.write({"quay": ORANGES})
    assert lexical.count() == len(TEXTS)
    assert _first(lexical, "strawberries") == "oranges"


def test_an_emptied_leg_finds_nothing_and_can_be_filled_again(lexical: Lexical) -> None:
    lexical.clear()
    assert lexical.query("tug", 5) == []
    lexical.write(TEXTS)
    assert _first(lexical, "tug") == "witness"


def test_what_a_failed_transaction_wrote_is_not_there(places: Settings) -> None:
    with open_database(places) as database:
        lexical = Lexical(database)
        with suppress(KeyError), database.writing():
            lexical.write(TEXTS)
            raise KeyError("killed in between")
        assert (lexical.count(), lexical.query("tug", 5)) == (0, [])


def _come_and_go(lexical: Lexical) -> None:
    for turn in range(5):
        lexical.write({f"{key}{turn}": f"{text} Edition {turn}." for key, text in TEXTS.items()})
        lexical.remove([f"{key}{turn}" for key in list(TEXTS)[::2]])


def test_both_databases_give_the_same_figures_while_texts_come_and_go(settings: Settings, shared: Settings) -> None:
    with open_database(settings) as file, open_database(shared) as server:
        legs = Lexical(file), Lexical(server)
        for leg in legs:
            leg.write(TEXTS)
            _come_and_go(leg)
        assert legs[0].count() == legs[1].count()
        for asked in (*TEXTS.values(), "Edition 3", "the second quay", "nothing of the kind"):
            one, other = (leg.query(asked, 10) for leg in legs)
            assert [match.key for match in one] == [match.key for match in other]
            assert [match.score for match in one] == pytest.approx([match.score for match in other], rel=1e-12)
            assert [match.share for match in one] == [match.share for match in other]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_both_databases_rank_the_small_sets_alike(settings: Settings, shared: Settings, language: str) -> None:
    folder = SMALL / f"small_{language}"
    corpus = [json.loads(line) for line in (folder / "corpus.jsonl").read_text("utf-8").splitlines()]
    queries = [json.loads(line)["text"] for line in (folder / "queries.jsonl").read_text("utf-8").splitlines()]
    with open_database(settings) as file, open_database(shared) as server:
        legs = Lexical(file), Lexical(server)
        for leg in legs:
            leg.write({one["id"]: one["text"] for one in corpus})
        for asked in queries:
            one, other = (leg.query(asked, 24) for leg in legs)
            assert [match.key for match in one] == [match.key for match in other]
            assert [match.score for match in one] == pytest.approx([match.score for match in other], rel=1e-12)


def test_nothing_is_left_on_a_server_of_texts_that_were_taken_out(shared: Settings) -> None:
    with open_database(shared) as database:
        lexical = Lexical(database)
        lexical.write(TEXTS)
        lexical.remove(TEXTS)
        for table in ("texts", "vocabulary", "postings"):
            assert database.number(f"SELECT count(*) FROM {table}") == 0
        assert database.number("SELECT texts + words FROM totals") == 0


def test_a_number_is_found_in_whatever_digits_and_signs_it_is_written(lexical: Lexical) -> None:
    lexical.write(
        {"whole": "ارتفع المنسوب ٤٫٤ أمتار", "parts": "Four of 4 and 40 rose", "other": "The level was 4.5"}
    )
    found = lexical.query("by 4.4", 5)
    assert found[0].key == "whole"
    shares = {match.key: match.share for match in found}
    assert shares["whole"] > max(share for key, share in shares.items() if key != "whole")
