"""Every language says everything, with the same places to fill in, in the plurals and the type of its own."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest
from babel import Locale

from agent.messages import direction_of, fallback_text, languages, load_words, spoken_for
from agent.messages.catalogue import ENGLISH, sections

ROOT = Path(__file__).parents[2]
PLURAL = re.compile(r"^(.*)\.(zero|one|two|few|many|other)$")
PLACE = re.compile(r"\{(\w+)\}")
# What is said to those who speak none of these languages is said once, beside English.
EVERYWHERE = sections(ENGLISH).keys() - {"strangers"}


def messages(language: str) -> dict[str, str]:
    return {f"{name}/{key}": text for name in EVERYWHERE for key, text in sections(language)[name].items()}


def singular(language: str) -> dict[str, str]:
    return {key: text for key, text in messages(language).items() if not PLURAL.match(key)}


def nouns(language: str) -> dict[str, set[str]]:
    forms: dict[str, set[str]] = {}
    for found in filter(None, map(PLURAL.match, messages(language))):
        forms.setdefault(found[1], set()).add(found[2])
    return forms


def test_there_are_four_languages() -> None:
    assert languages() == ("ar", "en", "fa", "fr")


@pytest.mark.parametrize("language", languages())
def test_every_language_says_everything(language: str) -> None:
    assert set(sections(language)) - {"strangers"} == set(EVERYWHERE)
    assert singular(language).keys() == singular(ENGLISH).keys()
    assert nouns(language).keys() == nouns(ENGLISH).keys()
    assert all(messages(language).values())


def test_nothing_is_said_that_nobody_says() -> None:
    """A key stands in the code or a template, or is put together there from what stands before a dot."""
    sources = [path for path in (ROOT / "agent").rglob("*") if path.suffix in (".py", ".j2", ".js")]
    code = "\n".join(path.read_text("utf-8") for path in sources)
    named = set(re.findall(r"[\"'`]([a-z_]+(?:\.[a-z_0-9-]+)*)[\"'`.]", code))
    built = set(re.findall(r"([a-z_]+(?:\.[a-z_]+)*)\.(?:\{|[\"'] *[~+])", code))
    # Those of `reasons` are named by the notes of a finding.
    told = {(PLURAL.sub(r"\1", key)).partition("/") for key in messages(ENGLISH) if not key.startswith("reasons/")}
    heads = {key: {key.rsplit(".", end)[0] for end in range(1, key.count(".") + 1)} for _, _, key in told}
    assert sorted(key for key, before in heads.items() if key not in named and not before & built) == []


@pytest.mark.parametrize("language", languages())
def test_every_language_has_the_same_places_to_fill_in(language: str) -> None:
    mine, english = singular(language), singular(ENGLISH)
    differing = {key for key in english if set(PLACE.findall(mine[key])) != set(PLACE.findall(english[key]))}
    assert differing == set()


@pytest.mark.parametrize("language", languages())
def test_every_noun_has_the_plurals_that_the_numbers_of_its_language_ask_for(language: str) -> None:
    asked = {Locale.parse(language).plural_form(number) for number in range(1001)}
    assert {noun: asked - forms for noun, forms in nouns(language).items() if asked - forms} == {}
    assert {noun: forms - asked for noun, forms in nouns(language).items() if forms - asked} == {}


@pytest.mark.parametrize("language", languages())
def test_no_section_says_a_message_of_reports_otherwise(language: str) -> None:
    known = sections(language)
    assert [key for name in EVERYWHERE - {"report"} for key in known[name].keys() & known["report"].keys()] == []


def test_french_is_set_as_french_is() -> None:
    wrong = {
        key: text
        for key, text in messages("fr").items()
        if re.search(r"[^\s/] [;:?!»]|« |[a-zé]'[a-zé]|\S[;?!»](?<![\u202f\u00a0].)", text) and "telling" not in key
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("language", "number", "told"),
    [
        ("ar-SY", 0, "لا أصول"),
        ("ar", 1, "أصل واحد"),
        ("ar", 2, "أصلان"),
        ("ar", 7, "7 أصول"),
        ("ar", 12, "12 أصلاً"),
        ("ar", 100, "100 أصل"),
        ("ar", 1003, "1,003 أصول"),
        ("en", 0, "0 origins"),
        ("en", 1, "1 origin"),
        ("en", 1021, "1,021 origins"),
        ("fr", 0, "0 origine"),
        ("fr-CA", 2, "2 origines"),
        ("fr", 1021, "1\u202f021 origines"),
    ],
)
def test_nouns_are_counted_as_the_language_counts(language: str, number: int, told: str) -> None:
    assert load_words(language).count("origins", number) == told


def test_numbers_dates_and_quotations_are_those_of_the_language() -> None:
    french, english = load_words("fr"), load_words("en")
    assert (french.number(1234.5, 2), english.number(1234.5, 2)) == ("1\u202f234,50", "1,234.50")
    assert (french.date(date(2024, 5, 1)), english.date(date(2024, 5, 1))) == ("1er mai 2024", "1 May 2024")
    assert french.date(date(2024, 5, 21)) == "21 mai 2024"
    assert (french.quoted("{a}"), english.quoted("{a}")) == ("«\u00a0{a}\u00a0»", "«{a}»")


def test_who_speaks_another_language_is_spoken_to_in_english() -> None:
    assert [spoken_for(code) for code in ("fr-CH", "AR", "de", "und", "")] == ["fr", "ar", "en", "en", "en"]
    assert "{languages}" in fallback_text("ur") != fallback_text("de") == fallback_text("en")


def test_a_message_that_is_not_there_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        load_words("fr")("chat.send")
    assert load_words("fr", "web")("chat.send")


def test_languages_have_directions() -> None:
    assert [direction_of(code) for code in ("ar", "fa-IR", "he", "en", "und")] == ["rtl", "rtl", "rtl", "ltr", "auto"]
    assert {code: load_words(code).direction for code in languages()} == {
        code: direction_of(code) for code in languages()
    }


def test_no_door_knows_a_language_by_its_name_alone() -> None:
    """So that a further language is one file."""
    for folder in ("agent/messages", "agent/doors", "agent/chat"):
        for path in (ROOT / folder).rglob("*.py"):
            named = {
                node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant)
            }
            assert "fr" not in named, path
