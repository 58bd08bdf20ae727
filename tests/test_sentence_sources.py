"""What two outlets have from one source is told once, claim by claim, whatever else of their own they print."""

import pytest

from agent.chain.building import chain_of_claim
from agent.chain.records import ChainBond, ChainRole
from agent.config import Settings
from agent.coverage.origins.roots import outlet_root
from agent.coverage.origins.sentence_source import source_told
from agent.models import Article, Bond, Claim, Dependence, Document, Judgement, Label, Report, Stance, Witness
from agent.verify.auditing.audit import audit
from agent.verify.runs import open_runs
from agent.verify.verifier import Parts, Verifier
from tests.support.scripted import ScriptedAnalyst, ScriptedSearch, draft, origin, says, unrelated

_KNOWN = [root for name in ("Bay Sheet", "La Vigie") if (root := outlet_root(name, None, "en")) is not None]


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
_ARTICLE = Article(text="The quay opens on Monday.", outlet="Own Gazette", language="en")
_REST = "Fishermen stayed ashore, and the tide took planks as far as the lighthouse."


def _document(outlet: str, told: str) -> Document:
    return Document.of(f"{outlet} went there. {_REST} {told}", outlet=outlet, language="en")


def _supports(witness: Witness, claim: Claim) -> Judgement:
    return unrelated(claim) if witness.is_article else says(claim, Stance.SUPPORTS, "The quay opens on Monday")


async def _verified(settings: Settings, *documents: Document) -> Report:
    async with open_runs(settings) as runs:
        search = ScriptedSearch([origin(document) for document in documents])
        return await Verifier(Parts(ScriptedAnalyst([_OPENS], _supports), search, runs), settings).verify(_ARTICLE)


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


async def test_what_is_had_from_a_copy_of_the_article_is_not_independent(settings: Settings) -> None:
    taken = Document.of(f"The Own Gazette has a story. {_REST} The quay opens on Monday.", outlet="Tide Ledger")
    told = _document("Bay Courier", "The quay opens on Monday, the Tide Ledger reported.")
    report = await _verified(settings, taken, told)
    (finding,) = report.claims
    assert finding.label is Label.UNSOURCED
    assert {item.dependence for item in finding.evidence} == {Dependence.ARTICLE}
    assert audit(report).problems == ()
