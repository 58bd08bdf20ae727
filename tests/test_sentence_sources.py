"""What two outlets have from one source is told once, claim by claim, whatever else of their own they print."""

from collections.abc import Callable

import pytest

from agent.chain.building import chain_of_claim
from agent.chain.records import ChainBond, ChainRole
from agent.config import Settings
from agent.coverage.origins.roots import Root, outlet_root
from agent.coverage.origins.sentence_source import source_told
from agent.models import Article, Bond, Claim, Dependence, Document, Judgement, Label, Report, Stance, Witness
from agent.verify.auditing.audit import audit
from agent.verify.runs import open_runs
from agent.verify.verifier import Parts, Verifier
from tests.support.scripted import ScriptedAnalyst, ScriptedSearch, draft, origin, says, unrelated

_OUTLETS = ("Bay Sheet", "La Vigie", "The Times", "Sun", "صحيفة المرفأ", "البيان")
_KNOWN = [root for name in _OUTLETS if (root := outlet_root(name, None, "en")) is not None]


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The quay opens, the mayor said, Reuters reported.", "agency:reuters"),
        ("The quay opens, according to the Reuters news agency.", "agency:reuters"),
        ("The quay opens, the mayor told Reuters.", "agency:reuters"),
        ("The quay opens, according to Reuters and AFP.", "agency:afp+reuters"),
        ("The quay opens, state news agency TASS said.", "agency:tass"),
        ("The quay opens, the Bay Sheet reported.", "outlet:bay sheet"),
        ("The quay opens, according to the daily Tide Ledger.", "outlet:tide ledger"),
        ("The quay opens, the newspaper Tide Ledger reported.", "outlet:tide ledger"),
        ("Le quai ouvre, selon l'AFP.", "agency:afp"),
        ("Le quai ouvre, rapporte l'Agence France-Presse.", "agency:afp"),
        ("Le quai ouvre, rapporte La Vigie.", "outlet:la vigie"),
        ("Der Kai öffnet, meldet dpa.", "agency:dpa"),
        ("Reuters'in haberine göre rıhtım açılıyor.", "agency:reuters"),
        ("به گزارش خبرگزاری ایسنا اسکله باز می‌شود.", "agency:isna"),
        ("وفق ما ذكرته وكالة فرانس برس، يفتح الرصيف.", "agency:afp"),
        ("نقلت رويترز عن المحافظ أن الرصيف يفتح.", "agency:reuters"),
        ("قال المحافظ لوكالة فرانس برس إن الرصيف يفتح.", "agency:afp"),
        ("The quay opens, the mayor told Reuters on Monday.", "agency:reuters"),
        ("The quay opens, the mayor was quoted as saying by Reuters.", "agency:reuters"),
        ("The quay opens, the mayor said (Reuters).", "agency:reuters"),
        ("An AFP tally showed that the quay opens.", "agency:afp"),
        ("The state-run TASS news agency said the quay opens.", "agency:tass"),
        ("The United States denied to Reuters that the quay opens.", "agency:reuters"),
        ("The quay opens, the Irish Times reported.", "outlet:irish times"),
        ("The quay opens, the Times reported.", "outlet:times"),
        ("The quay opens, the mayor wrote in the Bay Sheet.", "outlet:bay sheet"),
        ("The quay opens, news agencies reported.", "agency:any"),
        ("The quay opens, according to Reuters and other news agencies.", "agency:reuters"),
        ("The quay opens, the newspaper Haaretz Tuesday reported.", "family:haaretz"),
        ("Le quai ouvre, selon un décompte de l'AFP.", "agency:afp"),
        ("Joint par l'AFP, le maire dit que le quai ouvre.", "agency:afp"),
        ("Le quai ouvre, selon les agences de presse.", "agency:any"),
        ("El muelle abre, confirmaron a Efe fuentes del puerto.", "agency:efe"),
        ("Der Kai öffnet, sagte ein Sprecher der Deutschen Presse-Agentur.", "agency:dpa"),
        ("Nach dpa-Informationen öffnet der Kai.", "agency:dpa"),
        ("Anadolu Ajansı'na konuşan vali rıhtımın açıldığını söyledi.", "agency:anadolu"),
        ("Reuters, rıhtımın açıldığını bildirdi.", "agency:reuters"),
        ("شهردار به خبرنگار ایرنا گفت اسکله باز می‌شود.", "agency:irna"),
        ("قال المحافظ لرويترز إن الرصيف يفتح.", "agency:reuters"),
        ("قال المحافظ للأناضول إن الرصيف يفتح.", "agency:anadolu"),
        ("يفتح الرصيف، وفق (د ب أ).", "agency:dpa"),
        ("يفتح الرصيف (أ ف ب).", "agency:afp"),
        ("أفادت وكالة الأنباء السورية (سانا) بأن الرصيف يفتح.", "agency:sana"),
        ("أبلغ المحافظ وكالة أسوشيتد برس أن الرصيف يفتح.", "agency:ap"),
        ("يفتح الرصيف، بحسب ما نشرته المرفأ.", "outlet:المرفا"),
        ("ذكرت «البيان» أن الرصيف يفتح.", "outlet:البيان"),
        ("وقالت «الميناء اليوم» الصحفية إن الرصيف يفتح.", None),
        ("وقال «سالم»: يفتح الرصيف.", None),
        ("وأفادت «وحدات الميناء» بأن الرصيف يفتح.", None),
        ("قالت صحيفة «الميناء» إن الرصيف يفتح.", "outlet:الميناء"),
        ("به گزارش «بندر»، اسکله باز می‌شود.", "outlet:بندر"),
        ("به نوشته این خبرگزاری، اسکله باز می‌شود.", None),
        ("نقلت وكالة الإعلام الروسية عن المحافظ أن الرصيف يفتح.", "agency:rossiya-segodnya"),
        ("نقلت وكالة الأنباء السورية الرسمية أن الرصيف يفتح.", "agency:sana"),
        ("The quay opens, according to Nigerian news sources.", None),
        ("The mayor rejected a report by Reuters and said the quay opens.", None),
        ("Contrary to what Reuters reported, the quay opens, the mayor said.", None),
        ("Anders als dpa berichtet, öffnet der Kai.", None),
        ("Contrairement à ce qu'a rapporté l'AFP, le quai ouvre.", None),
        ("نفى المحافظ ما نقلته رويترز وقال إن الرصيف يفتح.", None),
        ("The quay opens, Sana said, and her sister laughed.", None),
        ("The mayor told the Times Square Alliance that the quay opens.", None),
        ("The quay opens by the sun, according to the sun dial.", None),
        ("وفق البيان يفتح الرصيف.", None),
        ("قالت المرفأة إن الرصيف يفتح.", None),
        ("The quay opens, according to the mayor.", None),
        ("A Reuters photographer saw the quay.", None),
        ("The quay opens, the mayor told our reporter and Reuters.", None),
        ("The quay opens near the house of the Bay Sheet.", None),
        ("The quay opens.", None),
    ],
)
def test_whose_words_a_sentence_tells(sentence: str, source: str | None) -> None:
    found = source_told(sentence, _KNOWN, "en")
    assert (found and found.id) == source


@pytest.mark.parametrize(
    ("sentence", "credited"),
    [
        ("The quay opens, Reuters reported.", True),
        ("نقلت وكالة الإعلام الروسية عن المحافظ أن الرصيف يفتح.", True),
        ("The quay opens, according to the daily Tide Ledger.", True),
        # Who prints that it is known prints it itself.
        ("The quay opens, the Bay Sheet reported.", False),
    ],
)
def test_a_source_that_only_a_sentence_names_is_a_credited_one(sentence: str, credited: bool) -> None:
    found = source_told(sentence, _KNOWN, "en")
    assert found is not None
    assert found.credited is credited


@pytest.mark.parametrize(("length", "found"), [(2000, True), (2001, False)])
def test_of_a_very_long_sentence_the_first_2000_characters_are_read(length: int, found: bool) -> None:
    told = ", Reuters reported"
    sentence = "The quay opens".ljust(length - len(told), "s") + told
    assert (source_told(sentence, _KNOWN, "en") is not None) is found


@pytest.mark.parametrize(("length", "found"), [(400, True), (401, False)])
def test_who_was_named_before_is_looked_for_in_400_characters(length: int, found: bool) -> None:
    before = "Reuters reported it. " + "and so on ".ljust(length - 21, "n")
    assert (source_told("The agency said the quay opens.", _KNOWN, "en", before) is not None) is found


def test_an_outlet_without_a_name_is_no_source() -> None:
    assert source_told("The quay opens, the mayor said.", [Root(id="document:7", name=None)], "en") is None


@pytest.mark.parametrize(
    ("before", "sentence", "source"),
    [
        ("Reuters spoke to the mayor.", "The agency said the quay opens.", None),
        ("The mayor told Reuters of it.", "The agency said the quay opens.", "agency:reuters"),
        ("The Bay Sheet reported it first.", "The quay opens, the mayor told the paper.", "outlet:bay sheet"),
        ("تحدث المحافظ لوكالة رويترز.", "وأضافت الوكالة أن الرصيف يفتح.", "agency:reuters"),
        ("Le maire s'est confié à La Vigie.", "Le quai ouvre, précise le quotidien.", "outlet:la vigie"),
        ("The mayor told Reuters of it.", "The quay opens.", None),
        ("", "The agency said the quay opens.", None),
    ],
)
def test_the_agency_is_the_one_that_was_named_before(before: str, sentence: str, source: str | None) -> None:
    found = source_told(sentence, _KNOWN, "en", before)
    assert (found and found.id) == source


_OPENS = draft("The quay opens on Monday")


def _article(text: str) -> Article:
    return Article(text=text, outlet="Own Gazette", language="en")


_ARTICLE = _article("The quay opens on Monday.")
_REST = "Fishermen stayed ashore, and the tide took planks as far as the lighthouse."


def _document(outlet: str, told: str) -> Document:
    return Document.of(f"{outlet} went there. {_REST} {told}", outlet=outlet, language="en")


def _supports(witness: Witness, claim: Claim) -> Judgement:
    return unrelated(claim) if witness.is_article else says(claim, Stance.SUPPORTS, "The quay opens on Monday")


async def _verified(
    settings: Settings,
    *documents: Document,
    article: Article = _ARTICLE,
    answer: Callable[[Witness, Claim], Judgement] = _supports,
) -> Report:
    async with open_runs(settings) as runs:
        search = ScriptedSearch([origin(document) for document in documents])
        return await Verifier(Parts(ScriptedAnalyst([_OPENS], answer), search, runs), settings).verify(article)


async def test_two_outlets_with_the_words_of_one_agency_are_one_origin(settings: Settings) -> None:
    told = "The quay opens on Monday, Reuters reported."
    courier = _document("Bay Courier", told)
    mail = _document("Pier Mail", "The mayor says: The quay opens on Monday, according to Reuters.")
    report = await _verified(settings, courier, mail)
    (finding,) = report.claims
    assert finding.label is Label.CORROBORATED
    assert (finding.origins.articles, finding.origins.supporting) == (2, 1)
    (card,) = report.origins
    assert (card.id, card.name, card.independent, card.articles) == ("agency:reuters", "Reuters", True, 2)
    assert {one.outlet: one.why for one in card.tellings} == dict.fromkeys(
        ("Bay Courier", "Pier Mail"), Bond.CREDITS_AGENCY
    )
    assert card.tellings[0].quote == told
    assert audit(report).problems == ()
    chain = chain_of_claim(report, finding)
    assert ("agency:reuters", ChainRole.AGENCY) in {(node.id, node.role) for node in chain.nodes}
    assert {link.target for link in chain.links if link.bond is ChainBond.AGENCY} == {courier.id, mail.id}


async def test_an_outlet_that_only_says_the_name_of_a_source_has_it_from_there_too(settings: Settings) -> None:
    report = await _verified(
        settings,
        _document("Bay Courier", "The quay opens on Monday, according to the daily Tide Ledger."),
        _document("Pier Mail", "The quay opens on Monday, the Tide Ledger reported."),
        _document("Tide Ledger", "The quay opens on Monday."),
        _document("Evening Sheet", "The quay opens on Monday, the mayor said."),
    )
    (finding,) = report.claims
    assert (finding.origins.articles, finding.origins.supporting) == (4, 2)
    assert {card.name for card in report.origins} == {"Tide Ledger", "Evening Sheet"}
    assert audit(report).problems == ()


async def test_two_denials_from_one_agency_are_one(settings: Settings) -> None:
    denial = "The quay does not open on Monday"

    def denies(witness: Witness, claim: Claim) -> Judgement:
        return unrelated(claim) if witness.is_article else says(claim, Stance.CONTRADICTS, denial)

    documents = [_document(name, f"{denial}, Reuters reported.") for name in ("Bay Courier", "Pier Mail")]
    article = _article("The quay opens on Monday, Reuters reported.")
    report = await _verified(settings, *documents, article=article, answer=denies)
    (finding,) = report.claims
    assert (finding.label, finding.origins.contradicting) == (Label.CONTESTED, 1)
    assert audit(report).problems == ()


async def test_what_the_article_has_from_the_same_source_is_no_second_one(settings: Settings) -> None:
    article = _article(f"{_REST} The quay opens on Monday, the daily Tide Ledger reported, and so does the inn.")
    told = _document("Bay Courier", "The quay opens on Monday, according to the daily Tide Ledger.")
    report = await _verified(settings, told, article=article)
    (finding,) = report.claims
    assert finding.label is Label.UNSOURCED
    assert [(item.origin, item.dependence) for item in finding.evidence] == [
        ("outlet:tide ledger", Dependence.ARTICLE)
    ]
    assert [card.independent for card in report.origins] == [False]
    assert audit(report).problems == ()
    # Whoever is named shows by its own words that it says so.
    itself = Document.of(f"{_REST} The quay opens on Monday.", outlet="Tide Ledger", language="en")
    report = await _verified(settings, told, itself, article=article)
    assert (report.claims[0].label, report.claims[0].origins.supporting) == (Label.CORROBORATED, 1)
    assert audit(report).problems == ()


async def test_agencies_without_a_name_are_no_more_than_a_named_one(settings: Settings) -> None:
    report = await _verified(
        settings,
        _document("Bay Courier", "The quay opens on Monday, news agencies reported."),
        _document("Pier Mail", "The quay opens on Monday, Reuters reported."),
    )
    assert report.claims[0].origins.supporting == 1
    assert audit(report).problems == ()


async def test_what_is_had_from_a_copy_of_the_article_is_not_independent(settings: Settings) -> None:
    taken = Document.of(f"The Own Gazette has a story. {_REST} The quay opens on Monday.", outlet="Tide Ledger")
    told = _document("Bay Courier", "The quay opens on Monday, the Tide Ledger reported.")
    report = await _verified(settings, taken, told)
    (finding,) = report.claims
    assert finding.label is Label.UNSOURCED
    assert {item.dependence for item in finding.evidence} == {Dependence.ARTICLE}
    assert audit(report).problems == ()
