"""Whom a report credits, and what it goes back to."""

import pytest

from agent.coverage.origins.agencies import houses
from agent.coverage.origins.cited import cites_outlet_of
from agent.coverage.origins.credits import credited
from agent.coverage.origins.roots import Root, root_of
from agent.models import ANY_AGENCY, Article, Document


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("MOSCOW, March 14 (Reuters) - The ministry said", "reuters"),
        ("موسكو (رويترز) - قالت الوزارة", "reuters"),
        ("بيروت (أ ف ب) - أعلن الميناء", "afp"),
        ("بيروت (أ.ف.ب.) – أعلن الميناء", "afp"),
        ("BEIRUT (AP) — The port", "ap"),
        ("دمشق-سانا أعلنت الوزارة", "sana"),
        ("دمشق – سانا\nأعلنت الوزارة", "sana"),
        ("MOSCOW, March 14. /TASS/. The ministry", "tass"),
        ("Moscow. March 14. INTERFAX.COM - The ministry", "interfax"),
        ("موسكو، 14 مارس - سبوتنيك. أعلنت", "rossiya-segodnya"),
        ("به گزارش خبرگزاری تسنیم، وزیر گفت", "tasnim"),
        ("تهران - ایرنا - وزیر گفت", "irna"),
        ("The quay opens.\n(Reuters)", "reuters"),
        ("The quay opens, he said. (AFP)", "afp"),
        ("يفتح الرصيف.\nالمصدر: الأناضول", "anadolu"),
        ("يفتح الرصيف.\nانتهى/سانا", "sana"),
        ("القاهرة - وكالات: يفتح الرصيف", ANY_AGENCY),
        ("واشنطن - (وكالات) - يفتح", ANY_AGENCY),
        ("By Jane Doe, Reuters\nThe quay", "reuters"),
        ("The quay opens.\n© 2024 Agence France-Presse. All rights reserved.", "afp"),
        (
            "The quay opens.\nCopyright 2024 The Associated Press. All rights reserved. This material may not be"
            " published, broadcast, rewritten or redistributed without permission.",
            "ap",
        ),
        ("Il molo apre.\nRIPRODUZIONE RISERVATA © Copyright ANSA", "ansa"),
        ("The quay opens.\nCopyright © 2024 Reuters Limited", "reuters"),
        ("The quay opens.\n(With inputs from ANI)", "ani"),
        ("The quay opens.\nWith agency inputs from Reuters", "reuters"),
        ("The quay opens.\nThis report by The Canadian Press was first published March 14, 2024.", "canadian-press"),
        ("The quay opens.\nOur Standards: The Thomson Reuters Trust Principles.", "reuters"),
        ("The quay opens.\nReuters contributed to this report.", "reuters"),
        ("The quay opens.\nAssociated Press writers Ada Pilot in Northbank and Ola Strand contributed.", "ap"),
        ("Der Kai ist offen.\ndpa/pdc/sd", "dpa"),
        ("Причал открыт.\nПо материалам Reuters", "reuters"),
    ],
)
def test_a_dateline_a_by_line_and_a_closing_signature_are_credits(text: str, agency: str) -> None:
    assert credited(Document.of(text)) == {agency}


@pytest.mark.parametrize(
    "text",
    [
        "Reuters reporters were attacked in the port.",
        "BEIRUT - Reuters reporters were attacked in the port.",
        "The minister told Reuters that the quay opens.",
        "The Associated Press (AP) said on Monday it would close an office.",
        "قال الوزير لرويترز إن الرصيف سيفتح.",
        "الرباط - ومع ذلك قال الوزير",
        "وكالات الأمم المتحدة تقول إن الميناء مغلق",
        "Aid agencies say the port is shut.",
        "Sana Haddad said the port is shut.",
        "The quay opens.\nThe rights of the film are with Reuters. All rights were sold, and Reuters said so.",
        "The quay opens.\nReuters reporters said that Ada Pilot had contributed a lot! She denied it to the court.",
        "The quay opens.\nThe judge found that the copyright of the picture belongs to Reuters, which sued.",
    ],
)
def test_a_mention_is_no_credit(text: str) -> None:
    assert credited(Document.of(text)) == frozenset()


@pytest.mark.parametrize(
    ("author", "agencies"),
    [
        ("Reuters", {"reuters"}),
        ("By Reuters Staff", {"reuters"}),
        ("Jane Doe, Associated Press", {"ap"}),
        ("رويترز - أ ف ب", {"reuters", "afp"}),
        ("وكالات", {ANY_AGENCY}),
        ("Guardian staff and agencies", {ANY_AGENCY}),
        ("SANA", {"sana"}),
        ("Sana", set()),
        ("Sana Haddad", set()),
    ],
)
def test_an_author_may_be_an_agency(author: str, agencies: set[str]) -> None:
    assert credited(Document.of("The quay opens.", author=author)) == agencies


def _root(text: str = "The quay opens.", **known: str) -> Root | None:
    return root_of(Document.of(text, **known))  # type: ignore[arg-type]  # only texts are given


def test_a_report_goes_back_to_its_agency_else_its_house_else_its_outlet_else_to_nobody() -> None:
    told = [
        _root("MOSCOW (Reuters) - The quay", outlet="The Ledger"),
        _root(outlet="Reuters"),
        _root(url="https://www.reuters.com/world/1"),
        _root(outlet="BBC Arabic"),
        _root(url="https://www.bbc.co.uk/news/1"),
        _root(outlet="The Ledger", url="https://ledger.example/1"),
        _root(outlet="LEDGER"),
        _root(url="https://ledger.example/1"),
        _root(url="https://t.me/somebody/1"),
        _root(),
    ]
    assert [root.id if root else None for root in told] == [
        "agency:reuters",
        "agency:reuters",
        "agency:reuters",
        "family:bbc",
        "family:bbc",
        "outlet:ledger",
        "outlet:ledger",
        "outlet:ledger.example",
        None,
        None,
    ]


def test_an_agency_is_named_as_its_reader_knows_it() -> None:
    document = Document.of("موسكو (رويترز) - يفتح الرصيف")
    names = [root.name for language in ("en", "ar-SY") if (root := root_of(document, language))]
    assert names == ["Reuters", "رويترز"]


def test_a_report_that_names_no_agency_for_certain_may_be_any() -> None:
    both, one, other, none, outlet = (
        root
        for root in (
            _root(author="Reuters / AFP"),
            _root(author="Reuters"),
            _root(author="TASS"),
            _root(author="agencies"),
            _root(outlet="The Ledger"),
        )
        if root
    )
    assert both.may_be(one)
    assert not both.may_be(other)
    assert none.may_be(one)
    assert none.may_be(both)
    assert not none.may_be(outlet)
    assert not one.may_be(outlet)


@pytest.mark.parametrize(
    ("outlet", "text"),
    [
        ("The Daily Gazette", "He told the Daily Gazette that the quay opens."),
        ("The Daily Gazette", "The quay opens, according to a report by the Daily Gazette."),
        ("The Daily Gazette", "The quay opens, the Daily Gazette reported on Monday."),
        ("قناة الجزيرة", "وقال الوزير للجزيرة إن الرصيف سيفتح."),
        ("دفتر الأخبار", 'قال مصدر لـ"دفتر الأخبار" إن الرصيف سيفتح.'),
        ("دفتر الأخبار", "بحسب صحيفة دفتر الأخبار، يفتح الرصيف."),
        ("دفتر الأخبار", "نقلاً عن دفتر الأخبار"),
        ("همشهری", "به گزارش همشهری، اسکله باز می‌شود"),
    ],
)
def test_coverage_that_was_told_by_the_articles_outlet_says_so(outlet: str, text: str) -> None:
    assert cites_outlet_of(Article(text="x", outlet=outlet), text)


@pytest.mark.parametrize(
    ("outlet", "text"),
    [
        ("The Daily Gazette", "The Daily Gazette building burned down."),
        ("The Daily Gazette", "He told the Herald that the quay opens."),
        ("قناة الجزيرة", "قال إن سكان الجزيرة خرجوا."),
        ("دفتر الأخبار", "كتب في دفتر الأخبار القديم."),
        (None, "He told the Daily Gazette that the quay opens."),
    ],
)
def test_an_outlet_that_is_only_mentioned_told_nobody(outlet: str | None, text: str) -> None:
    assert not cites_outlet_of(Article(text="x", outlet=outlet), text)


def test_what_was_told_to_the_articles_agency_was_told_to_the_article() -> None:
    article = Article(text="موسكو (رويترز) - يفتح الرصيف", outlet="The Ledger")
    assert cites_outlet_of(article, "Two officials told Reuters that the quay opens.")


def test_no_two_agencies_sign_alike() -> None:
    signs = [(name, agency.id) for agency in houses().agencies for name in (*agency.names, *agency.marks)]
    assert len(houses().signs) >= len({agency for _, agency in signs})
    assert all(houses().agency_of(name, None) == agency for name, agency in signs), signs
