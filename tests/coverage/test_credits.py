"""Whom a report credits, and what it goes back to."""

import pytest

from agent.coverage.origins.agencies import bare_name, houses, sign_of
from agent.coverage.origins.cited import (
    cites_outlet_of,
    rests_on_outlet_of,
    retells_outlet_of,
    signs_as_outlet_of,
)
from agent.coverage.origins.credits import Credits, credited, credits_of
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
        ("הנמל נסגר, אמר ראש הנמל. (רויטרס)", "reuters"),
        ("הנמל נסגר.\nמקור: רויטרס", "reuters"),
        ("بندرگاہ بند رہی۔ (روئٹرز)", "reuters"),
        ("新华社北京3月5日电 港口周一关闭。", "xinhua"),
        ("来源：新华社\n港口周一关闭。", "xinhua"),
        ("港口周一关闭。（来源：路透社）", "reuters"),
        ("港は閉鎖された。（ロイター）", "reuters"),
        ("[ロンドン 5日 ロイター] - 港は閉鎖された。", "reuters"),
        ("항구가 폐쇄됐다. (로이터)", "reuters"),
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
        "新华社记者在港口遭到袭击。",
        "港口发言人告诉路透社，港口周一关闭。",
        "דובר הנמל אמר לרויטרס שהנמל ייפתח.",
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
        ("Reuters and agencies", {"reuters"}),
        ("Reuters, AFP and agencies", {"reuters", "afp"}),
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


@pytest.mark.parametrize(
    ("outlet", "agency"),
    [
        ("Reuters", "reuters"),
        ("afp", "afp"),
        ("www.reuters.com", "reuters"),
        ("A guide to www.reuters.com", None),
        ("agencies", None),
        ("وكالات", None),
        ("The Ledger", None),
        (None, None),
    ],
)
def test_an_outlet_is_an_agency_by_its_name_or_its_site_and_never_any_agency(
    outlet: str | None, agency: str | None
) -> None:
    assert houses().agency_of(outlet, None) == agency


def test_a_host_stands_under_a_house_and_not_beside_it() -> None:
    known = houses()
    family = next(one for one in known.families if one.hosts)
    under, beside = f"news.{family.hosts[0]}", f"not{family.hosts[0]}"
    assert known.family_of(None, under) == known.family_of(None, family.hosts[0]) == family
    assert known.family_of(None, beside) is None
    assert known.family_of(None, None) is None
    agency = next(one for one in known.agencies if one.hosts)
    assert known.agency_of(None, f"www.{agency.hosts[0]}") == agency.id
    assert known.is_shared(f"somebody.{known.shared.hosts[0]}")
    assert not known.is_shared(beside)


def test_an_agency_is_found_by_its_id() -> None:
    found = houses().agency("afp")
    assert found is not None
    assert (found.id, found.name) == ("afp", "AFP")
    assert houses().agency("no-such-agency") is None


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("DPA", "DPA"),
        ("dpa", "dpa"),
        ("DpA", None),
        ("ap", None),
        ("Sana", None),
        ("Reuters Ltd.", "reuters"),
        ("", None),
    ],
)
def test_a_mark_of_capitals_stands_for_no_word_in_small_letters(name: str, key: str | None) -> None:
    assert sign_of(name) == key


def test_a_name_is_compared_without_its_house_words_and_never_without_all_of_it() -> None:
    assert [bare_name(name) for name in ("The Ledger", "صحيفة الدفتر", "Bay Press Agency", "The")] == [
        "ledger", "الدفتر", "bay", "the"
    ]  # fmt: skip


FILLER = ["Something stands here."]


@pytest.mark.parametrize("dateline", ["MOSCOW, March 14. /TASS/. The ministry", "غزة /تاس/ أعلن"])
def test_one_of_the_first_three_lines_is_a_dateline(dateline: str) -> None:
    for before, agencies in ((0, {"tass"}), (2, {"tass"}), (3, set())):
        assert credited(Document.of("\n".join([*FILLER * before, dateline, *FILLER * 40]))) == agencies, before


def test_one_of_the_last_two_lines_is_a_signature() -> None:
    for after, agencies in ((0, {"reuters"}), (1, {"reuters"}), (2, set())):
        assert credited(Document.of("\n".join([*FILLER * 40, "(Reuters)", *FILLER * after]))) == agencies, after


@pytest.mark.parametrize(("before", "agencies"), [(216, {"tass"}), (217, set())])
def test_a_dateline_ends_within_240_characters(before: int, agencies: set[str]) -> None:
    told = ["a" * before, "MOSCOW, March 14. /TASS/. The ministry", *FILLER * 40]
    assert credited(Document.of("\n".join(told))) == agencies


@pytest.mark.parametrize(("after", "agencies"), [(251, {"reuters"}), (252, set())])
def test_a_signature_begins_within_260_characters_of_the_end(after: int, agencies: set[str]) -> None:
    assert credited(Document.of("\n".join([*FILLER * 40, "(Reuters)", "a" * after]))) == agencies


@pytest.mark.parametrize(("before", "agencies"), [(495, {"afp"}), (496, set())])
def test_a_by_line_is_read_as_far_as_500_characters(before: int, agencies: set[str]) -> None:
    assert credited(Document.of("The quay opens.", author=f"{'a' * before}, AFP")) == agencies


@pytest.mark.parametrize(
    ("author", "credits"),
    [
        ("Jane Doe via Harbour Post", Credits(outlets=("Harbour Post",))),
        ("Jane Doe, BBC News", Credits(outlets=("BBC News",))),
        ("Jane Doe", Credits()),
        ("Reuters", Credits(agencies=frozenset({"reuters"}))),
        ("Jane Doe via Reuters", Credits(agencies=frozenset({"reuters"}))),
    ],
)
def test_a_by_line_tells_outlets_apart_from_agencies_and_from_people(author: str, credits: Credits) -> None:
    assert credits_of(Document.of("The quay opens.", author=author)) == credits


def test_who_is_named_as_the_source_is_credited_unless_the_report_has_something_of_its_own() -> None:
    rest = "the quay opens on Monday in the old harbour of the town, and more ships come."
    post = credits_of(Document.of(f"According to the Harbour Post, {rest}"))
    assert (post.outlets, post.hints, post.agencies) == (("Harbour Post",), ("Harbour Post",), frozenset())
    reuters = credits_of(Document.of(f"According to Reuters, {rest}"))
    assert (reuters.outlets, reuters.hints, set(reuters.agencies)) == ((), (), {"reuters"})
    own = Document.of(f"According to the Harbour Post, {rest} The pilot told our reporter so.")
    assert credits_of(own).outlets == ()


@pytest.mark.parametrize(
    ("outlet", "text", "cites"),
    [
        ("HP", "He told HP that the quay opens.", True),
        ("X", "He told X that the quay opens.", False),
        ("Bay Press Agency", "Bay Press Agency reported on Monday that the quay opens.", True),
        ("Bay Press Agency", "Ray Press Agency reported on Monday that the quay opens.", False),
    ],
)
def test_an_outlet_is_cited_by_its_whole_name_and_by_no_single_letter(outlet: str, text: str, cites: bool) -> None:
    assert cites_outlet_of(Article(text="x", outlet=outlet), text) is cites


@pytest.mark.parametrize(("before", "cites"), [(49_984, True), (49_985, False)])
def test_a_citation_is_looked_for_in_50000_characters(before: int, cites: bool) -> None:
    text = f"{'a' * before} told the Ledger"
    assert (len(text) <= 50_000) is cites
    assert cites_outlet_of(Article(text="x", outlet="Ledger"), text) is cites


REST = "the quay opens on Monday in the old harbour of the town, and more ships come."


@pytest.mark.parametrize(
    ("outlet", "text", "signs"),
    [
        ("Harbour Post", f"According to the Harbour Post, {REST}", True),
        ("Harbour Post", f"According to the Harbour Post and the Bay Sheet, {REST}", True),
        ("La Vigie australe", "يفتح الرصيف يوم الاثنين.\n(لا فيجي أوسترال)", True),
        ("Le Quai", "يفتح الرصيف يوم الاثنين.\n(لا فيجي أوسترال)", False),
        ("Evening Sheet", f"According to the Harbour Post, {REST}", False),
        (None, f"According to the Harbour Post, {REST}", False),
        ("Harbour Post", REST, False),
    ],
)
def test_who_signs_with_the_name_of_the_articles_outlet(outlet: str | None, text: str, signs: bool) -> None:
    assert signs_as_outlet_of(Article(text="x", outlet=outlet), Document.of(text)) is signs


@pytest.mark.parametrize(
    ("outlet", "text", "retells"),
    [
        ("Harbour Post", "Harbour Post leads on the quay, which opens on Monday.", True),
        ("Harbour Post", "The Harbour Post gives its front page to the quay.", True),
        ("Harbour Post", "Monday's papers.\n\nHarbour Post: the quay opens.", True),
        ("Harbour Post", "The harbour post office opens on Monday.", False),
        ("Harbour Post", "The quay opens on Monday. Harbour Post vans drove there.", False),
        ("Vigie australe", "تنقل «فيجي أوسترال» عن الصيادين أن الرصيف يفتح.", True),
        ("Vigie australe", "وتنقل صحيفة «فيجي أوسترال» أن الرصيف يفتح.", True),
        ("Vadi Gazetesi", "تنقل «وادي غازيتسي» عن الصيادين أن الرصيف يفتح.", True),
        ("خط شهر", "Khatt-e Shahr leads on the quay.", True),
        ("خط شهر", "Khalij Times leads on the quay.", False),
        # What has no capitals has to stand in quotes, and so has a single word.
        ("ساحل البحر", "ساحل البحر مزدحم بالسفن.", False),
        ("ساحل البحر", "تقول «ساحل البحر» إن الرصيف مزدحم.", True),
        ("Ledger", "Ledger books were found on the quay.", False),
        ("Ledger", "In «Ledger» one reads that the quay opens.", True),
        (None, "Harbour Post leads on the quay.", False),
    ],
)
def test_a_paragraph_that_begins_with_the_articles_outlet_retells_it(
    outlet: str | None, text: str, retells: bool
) -> None:
    article = Article(text="x", outlet=outlet)
    assert retells_outlet_of(article, text) is retells
    assert rests_on_outlet_of(article, Document.of(text)) is retells


@pytest.mark.parametrize(
    "text",
    ["Harbour Post leads on the quay.", f"According to the Harbour Post, {REST}", "He told the Harbour Post so."],
)
def test_in_whichever_way_a_text_names_the_articles_outlet_as_its_source_it_rests_on_it(text: str) -> None:
    assert rests_on_outlet_of(Article(text="x", outlet="Harbour Post"), Document.of(text))


NOTE = "First published in French by Le Quai."


@pytest.mark.parametrize(("length", "outlets"), [(700, ("Le Quai",)), (701, ())])
def test_a_note_stands_within_700_characters_of_the_end(length: int, outlets: tuple[str, ...]) -> None:
    closing = f". {NOTE}\n"
    text = f"{'b ' * 800}end{closing}{'a' * (length - len(closing))}"
    assert credits_of(Document.of(text)).outlets == outlets


@pytest.mark.parametrize(("length", "outlets"), [(700, ("Le Quai",)), (701, ())])
def test_a_text_of_700_characters_is_read_whole_and_of_a_longer_one_no_sentence_that_is_cut(
    length: int, outlets: tuple[str, ...]
) -> None:
    start = "First published in French by Le Quai on 12 March "
    assert credits_of(Document.of(start + "a" * (length - len(start)))).outlets == outlets
