"""The model as analyst, through the real client, against a loopback endpoint."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime
from itertools import takewhile
from pathlib import Path

import pytest

from agent.analyst.model import ModelAnalyst
from agent.analyst.parts import article_witness, cut_parts
from agent.budget import RunBudget
from agent.config import Settings
from agent.errors import AnalystError
from agent.llm import open_chat
from agent.models import Article, Attribution, Claim, FailureReason, Kind, Passage, SourceType, Span, Stance, Witness
from agent.prompts import Fence
from agent.verify.claims import collect
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
        "event_end": None,
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


async def test_each_part_is_asked_for_its_own_sentences_and_sees_the_opening_and_what_is_near(
    analyst: ModelAnalyst, endpoint: ScriptedEndpoint
) -> None:
    article = ARTICLE.model_copy(update={"text": " ".join(f"Plane number {n} has left." for n in range(1, 31))})
    endpoint.script(json_reply({"claims": []}))
    for part in cut_parts(article, 5):
        await analyst.extract(article, part, UNLIMITED)
    lede, _, third, *_ = asked = [call.user for call in endpoint.chats]
    assert [re.search(r"sentences (\d+ to \d+)\.$", one)[1] for one in asked[:3]] == [  # type: ignore[index]  # there
        "1 to 5", "6 to 10", "11 to 15",
    ]  # fmt: skip
    assert _numbers_in(lede) == list(range(31))
    assert _numbers_in(third) == [0, 1, 2, 3, *range(7, 18)]


async def test_what_all_parts_see_comes_first_in_the_same_characters(
    analyst: ModelAnalyst, endpoint: ScriptedEndpoint
) -> None:
    article = ARTICLE.model_copy(update={"text": " ".join(f"Plane number {n} has left." for n in range(1, 31))})
    endpoint.script(json_reply({"claims": []}))
    for part in cut_parts(article, 5):
        await analyst.extract(article, part, UNLIMITED)
    begun = zip(*(f"{asked.system}\n{asked.user}" for asked in endpoint.chats), strict=False)
    shared = "".join(column[0] for column in takewhile(lambda column: len(set(column)) == 1, begun))
    assert "\n[0] Planes leave\n" in shared
    assert "\n[3] Plane number 3 has left.\n" in shared


def _numbers_in(shown: str) -> list[int]:
    return [int(number) for number in re.findall(r"^\[(\d+)\]", shown, re.MULTILINE)]


async def test_no_claim_rests_on_words_that_the_title_alone_has(
    analyst: ModelAnalyst, endpoint: ScriptedEndpoint
) -> None:
    article = ARTICLE.model_copy(update={"title": "All planes are gone"})
    (part,) = cut_parts(article, 4)
    endpoint.script(json_reply({"claims": [_told(quote="All planes are gone"), _told(quote="planes left")]}))
    drafts = (await analyst.extract(article, part, UNLIMITED)).drafts
    collected = collect(article, [(part, draft) for draft in drafts], 10)
    assert [claim.quote for claim in collected.claims] == ["planes left"]
    assert collected.without_quote == 1


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2016-03-12", "2016-03-15", (date(2016, 3, 12), date(2016, 3, 15))),
        ("2016-03-15", "2016-03-12", (date(2016, 3, 15), None)),
        ("2016-03-15", "2016-03-15", (date(2016, 3, 15), None)),
        (None, "2016-03-15", (date(2016, 3, 15), None)),
        ("2016-03-12", "mid-March", (date(2016, 3, 12), None)),
    ],
)
async def test_an_event_of_several_days_has_a_first_and_a_last_one(
    analyst: ModelAnalyst,
    endpoint: ScriptedEndpoint,
    first: str | None,
    last: str,
    days: tuple[date | None, date | None],
) -> None:
    endpoint.script(json_reply({"claims": [_told(event_date=first, event_end=last)]}))
    (draft,) = (await analyst.extract(ARTICLE, cut_parts(ARTICLE, 4)[0], UNLIMITED)).drafts
    assert (draft.event_date, draft.event_end) == days


async def test_an_unnamed_many_is_a_source_of_its_own(analyst: ModelAnalyst, endpoint: ScriptedEndpoint) -> None:
    endpoint.script(json_reply({"claims": [_told(speaker="residents", source="group")]}))
    (draft,) = (await analyst.extract(ARTICLE, cut_parts(ARTICLE, 4)[0], UNLIMITED)).drafts
    assert draft.attribution.source is SourceType.GROUP


async def test_not_one_thing_but_another_is_two_claims_and_what_is_denied_stands_in_the_quote(
    analyst: ModelAnalyst, endpoint: ScriptedEndpoint
) -> None:
    article = Article(text="قال المتحدث باسم الميناء: نحن لا نغلق الجسر القديم بل نرممه قبل الشتاء.", language="ar")
    (part,) = cut_parts(article, 4)
    spokesman = {"speaker": "المتحدث باسم الميناء", "verb": "قال"}
    denied = _told(quote="نغلق الجسر القديم", text="الميناء لا يغلق الجسر القديم", **spokesman)
    other = _told(quote="نرممه قبل الشتاء", text="الميناء يرمم الجسر القديم قبل الشتاء", kind="forecast", **spokesman)
    endpoint.script(json_reply({"claims": [denied, other]}))
    drafts = (await analyst.extract(article, part, UNLIMITED)).drafts
    claims = collect(article, [(part, draft) for draft in drafts], 10).claims
    assert [claim.quote for claim in claims] == ["لا نغلق الجسر القديم", "نرممه قبل الشتاء"]
    assert [claim.kind for claim in claims] == [Kind.FACT, Kind.FORECAST]
    assert all(f"«{quote}»" in endpoint.chats[0].system for quote in ("لا نغلق الجسر", "نرممه"))


@pytest.mark.parametrize("odd", [{"source": "crowd"}, {"kind": "promise"}])
async def test_a_source_or_kind_that_is_not_known_is_asked_for_once_more(
    analyst: ModelAnalyst, endpoint: ScriptedEndpoint, odd: dict[str, object]
) -> None:
    endpoint.script(
        json_reply({"claims": [_told(**odd)]}), json_reply({"claims": [_told(source="group", kind="forecast")]})
    )
    extraction = await analyst.extract(ARTICLE, cut_parts(ARTICLE, 4)[0], UNLIMITED)
    (draft,) = extraction.drafts
    assert (draft.attribution.source, draft.kind) == (SourceType.GROUP, Kind.FORECAST)
    assert extraction.usage.calls == 2
    assert next(iter(odd)) in endpoint.chats[1].messages[-1].content


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
