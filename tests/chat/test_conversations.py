"""What fact-checkers say and what they are told, on the real stores, with the built-in analyst."""

import json
import re

from agent.app import open_store
from agent.chat.records import ChainShown
from agent.config import Settings
from agent.messages import load_words
from agent.models import Label
from tests.support.talk import (
    ARTICLE,
    corrections_of,
    example_coverage,
    labels_of,
    open_talk,
    quotes_of,
    tells,
    text_of,
)

LEAVING = "نحن لا نغادر سوريا، وما يجري هو سحب ما زاد على حاجتنا"


async def test_a_fact_checker_asks_in_english_about_an_arabic_article(newsroom: Settings) -> None:
    async with open_talk(newsroom) as talk:
        summary = await talk.say(ARTICLE)
        assert next(event.event.type for event in talk.progress) == "run_started"
        assert "run_finished" not in {event.event.type for event in talk.progress}
        assert len(summary.claim_ids) == 16
        assert all(one.citations for one in summary.statements if one.claim_id)

        why = await talk.say("Why is «نحن لا نغادر سوريا» contested?")
        assert why.language == "en"
        assert text_of(why).startswith("Claim 5 is contested.")
        assert quotes_of(why)[0] == LEAVING
        assert any("الجزء الأكبر من القوات الروسية سيبدأ الانسحاب" in quote for quote in quotes_of(why))
        assert {c.number for one in why.statements for c in one.citations} == {5}

        original = await talk.say("show the Arabic original")
        assert quotes_of(original) == [LEAVING]
        start = ARTICLE.index(LEAVING)
        assert f"characters {start} to {start + len(LEAVING)}" in text_of(original)

        earliest = await talk.say("who is the earliest source of 1?")
        assert "وكالة مرساة" in text_of(earliest)
        assert "14 March 2016, 20:10 UTC" in text_of(earliest)
        assert "The article bears no date" in text_of(earliest)

        nameless = await talk.say("which claims rest on anonymous sources?")
        assert nameless.claim_ids == ("c9", "c10", "c11", "c12", "c16")
        contested = await talk.say("only the contested ones")
        assert set(labels_of(contested).values()) == {Label.CONTESTED}
        assert contested.claim_ids == ("c5", "c10")


async def test_a_fact_checker_asks_in_arabic(newsroom: Settings) -> None:
    async with open_talk(newsroom) as talk:
        summary = await talk.say(ARTICLE)
        assert summary.language == "ar"
        assert "16 قولاً" in text_of(summary)
        why = await talk.say("لماذا الرقم ٥ متنازع عليه؟")
        assert text_of(why).startswith("القول 5 متنازَع فيه.")
        assert quotes_of(why)[0] == LEAVING
        earliest = await talk.say("من أول مصدر للقول ١؟")
        assert "وكالة مرساة" in text_of(earliest)
        assert (await talk.say("فقط المتنازع فيها")).claim_ids == ("c5", "c10")
        assert (await talk.say("أيّ الأقوال يستند إلى مصادر مجهولة؟")).claim_ids[0] == "c9"
        assert quotes_of(await talk.say("أرني النص الأصلي للقول الخامس")) == [LEAVING]
        note = await talk.say("اكتب مذكرة للمكتب")
        assert note.language == "ar"
        assert quotes_of(note)[0] == LEAVING
        mixed = await talk.say("why هو رقم ٥ متنازع؟")
        assert mixed.claim_ids == ("c5",)


async def test_the_chain_of_a_claim_is_told_and_every_line_is_cited(newsroom: Settings) -> None:
    async with open_talk(newsroom) as talk:
        await talk.say(f"/verify 2016-03-15 دفتر الأخبار\n{ARTICLE}")
        assert [one.title[:11] for one in await talk.chats.threads()] == ["أعلن الرئيس"]
        told = await talk.say("show the chain of 5")
        assert told.claim_ids == ("c5",)
        assert told.chains == (ChainShown(number=5),)
        lines = [re.sub("[\u2066-\u2069]", "", one.text) for one in told.statements]
        at = lines.index("Contradicts:")
        assert "وكالة مرساة · 14 March 2016" in lines[at:]
        assert "→ بوابة الجسر · 14 March 2016 · copy" in lines[at:]
        cited = [one for one in told.statements if "·" in one.text]
        assert all(one.citations for one in cited)
        assert {citation.number for one in cited for citation in one.citations} == {5}
        # Whoever speaks elsewhere is shown with their own words, and the article with its own.
        words = {
            line: [cite.quote for cite in one.citations] for line, one in zip(lines, told.statements, strict=True)
        }
        (other,) = words["فلاديمير بوتين · named source"]
        assert other.startswith("الجزء الأكبر من القوات الروسية")
        itself = next(one for line, one in zip(lines, told.statements, strict=True) if "this article" in line)
        assert [(cite.quote, cite.passage.document_id) for cite in itself.citations] == [(LEAVING, "article")]

        again = await talk.say("who told whom?")
        assert again.chains == (ChainShown(number=5),)
        whole = await talk.say("أرني سلسلة المقال كله")
        assert (whole.language, whole.chains) == ("ar", (ChainShown(),))
        assert any("← " in one.text for one in whole.statements)


async def test_an_article_with_its_day_knows_what_came_before_it(newsroom: Settings) -> None:
    async with open_talk(newsroom) as talk:
        await talk.say(f"/verify 2016-03-15 دفتر الأخبار\n{ARTICLE}")
        earliest = await talk.say("who is the earliest source of 1?")
        assert tells(earliest, "earliest", number=1, day="14 March 2016, 20:10 UTC (before the article)")
        assert tells(earliest, "earliest_article", day="15 March 2016")


async def test_a_question_in_front_of_an_article_is_no_part_of_it_and_is_answered(newsroom: Settings) -> None:
    async with open_talk(newsroom) as talk:
        told = await talk.say(f"which claims rest on anonymous sources?\n{ARTICLE}")
        assert len(labels_of(told)) == 16
        assert tells(told, "some_of", count=load_words(told.language, "chat").count("claims", 5), all=16)
        start = ARTICLE.index(LEAVING)
        assert f"{start}" in text_of(await talk.say("/original 5"))


async def test_every_sentence_of_a_note_about_the_news_is_cited(newsroom: Settings) -> None:
    async with open_talk(newsroom) as talk:
        await talk.say(ARTICLE)
        note = await talk.say("draft a note to the desk")
        assert len({one.claim_id for one in note.statements if one.claim_id}) == 16
        assert tells(note, "note_head_untitled")
        assert [bool(one.citations) for one in note.statements].count(False) == 2


async def test_a_statement_is_checked_and_that_then_means_it(newsroom: Settings) -> None:
    async with open_talk(newsroom) as talk:
        await talk.say(ARTICLE)
        checked = await talk.say("check this sentence: A first group of Russian warplanes left Hmeimim on Tuesday.")
        assert labels_of(checked)["c1"] is Label.CORROBORATED
        question = await talk.asked("that label is wrong: it is another base")
        assert tells(question, "ask_correct", number=1, label=Label.UNSOURCED, given=Label.CORROBORATED)
        await talk.decide(question, yes=True)
        (kept,) = corrections_of(newsroom)
        assert kept.run_id == checked.run_id
        assert (await talk.say("/why 5")).run_id != checked.run_id


async def test_a_correction_is_asked_about_kept_once_and_shown_beside_the_label(newsroom: Settings) -> None:
    async with open_talk(newsroom) as talk:
        await talk.say(ARTICLE)
        await talk.say("why is 5 contested?")
        question = await talk.asked("that label is wrong: it is a translation slip")
        assert tells(question, "ask_correct", number=5, label=Label.UNSOURCED, given=Label.CONTESTED)
        assert corrections_of(newsroom) == []
        assert tells(await talk.say("yes"), "corrected_now", number=5)
        assert tells(await talk.decide(question, yes=True), "nothing_waits")
        (kept,) = corrections_of(newsroom)
        assert (kept.claim_id, kept.label, kept.reason, kept.who) == (
            "c5", Label.UNSOURCED, "it is a translation slip", "R. Reader",
        )  # fmt: skip
        why = await talk.say("/why 5")
        assert labels_of(why)["c5"] is Label.CONTESTED
        assert tells(why, "corrected_by", label=Label.UNSOURCED, given=Label.CONTESTED, reason=kept.reason)


async def test_a_no_changes_nothing_and_another_question_withdraws_the_first(newsroom: Settings) -> None:
    async with open_talk(newsroom) as talk:
        await talk.say(ARTICLE)
        question = await talk.asked("/correct 5 unsourced a slip")
        assert tells(await talk.say("no"), "declined")
        again = await talk.asked("/صحح 5 مؤيد خطأ")
        await talk.say("/claims contested")
        assert (await talk.chats.transcript(talk.thread)).question is None
        assert tells(await talk.decide(again, yes=True), "nothing_waits")
        assert tells(await talk.decide(question, yes=True), "nothing_waits")
        assert corrections_of(newsroom) == []


async def test_what_a_correction_lacks_is_asked_for(newsroom: Settings) -> None:
    async with open_talk(newsroom) as talk:
        assert tells(await talk.say("/correct 1 unsourced slip"), "no_report")
        await talk.say(ARTICLE)
        assert tells(await talk.say("that label is wrong: a slip"), "which_claim", command="correct")
        assert tells(await talk.say("/correct 7 because I say so"), "which_label", number=7)
        assert tells(await talk.say("/correct 7 contested"), "why_wrong", number=7, label="contested")
        assert tells(await talk.say("/correct 99 contested slip"), "no_claim", number=99, count=16)


async def test_what_neither_report_nor_coverage_answers_is_told_with_what_to_search(newsroom: Settings) -> None:
    async with open_talk(newsroom) as talk:
        await talk.say(ARTICLE)
        answer = await talk.say("what is the price of wheat futures in Chicago?")
        assert tells(answer, "not_answered")
        assert quotes_of(answer) == []
        told = await talk.say("how many sorties were flown from Hmeimim air base?")
        assert quotes_of(told)
        assert tells(told, "ask_answer")


async def test_a_search_shows_passages_to_the_letter(newsroom: Settings) -> None:
    async with open_talk(newsroom) as talk:
        found = await talk.say("search coverage for first group of warplanes left Hmeimim")
        cited = [one for statement in found.statements for one in statement.citations]
        assert cited[0].passage.outlet == "Northquay Times"
        assert all(one.quote in one.passage.text and one.run_id is None for one in cited)
        assert tells(await talk.say("/search zzqx"), "found_near")


async def test_without_a_report_and_without_sense_it_says_what_can_be_said(newsroom: Settings) -> None:
    async with open_talk(newsroom) as talk:
        assert tells(await talk.say("why is 3 contested?"), "no_report")
        assert tells(await talk.say("/wyh 3"), "did_you_mean", name="why")
        unclear = await talk.say("good morning")
        assert tells(unclear, "unclear")
        assert tells(unclear, "needs_model")
        assert "/correct" in text_of(await talk.say("ماذا يمكنني أن أقول؟ مساعدة"))


async def test_files_to_take_away(newsroom: Settings) -> None:
    async with open_talk(newsroom) as talk:
        summary = await talk.say(ARTICLE)
        (report,) = (await talk.say("export as json")).exports
        assert json.loads(report.content)["run_id"] == summary.run_id
        for form in ("md", "html", "jsonld"):
            (one,) = (await talk.say(f"/export {form}")).exports
            assert one.name.endswith(f".{form}")
        (thread,) = (await talk.say("/export thread")).exports
        assert json.loads(thread.content)[0]["said"] == ARTICLE


async def test_a_thread_begins_with_a_report_that_is_there(newsroom: Settings) -> None:
    async with open_talk(newsroom) as talk:
        summary = await talk.say(ARTICLE)
        card = await talk.chats.begin(run_id=summary.run_id)
        talk.thread = card.id
        assert card.run_id == summary.run_id
        assert (await talk.say("/claims contested")).claim_ids == ("c5", "c10")


async def test_coverage_that_came_later_changes_what_is_told(newsroom: Settings) -> None:
    denial = next(one for one in example_coverage() if one.outlet == "صحيفة النافذة")
    async with open_store(newsroom) as store:
        await store.remove([denial.id])
    async with open_talk(newsroom) as talk:
        assert labels_of(await talk.say(ARTICLE))["c10"] is Label.UNSOURCED
        same = await talk.say("check 10 again")
        assert tells(same, "rechecked_same")
        assert not tells(same, "rechecked_changed")
        thread = talk.thread
    async with open_store(newsroom) as store:
        await store.add([denial])
    async with open_talk(newsroom) as talk:
        talk.thread = thread
        told = await talk.say("check 10 again")
        assert tells(told, "rechecked_changed", number=10, old=Label.UNSOURCED, new=Label.CONTESTED)
        assert any("صحيفة النافذة" in one.text for one in told.statements)
        assert labels_of(await talk.say("/claims"))["c10"] is Label.CONTESTED
