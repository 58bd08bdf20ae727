"""Claims edited in a chat: understood by what begins so, asked about in full, and never without a yes."""

# ruff: noqa: E501  # what is said is kept on one line

import pytest

from agent.chat.actions import ActionName
from agent.chat.deps import NOTHING_SPOKEN
from agent.chat.records import AnswerGiven, Asking, QuestionKind
from agent.chat.understanding.editing import edit_said
from agent.chat.understanding.understanding import understood
from agent.config import Settings
from agent.messages import languages, load_words
from agent.models import EditKind, Report
from agent.storage.reports import open_reports
from tests.support.talk import ARTICLE, open_talk, tells, text_of

ADD, REWORD, SPLIT, MERGE, ASIDE, RESTORE = EditKind


@pytest.mark.parametrize(
    ("said", "kind", "numbers", "quotes", "words", "who"),
    [
        ("set aside claim 3 because it is an opinion", ASIDE, (3,), (), "it is an opinion", ""),
        ("Please set claim 3 aside because it says nothing — Ola Strand", ASIDE, (3,), (), "it says nothing", "Ola Strand"),
        ("set it aside: an opinion", ASIDE, (), (), "an opinion", ""),
        ("delete claim 3 because it is vague — Ola Strand", ASIDE, (3,), (), "it is vague", "Ola Strand"),
        ("احذف القول 3 لأنه رأي", ASIDE, (3,), (), "رأي", ""),
        ("/aside 3 because it is vague", ASIDE, (3,), (), "it is vague", ""),
        ("reword claim 2 as The port opens on Friday.", REWORD, (2,), (), "The port opens on Friday", ""),
        ("rephrase 2: «The port opens, and more.»", REWORD, (2,), ("",), "The port opens, and more.", ""),
        ("split 4 into «a first group left» and «bombers followed»", SPLIT, (4,), ("a first group left", "bombers followed"), "", ""),
        ("split claim 4 into the port opened and the mayor spoke", SPLIT, (4,), ("the port opened", "the mayor spoke"), "", ""),
        ("split 4 into one and two and three", SPLIT, (4,), (), "", ""),
        ("merge claims 2, 5 and 7", MERGE, (2, 5, 7), (), "", ""),
        ("bring claim 3 back", RESTORE, (3,), (), "", ""),
        ("add the claim «the port opens» as The harbour opens.", ADD, (), ("the port opens",), "The harbour opens", ""),
        ("نحّ القول 3 لأنه رأي — ليلى حداد", ASIDE, (3,), (), "رأي", "ليلى حداد"),
        ("أعد صياغة القول الثاني إلى: يفتح الميناء يوم الجمعة", REWORD, (2,), (), "يفتح الميناء يوم الجمعة", ""),
        ("من فضلك اقسم القول ٤ إلى «أول مجموعة» و«قاذفات»", SPLIT, (4,), ("أول مجموعة", "قاذفات"), "", ""),
        ("ادمج القولين 2 و5", MERGE, (2, 5), (), "", ""),
        ("أعد القول 3 إلى التقرير", RESTORE, (3,), (), "", ""),
        ("أضف القول «يفتح الميناء»", ADD, (), ("يفتح الميناء",), "", ""),
        ("ادعای ۳ را کنار بگذار چون نظر شخصی است", ASIDE, (3,), (), "نظر شخصی است", ""),
        ("لطفاً ادعای سوم را حذف کنید زیرا مبهم است — رها نوری", ASIDE, (3,), (), "مبهم است", "رها نوری"),
        ("ادعای شماره ۲ را بازنویسی کن: بندر جمعه باز می‌شود", REWORD, (2,), (), "بندر جمعه باز می‌شود", ""),
        ("ادعای ۲ را به «بندر جمعه باز می‌شود» تغییر بده", REWORD, (2,), ("",), "بندر جمعه باز می‌شود", ""),
        ("ادعای چهار را به «گروه نخست رفت» و «بمب‌افکن‌ها آمدند» تقسیم کن", SPLIT, (4,), ("گروه نخست رفت", "بمب‌افکن‌ها آمدند"), "", ""),
        ("ادعای ۲ را این‌گونه بازنویسی کن: بندر باز می‌شود", REWORD, (2,), (), "بندر باز می‌شود", ""),
        ("reword claim 2 like this: The port opens", REWORD, (2,), (), "The port opens", ""),
        ('split 4 into "A" and "B"', SPLIT, (4,), ("A", "B"), "", ""),
        ("ادعاهای ۲ و ۵ را ادغام کن", MERGE, (2, 5), (), "", ""),
        ("ادعاهای ۲، ۵ و ۷ را با هم یکی کنید", MERGE, (2, 5, 7), (), "", ""),
        ("ادعای ۳ را برگردان", RESTORE, (3,), (), "", ""),
        ("ادعای «بندر باز می‌شود» را اضافه کن", ADD, (), ("بندر باز می‌شود",), "", ""),
        ("بازنویسی ادعای ۲ به: بندر باز می‌شود", REWORD, (2,), (), "بندر باز می‌شود", ""),
        ("/کنار 3 چون مبهم است", ASIDE, (3,), (), "مبهم است", ""),
        ("fusionne les affirmations 2 et 5", MERGE, (2, 5), (), "", ""),
        ("écarte l’affirmation 3 parce que c’est une opinion", ASIDE, (3,), (), "c’est une opinion", ""),
    ],
)  # fmt: skip
def test_what_begins_with_an_edit_is_one(
    said: str, kind: EditKind, numbers: tuple[int, ...], quotes: tuple[str, ...], words: str, who: str
) -> None:
    told = edit_said(said)
    assert told is not None
    assert (told.edit, told.numbers, told.words, told.who) == (kind, numbers, words, who)
    assert told.quotes == tuple(filter(None, quotes))


@pytest.mark.parametrize(
    "said",
    [
        "why is claim 3 set aside?",
        "check claim 3 again",
        "who was asked to reword it?",
        "add https://harbour.example/1 to the coverage",
        "أعد فحص القول 3",
        "ادعای ۳ را چه کسی رد کرده است؟",
        "ادعای ۳ را حذف کنم؟",
        "چرا ادعای ۳ را کنار گذاشتند؟",
        "claim 3",
        "correct 3 contested because I was there",
        "what would it take to merge 2 and 5",
        "",
    ],
)
def test_what_only_speaks_of_one_is_none(said: str) -> None:
    assert edit_said(said) is None


@pytest.mark.parametrize("said", ["set aside claim 3 because of the split", "/merge 2 and 5"])
async def test_a_model_is_not_asked_whether_something_is_changed(said: str) -> None:
    class Deaf:
        """A listener that may not be heard."""

    told = await understood(said, NOTHING_SPOKEN, Deaf())  # type: ignore[arg-type]  # nothing of it is called
    assert told.action.name is ActionName.EDIT


def _report(settings: Settings, version: int | None = None) -> Report:
    with open_reports(settings) as reports:
        return reports.get("last", version)


async def test_nothing_is_edited_without_a_name_a_question_and_a_yes(newsroom: Settings) -> None:
    async with open_talk(newsroom) as talk:
        await talk.say(ARTICLE)
        before = _report(newsroom)
        assert tells(await talk.say("set aside claim 3 because it is an opinion"), "edit_how.name")
        question = await talk.asked("set aside claim 3 because it is an opinion — Ola Strand")
        assert question.kind is QuestionKind.EDIT
        assert tells(question, "edit_ask.set_aside", number=3, reason="it is an opinion")
        assert tells(question, "edit_ask.signed", who="Ola Strand")
        assert before.claims[2].text in question.text
        assert _report(newsroom) == before
        assert tells(await talk.say("no"), "declined")
        assert _report(newsroom) == before
        await talk.asked("set aside claim 3 because it is an opinion — Ola Strand")
        assert tells(await talk.say("yes"), "edit_done.set_aside", number=3, version=2, who="Ola Strand")
        after = _report(newsroom)
        assert [(one.id, one.who, one.reason) for one in after.set_aside] == [
            ("c3", "Ola Strand", "it is an opinion")
        ]
        # The name is remembered for the thread, and what is undone is checked again.
        await talk.asked("restore 3")
        done = await talk.say("yes")
        assert tells(done, "edit_done.checked", version=3, who="Ola Strand")
        assert done.claim_ids == ("c3",)
        assert _report(newsroom).claims == before.claims


async def test_edits_are_understood_and_answered_in_arabic(newsroom: Settings) -> None:
    async with open_talk(newsroom) as talk:
        await talk.say(ARTICLE)
        question = await talk.asked("أعد صياغة القول 1 إلى: يبدأ الانسحاب يوم الثلاثاء — ليلى حداد")
        assert (question.language, tells(question, "edit_ask.reword", number=1)) == ("ar", True)
        done = await talk.say("نعم")
        assert tells(done, "edit_done.checked", version=2, who="ليلى حداد")
        after = _report(newsroom)
        assert after.claims[0].text == "يبدأ الانسحاب يوم الثلاثاء"
        assert after.edits[0].who == "ليلى حداد"
        changed = text_of(await talk.say("ما الذي تغيّر؟"))
        assert "ليلى حداد" in changed


async def test_edits_are_understood_and_answered_in_persian(newsroom: Settings) -> None:
    async with open_talk(newsroom) as talk:
        await talk.say(ARTICLE)
        question = await talk.asked("ادعای ۳ را کنار بگذار چون نظر شخصی است — رها نوری")
        assert (question.language, tells(question, "edit_ask.set_aside", number=3)) == ("fa", True)
        assert tells(await talk.say("بله"), "edit_done.set_aside", number=3, version=2, who="رها نوری")
        await talk.asked("ادعای ۳ را برگردان")
        assert tells(await talk.say("بله"), "edit_done.checked", version=3, who="رها نوری")


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("reword claim 2 — Ola Strand", "edit_how.reword"),
        ("split 4 into one and two and three — Ola Strand", "edit_how.split"),
        ("split 4 into nothing of it and also nothing — Ola Strand", "editing.fault.not_in_article"),
        ("merge 2 — Ola Strand", "edit_how.merge"),
        ("add the claim «  » — Ola Strand", "editing.fault.no_words"),
        ("/split 3 " + "«a b» " * 21 + "— Ola Strand", "editing.fault.too_long"),
        ("set aside claim 3 — Ola Strand", "edit_how.set_aside"),
        ("restore — Ola Strand", "edit_how.none_aside"),
        ("restore 3 — Ola Strand", "editing.fault.not_set_aside"),
        ("reword as something else — Ola Strand", "edit_how.which"),
        ("add the claim «مساء الاثنين» — Ola Strand", "edit_how.places"),
        ("set aside claim 99 because it is vague — Ola Strand", "no_claim"),
        ("set aside claims 2 and 3 because they are vague — Ola Strand", "edit_how.set_aside"),
        ("set aside claim 3 which speaks of bases — Ola Strand", "edit_how.set_aside"),
    ],
)
async def test_what_is_unclear_is_asked_back_and_changes_nothing(newsroom: Settings, said: str, key: str) -> None:
    async with open_talk(newsroom) as talk:
        await talk.say(ARTICLE)
        before = _report(newsroom)
        events = await talk.all(said)
        assert not [one for one in events if isinstance(one, Asking)]
        (told,) = [one.answer for one in events if isinstance(one, AnswerGiven)]
        assert tells(told, key)
        assert _report(newsroom) == before


async def test_a_report_that_changed_before_the_yes_is_not_edited(newsroom: Settings) -> None:
    async with open_talk(newsroom) as talk:
        await talk.say(ARTICLE)
        report = _report(newsroom)
        await talk.asked("set aside claim 3 because it is vague — Ola Strand")
        with open_reports(newsroom) as reports:
            assert reports.add_version(report, (), after=1) is not None
        failed = await talk.fails("yes")
        assert "version 2 by now" in failed.message
        assert _report(newsroom).edits == ()


async def test_an_article_that_begins_like_an_edit_is_an_article(newsroom: Settings) -> None:
    text = "Split claim 1 into two. " + "The mayor said on Monday that the old bridge was shut for good. " * 8
    async with open_talk(newsroom) as talk:
        assert (await talk.say(text)).asked is ActionName.VERIFY


@pytest.mark.parametrize("language", languages())
def test_help_tells_of_every_edit(language: str) -> None:
    told = load_words(language, "chat")("edit_help")
    assert all(f"/{name}" in told for name in ("reword", "split", "merge", "aside", "restore", "claim"))
