"""Hyphens at line ends: a broken word is one word, a word with a hyphen keeps it."""

import pytest

from agent.text import mend


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("The old bridge of North-\nbank", "The old bridge of Northbank"),
        ("on Tues-\nday they recon-\nstruct it", "on Tuesday they reconstruct it"),
        ("they dis-  \r\n  covered cracks", "they discovered cracks"),
        ("the coun\u00ad\ncil, the spokes\u00ac\nman, the may\u2010\nor", "the council, the spokesman, the mayor"),
        ("the gov\ufffe\nernment and its min\x02\nister", "the government and its minister"),
        ("the town of Gumus-\ndere", "the town of Gumusdere"),
        ("they dis- covered cracks", "they discovered cracks"),
        ("the north-\neastern road", "the northeastern road"),
    ],
)
def test_a_broken_word_is_joined(given: str, read: str) -> None:
    assert mend(given, "en").text == read


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("a state-\nowned bank", "a state-owned bank"),
        ("the US-\nbacked forces", "the US-backed forces"),
        ("the Franco-\nGerman bank", "the Franco-German bank"),
        ("said Salwa al-\nMihdar", "said Salwa al-Mihdar"),
        ("COVID-\n19 and F-\n16", "COVID-19 and F-16"),
        ("two-\nand three-year plans", "two- and three-year plans"),
        ("a wait-and-\nsee policy", "a wait-and-see policy"),
        ("the well\u2011\nknown man", "the well\u2011known man"),
        ("a bright-\nred car. The bright-red car", "a bright-red car. The bright-red car"),
        ("pre- and post-war", "pre- and post-war"),
        ("It closed -\nthe mayor said", "It closed -\nthe mayor said"),
        ("cycles\u00ad and more", "cycles\u00ad and more"),
    ],
)
def test_a_hyphen_that_belongs_to_the_word_stays(given: str, read: str) -> None:
    assert mend(given, "en").text == read


@pytest.mark.parametrize(
    ("language", "given", "read"),
    [
        ("de", "Der Bundes-\nkanzler und die Ein-\nund Ausfuhr", "Der Bundeskanzler und die Ein- und Ausfuhr"),
        (
            "fr",
            "Le gouver-\nnement part, dit-\nil, c'est-à-\ndire demain",
            "Le gouvernement part, dit-il, c'est-à-dire demain",
        ),
        ("es", "El gobier-\nno de Villa-\nnueva", "El gobierno de Villanueva"),
        ("tr", "Yeşilçay köp-\nrüsü kapandı", "Yeşilçay köprüsü kapandı"),
        ("ru", "Мэр зая-\nвил об этом", "Мэр заявил об этом"),
        ("xx", "unbe-\nkannt", "unbekannt"),
        ("ar", "القوات الجوية-\nالفضائية", "القوات الجوية-الفضائية"),
    ],
)
def test_so_it_is_in_other_languages(language: str, given: str, read: str) -> None:
    assert mend(given, language).text == read
