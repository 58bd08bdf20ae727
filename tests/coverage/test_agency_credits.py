"""Whom agencies' items credit in fields of their own, also where who sends them has a name."""

from pathlib import Path

import pytest

from agent.app import open_store
from agent.config import Settings
from agent.coverage.intake.ingest import ingest
from agent.coverage.origins.roots import root_of
from agent.models import Article, Document, Origin
from agent.verify.summaries import origins_known
from tests.coverage.agency_items import GUID, documents, g2_item, newsml, ninjs, read
from tests.support.shelf import QUAY, WITNESS

ARTICLE = Article(text="The second quay is shut.", outlet="Evening Sheet", language="en")


def _root(document: Document) -> str | None:
    root = root_of(document)
    return root.id if root else None


@pytest.mark.parametrize(
    "content",
    [
        "<creditline>Reuters</creditline>",
        "<creditline>REUTERS</creditline>",
        "<creditline>Bay Agency/Reuters</creditline>",
        '<infoSource qcode="is:RTR"><name>Reuters</name></infoSource>',
        '<infoSource role="cRole:origProv" literal="Reuters"/>',
        '<infoSource literal="Bay Agency"/><infoSource><name>Reuters News Agency</name></infoSource>',
        "<by>Ada Pilot, Reuters</by>",
        '<creator literal="Reuters"/>',
    ],
)
def test_a_credit_of_newsml_counts_beside_a_provider_with_a_name(tmp_path: Path, content: str) -> None:
    (document,) = documents(read(tmp_path / "a.xml", newsml(g2_item(content=content))))
    assert (document.outlet, _root(document)) == ("Bay Agency", "agency:reuters")


@pytest.mark.parametrize(
    ("content", "rights"),
    [
        ("<creditline>Bay Agency</creditline>", ""),
        ('<infoSource role="cRole:phot" literal="Reuters"/>', ""),
        ('<infoSource role="cRole:redistributor" literal="Reuters"/>', ""),
        ("<infoSource><name>Ministry of Harbours</name></infoSource>", ""),
        ("<infoSource><name>Ola Strand</name></infoSource>", ""),
        ("", "<copyrightHolder><name>Bay Holding Ltd</name></copyrightHolder>"),
        ("", "<usageTerms>Reuters may not use it.</usageTerms>"),
    ],
)
def test_who_took_the_picture_or_passed_it_on_and_what_is_no_agency_is_not_credited(
    tmp_path: Path, content: str, rights: str
) -> None:
    (document,) = documents(read(tmp_path / "a.xml", newsml(g2_item(content=content, rights=rights))))
    assert _root(document) == "outlet:bay"


@pytest.mark.parametrize(
    ("provider", "rights", "outlet"),
    [
        ('<provider uri="https://www.bay.example/about"/>', "", "bay.example"),
        (
            '<provider uri="https://www.bay.example/about"/>',
            "<copyrightHolder><name>Bay Agency</name></copyrightHolder>",
            "Bay Agency",
        ),
        ('<provider literal="reuters.com"/>', "", "reuters.com"),
        ('<provider qcode="nprov:AP"/>', "", "AP"),
    ],
)
def test_who_sends_an_item_is_its_outlet_and_not_whom_it_credits(
    tmp_path: Path, provider: str, rights: str, outlet: str
) -> None:
    item = g2_item(provider=provider, rights=rights, content='<infoSource literal="AFP"/>')
    (document,) = documents(read(tmp_path / "a.xml", newsml(item)))
    assert (document.outlet, _root(document)) == (outlet, "agency:afp")


@pytest.mark.parametrize("outlet", ["reuters.com", "Reuters", "REUTERS", "Thomson Reuters", "Reuters Ltd."])
def test_an_agency_is_known_by_its_site_and_with_its_company(tmp_path: Path, outlet: str) -> None:
    item = g2_item(provider=f'<provider literal="{outlet}"/>', rights='<copyrightHolder literal="Thomson Reuters"/>')
    (document,) = documents(read(tmp_path / "a.xml", newsml(item)))
    assert (_root(document), document.provenance.credits) == ("agency:reuters", ())


@pytest.mark.parametrize(
    "field",
    [
        {"creditline": "Reuters"},
        {"credit": {"name": "Reuters"}},
        {"source": "Reuters"},
        {"infosource": [{"name": "Bay Agency"}, {"name": "Reuters"}]},
        {"infoSources": [{"name": "Reuters"}]},
        {"copyrightHolder": "Thomson Reuters"},
        {"byline": ["Ada Pilot", "Reuters"]},
        {"by": "Ada Pilot, Reuters"},
    ],
)
def test_a_credit_of_ninjs_counts_beside_a_provider_with_a_name(tmp_path: Path, field: dict[str, object]) -> None:
    (document,) = documents(read(tmp_path / "a.json", ninjs(provider="Bay Agency", **field)))
    assert (document.outlet, _root(document)) == ("Bay Agency", "agency:reuters")


def test_the_distributor_of_a_nitf_text_is_credited(tmp_path: Path) -> None:
    nitf = (
        "<nitf><body><body.head><hedline><hl1>Quay two opens</hl1></hedline><distributor>The Associated Press"
        f"</distributor></body.head><body.content><p>{QUAY}</p></body.content></body></nitf>"
    )
    (within,) = documents(read(tmp_path / "a.xml", newsml(g2_item(f"<inlineXML>{nitf}</inlineXML>"))))
    (alone,) = documents(read(tmp_path / "b.xml", nitf))
    assert [(one.outlet, _root(one)) for one in (within, alone)] == [
        ("Bay Agency", "agency:ap"),
        ("The Associated Press", "agency:ap"),
    ]


def test_an_item_that_credits_reuters_and_a_report_of_reuters_are_one_origin(tmp_path: Path) -> None:
    (item,) = documents(read(tmp_path / "a.xml", newsml(g2_item(content="<creditline>Reuters</creditline>"))))
    (own,) = documents(read(tmp_path / "b.xml", newsml(g2_item(guid="urn:newsml:bay.example:own"))))
    wire = Document.of(f"NORTHBANK, March 14 (Reuters) - {WITNESS}", outlet="Valley Courier")
    origins = [Origin(id=one.id, documents=(one,)) for one in (item, wire, own)]
    assert list(origins_known(ARTICLE, origins).roots.values()) == ["agency:reuters", "agency:reuters", "outlet:bay"]


async def test_the_store_keeps_whom_an_item_credits(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "a.xml").write_text(newsml(g2_item(content="<creditline>Reuters</creditline>")), "utf-8")
    async with open_store(settings) as store:
        await ingest(store, [tmp_path / "a.xml"])
        stored = store.page(GUID)
    assert stored is not None
    assert (stored.provenance.credits, _root(stored)) == (("Reuters",), "agency:reuters")
