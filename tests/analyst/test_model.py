"""The model as analyst, through the real client, against a loopback endpoint."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from agent.analyst import Witness
from agent.analyst.model import ModelAnalyst
from agent.budget import RunBudget
from agent.claims import collect
from agent.config import Settings
from agent.errors import AnalystError
from agent.llm import open_chat
from agent.models import Article, Attribution, Claim, FailureReason, Kind, Passage, SourceType, Span, Stance
from agent.parts import article_witness, cut_parts
from agent.prompts import Fence
from tests.support.endpoint import ScriptedEndpoint, json_reply, run_endpoint

ARTICLE = Article(
    text="The aide said planes left. He denied a retreat. The base stays open. Nobody objected.",
    title="Planes\nleave",
    outlet="Daily Gazette",
    published_at=datetime(2016, 3, 15, tzinfo=UTC),
    language="en",
)
CLAIMS = tuple(
    Claim(
        id=f"c{n}",
        text=text,
        spans=(Span(start=0, end=3),),
        quote="The",
        attribution=Attribution(speaker="the aide", source=SourceType.NAMED),
    )
    for n, text in enumerate(("Planes left.", "It is no retreat."), 1)
)
REPORT = "Engines were heard at dawn. The last plane left at noon."
WITNESS = Witness(
    origin="o1", passages=(Passage(document_id="d1", outlet="Ledger", text=REPORT, start=0, end=len(REPORT)),)
)
UNLIMITED = RunBudget(None)


@pytest.fixture(scope="module")
def served() -> Iterator[ScriptedEndpoint]:
    with run_endpoint() as running:
        yield running


@pytest.fixture
def endpoint(served: ScriptedEndpoint) -> ScriptedEndpoint:
    served.reset()
    return served


@pytest.fixture
async def analyst(endpoint: ScriptedEndpoint, tmp_path: Path) -> AsyncIterator[ModelAnalyst]:
    settings = Settings(data_dir=tmp_path, model="simulated", base_url=endpoint.url, api_key="none")
    async with open_chat(settings, None) as chat:
        yield ModelAnalyst(chat, Fence(b"salt"), embedder="e")


def _told(**changes: object) -> dict[str, object]:
    return {
        "quote": "planes left",
        "text": "Planes left Syria.",
        "speaker": "the aide",
        "role": None,
        "source": "named",
        "verb": "said",
        "kind": "fact",
        "event_date": None,
    } | changes


def _answer(claim: str, **changes: object) -> dict[str, object]:
    return {"claim": claim, "stance": "unrelated", "quote": "", "same_speaker": False} | changes


async def test_what_the_model_extracts_becomes_drafts(analyst: ModelAnalyst, endpoint: ScriptedEndpoint) -> None:
    endpoint.script(json_reply({"claims": [_told(event_date="2016-03-15"), _told(speaker=None, kind="forecast")]}))
    first, second = (await analyst.extract(ARTICLE, cut_parts(ARTICLE, 2)[0], UNLIMITED)).drafts
    assert first.attribution == Attribution(speaker="the aide", source=SourceType.NAMED, verb="said")
    assert first.event_date == date(2016, 3, 15)
    assert (second.attribution.source, second.kind) == (SourceType.OUTLET, Kind.FORECAST)


async def test_a_date_that_is_no_day_is_left_out(analyst: ModelAnalyst, endpoint: ScriptedEndpoint) -> None:
    endpoint.script(json_reply({"claims": [_told(event_date="March 2016")]}))
    (draft,) = (await analyst.extract(ARTICLE, cut_parts(ARTICLE, 4)[0], UNLIMITED)).drafts
    assert draft.event_date is None


async def test_each_part_sees_the_whole_article_first_and_is_asked_for_its_own_sentences(
    analyst: ModelAnalyst, endpoint: ScriptedEndpoint
) -> None:
    endpoint.script(json_reply({"claims": []}))
    for part in cut_parts(ARTICLE, 2):
        await analyst.extract(ARTICLE, part, UNLIMITED)
    one, other = (asked.user for asked in endpoint.chats)
    assert "[4] Nobody objected." in one
    assert (one[-28:].split("sentences ")[1], other[-28:].split("sentences ")[1]) == ("1 to 2.", "3 to 4.")
    shared = one.rpartition("List the claims")[0]
    assert shared == other.rpartition("List the claims")[0]
    assert "title: Planes leave\n" in shared


async def test_the_model_is_shown_no_damage_and_its_quote_is_found_in_the_text_as_given(
    analyst: ModelAnalyst, endpoint: ScriptedEndpoint
) -> None:
    text = "The bridge of North-\nbank is&nbsp;shut.\u2028Buses of the coun\u00adcil do not run."
    article = Article(text=text, language="en")
    (part,) = cut_parts(article, 4)
    witness = article_witness(article, CLAIMS)
    quote = "bridge of Northbank is shut"
    endpoint.script(
        json_reply({"claims": [_told(quote=quote)]}), json_reply({"answers": [_answer("c1"), _answer("c2")]})
    )
    (draft,) = (await analyst.extract(article, part, UNLIMITED)).drafts
    await analyst.judge(article, witness, CLAIMS, UNLIMITED)
    extract, judge = (asked.user for asked in endpoint.chats)
    assert "[1] The bridge of Northbank is shut.\n[2] Buses of the council do not run.\n" in extract
    assert "The bridge of Northbank is\u00a0shut.\nBuses of the council do not run." in judge
    (claim,) = collect(article, [(part, draft)], 10).claims
    assert claim.quote == "bridge of North-\nbank is&nbsp;shut"


async def test_the_model_has_no_tools_and_every_text_from_outside_is_fenced(
    analyst: ModelAnalyst, endpoint: ScriptedEndpoint
) -> None:
    endpoint.script(json_reply({"claims": []}), json_reply({"answers": [_answer("c1"), _answer("c2")]}))
    await analyst.extract(ARTICLE, cut_parts(ARTICLE, 4)[0], UNLIMITED)
    await analyst.judge(ARTICLE, WITNESS, CLAIMS, UNLIMITED)
    for asked in endpoint.chats:
        assert not {"tools", "functions", "tool_choice"} & set(asked.model_extra or {})
        outside = re.sub(r"<(\w+-[0-9a-f]{12})>\n.*?\n</\1>", "", asked.user, flags=re.DOTALL)
        for text in ("planes", "Planes", "Daily Gazette", "Engines", "Ledger", "the aide"):
            assert text not in outside
            assert text not in asked.system


async def test_a_judgement_is_what_the_model_answers(analyst: ModelAnalyst, endpoint: ScriptedEndpoint) -> None:
    supports = _answer("c1", stance="supports", quote="The last plane left", same_speaker=True)
    endpoint.script(json_reply({"answers": [supports, _answer("c2")]}))
    hearing = await analyst.judge(ARTICLE, WITNESS, CLAIMS, UNLIMITED)
    first, second = hearing.judgements
    assert (first.claim_id, first.stance, first.quote) == ("c1", Stance.SUPPORTS, "The last plane left")
    assert first.same_speaker
    assert second.stance is Stance.UNRELATED
    assert hearing.usage.calls == 1


async def test_whom_the_text_has_it_from_is_asked_once_and_of_whom_it_heard_only_for_unnamed_speakers(
    analyst: ModelAnalyst, endpoint: ScriptedEndpoint
) -> None:
    answers = [_answer("c1", own_hearing="We met them"), _answer("c2")]
    endpoint.script(
        json_reply({"taken_from": "The Gazette has learned", "answers": [_answer("c1"), _answer("c2")]}),
        json_reply({"taken_from": "", "answers": answers}),
    )
    unnamed = Attribution(speaker="aides", role="of the palace", source=SourceType.ANONYMOUS)
    nameless = (CLAIMS[0].model_copy(update={"attribution": unnamed}), CLAIMS[1])
    plain = await analyst.judge(ARTICLE, WITNESS, CLAIMS, UNLIMITED)
    heard = await analyst.judge(ARTICLE, WITNESS, nameless, UNLIMITED)
    assert (plain.taken_from, heard.taken_from) == ("The Gazette has learned", "")
    assert [one.own_hearing for one in heard.judgements] == ["We met them", ""]
    for asked, wanted in zip(endpoint.chats, (False, True), strict=True):
        assert ("own_hearing" in json.dumps(asked.response_format)) is wanted
        assert ("own_hearing:" in asked.user) is wanted
    block = endpoint.chats[1].user.rpartition("<claims-")[2]
    assert "Daily Gazette" in block.splitlines()[1]
    assert "aides, of the palace" in block.splitlines()[2]


async def test_an_answer_that_says_nothing_of_where_it_is_from_is_an_answer(
    analyst: ModelAnalyst, endpoint: ScriptedEndpoint
) -> None:
    endpoint.script(json_reply({"answers": [_answer("c1"), _answer("c2")]}))
    assert (await analyst.judge(ARTICLE, WITNESS, CLAIMS, UNLIMITED)).taken_from == ""


async def test_of_its_own_claims_the_article_names_those_that_it_contradicts_and_says_nothing_of_the_others(
    analyst: ModelAnalyst, endpoint: ScriptedEndpoint
) -> None:
    endpoint.script(json_reply({"answers": [_answer("c2", stance="contradicts", quote="The base stays open")]}))
    hearing = await analyst.judge(ARTICLE, article_witness(ARTICLE, CLAIMS), CLAIMS, UNLIMITED)
    stances = {one.claim_id: one.stance for one in hearing.judgements}
    assert stances == {"c1": Stance.UNRELATED, "c2": Stance.CONTRADICTS}
    assert (hearing.usage.calls, hearing.taken_from) == (1, "")
    assert endpoint.chats[0].user.count("Daily Gazette") == 1


async def test_a_claim_left_out_is_asked_for_once_more(analyst: ModelAnalyst, endpoint: ScriptedEndpoint) -> None:
    endpoint.script(json_reply({"answers": [_answer("c1")]}), json_reply({"answers": [_answer("c1"), _answer("c2")]}))
    hearing = await analyst.judge(ARTICLE, WITNESS, CLAIMS, UNLIMITED)
    assert {judgement.claim_id for judgement in hearing.judgements} == {"c1", "c2"}
    assert "c2" in endpoint.chats[1].messages[-1].content
    assert hearing.usage.calls == 2


async def test_a_claim_left_out_twice_is_a_failure(analyst: ModelAnalyst, endpoint: ScriptedEndpoint) -> None:
    endpoint.script(json_reply({"answers": [_answer("c1")]}))
    with pytest.raises(AnalystError) as failed:
        await analyst.judge(ARTICLE, WITNESS, CLAIMS, UNLIMITED)
    assert failed.value.reason is FailureReason.MALFORMED


async def test_the_article_is_heard_as_a_witness_on_its_own_claims(
    analyst: ModelAnalyst, endpoint: ScriptedEndpoint
) -> None:
    endpoint.script(json_reply({"answers": [_answer("c1"), _answer("c2")]}))
    await analyst.judge(ARTICLE, article_witness(ARTICLE, CLAIMS), CLAIMS, UNLIMITED)
    await analyst.judge(ARTICLE, WITNESS, CLAIMS, UNLIMITED)
    own, other = (asked.user for asked in endpoint.chats)
    assert "He denied a retreat." in own
    assert "the very article that the claims are from" in own
    assert "the very article that the claims are from" not in other
