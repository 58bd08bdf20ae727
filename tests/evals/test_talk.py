"""264 turns as people say them at a desk, on two stored reports: what the chat makes of them without a model."""

from collections import Counter

import pytest

from agent.config import Settings
from agent.messages import load_words
from agent.models import Label
from tests.evals.talk.marking import Mark, conversations, held, report_of
from tests.support.talk import Talk, labels_of, open_talk, quotes_of, tells, text_of

pytestmark = pytest.mark.long


@pytest.mark.parametrize(
    ("half", "turns", "right"),
    [("tune", 60, 57), ("final", 60, 57), ("later", 60, 57), ("fresh", 60, 57), ("unseen", 24, 20)],
)
async def test_turns_are_answered_right_or_told_as_not_understood(
    settings: Settings, half: str, turns: int, right: int
) -> None:
    marked = [one async for one in held(settings, half)]
    counts = Counter(one.mark for one in marked)
    faults = [(one.turn.say, one.faults) for one in marked if one.mark is not Mark.RIGHT]
    assert len(marked) == turns
    assert counts[Mark.WRONG] == 0, faults
    assert counts[Mark.RIGHT] >= right, faults


def test_there_are_264_turns_in_four_languages() -> None:
    counts = Counter(one.language for one in conversations() for _ in one.turns)
    assert counts.total() == 264
    assert set(counts) == {"ar", "en", "fa", "fr"}


async def begin(talk: Talk, settings: Settings, story: str) -> None:
    from agent.storage.reports import open_reports

    with open_reports(settings) as reports:
        reports.save(report_of(story))
    talk.thread = (await talk.chats.begin(run_id=report_of(story).run_id)).id


async def test_what_is_not_so_is_never_taken_for_what_is(settings: Settings) -> None:
    async with open_talk(settings) as talk:
        await begin(talk, settings, "ferry")
        others = await talk.say("which claims aren't corroborated?")
        assert Label.CORROBORATED not in labels_of(others).values()
        assert len(others.claim_ids) == 6
        assert not (await talk.say("who did not deny claim 4?")).answered


async def test_it_after_a_list_is_none_of_before(settings: Settings) -> None:
    async with open_talk(settings) as talk:
        await begin(talk, settings, "ferry")
        await talk.say("why is 3 unsourced?")
        await talk.say("only the contested ones")
        asked = await talk.say("is it quoted exactly?")
        assert (asked.answered, asked.claim_ids) == (False, ())
        second = await talk.say("explain the second one")
        assert second.claim_ids == ("c6",)
        assert tells(second, "counted_in_list")


async def test_a_figure_in_a_question_is_no_number_of_a_claim(settings: Settings) -> None:
    async with open_talk(settings) as talk:
        await begin(talk, settings, "ferry")
        assert (await talk.say("who denies the 6,000 passengers?")).claim_ids == ("c9",)


async def test_what_is_left_of_a_question_is_said(settings: Settings) -> None:
    async with open_talk(settings) as talk:
        await begin(talk, settings, "ferry")
        assert tells(await talk.say("who denied claim 6 yesterday evening?"), "left_aside", words="yesterday")


async def test_a_note_carries_each_claim_with_both_sides_and_other_figures(settings: Settings) -> None:
    async with open_talk(settings) as talk:
        await begin(talk, settings, "withdrawal")
        note = await talk.say("اكتب مذكرة للمكتب")
        told = text_of(note)
        assert all(one.text.split(":")[-1].strip()[:30] in told for one in report_of("withdrawal").claims)
        assert tells(note, "note_against", who="صحيفة النافذة")
        assert tells(note, "note_for", who="نشرة العاصمة")
        assert tells(note, "note_qualifies", who="مجلة القنديل")
        assert tells(note, "note_origins", origins="أصلان")
        assert 'طهران "كانت على علم مسبق بالخطوة"' in quotes_of(note)


async def test_persian_is_understood_and_answered_in_persian(settings: Settings) -> None:
    async with open_talk(settings) as talk:
        await begin(talk, settings, "withdrawal")
        told = await talk.say("لطفاً بگویید چه کسی ادعای دهم را رد کرده است؟")
        assert (told.language, told.claim_ids) == ("fa", ("c10",))
        assert load_words("fa", "chat")("denials_of", number=10, label="مورد اختلاف") in text_of(told)
        assert (await talk.say("خلاصه")).language == "fa"


async def test_a_name_in_capitals_is_no_small_word(settings: Settings) -> None:
    async with open_talk(settings) as talk:
        await begin(talk, settings, "ferry")
        await talk.say("who denies claim 4?")
        assert tells(await talk.say("did the UN say anything about it?"), "no_speaker", words="UN")
