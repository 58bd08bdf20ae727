"""Articles in the envelopes of chat programs and of mail: checked by their own words, and ordering nothing."""

import pytest

from agent.chat.actions import ActionName
from agent.chat.deps import ConversationContext
from agent.chat.records import AnswerGiven
from agent.chat.understanding.enveloped import Files
from agent.chat.understanding.understanding import understood
from agent.config import Settings
from agent.envelopes import Attached
from tests.chat.test_hostile import BODY, COMMANDS
from tests.envelopes.shapes import BRIDGE, FERRY, JISR, fenced, retrieval, source
from tests.envelopes.test_mail import ARTICLE as MAILED
from tests.envelopes.test_mail import quoted
from tests.support.talk import Talk, corrections_of, open_talk, quotes_of, tells, text_of

BRIDGE_CLAIMS = [
    "The Northbank bridge was closed to cars on Tuesday morning",
    "Three of its pillars had cracks, engineers found",
    "The repair costs four million crowns",
]
NOBODY = ConversationContext(has_report=False, focus=None, last=None)


async def _with_files(talk: Talk, said: str, *files: Attached) -> str:
    last = await talk.end(talk.chats.say(talk.thread, said, files))
    assert isinstance(last, AnswerGiven), last
    return "\n".join([text_of(last.answer), *quotes_of(last.answer)])


@pytest.mark.parametrize(
    "message", [retrieval(source(BRIDGE)), fenced(("bridge.docx", BRIDGE)), retrieval(source(BRIDGE), said="")]
)
async def test_the_words_of_the_file_are_the_article(newsroom: Settings, message: str) -> None:
    async with open_talk(newsroom) as talk:
        answer = await talk.say(message)
        assert quotes_of(answer) == BRIDGE_CLAIMS
        assert tells(answer, "file_checked", name="bridge.docx")
        report_text = answer.statements[1].citations[0].passage.text
        assert report_text in BRIDGE


async def test_an_arabic_file_is_answered_in_arabic(newsroom: Settings) -> None:
    async with open_talk(newsroom) as talk:
        answer = await talk.say(retrieval(source(JISR, "جسر.docx"), said="تحقق من هذا المقال"))
        assert answer.language == "ar"
        assert quotes_of(answer)[0] == "أُغلق جسر الضفة الشمالية أمام السيارات صباح الثلاثاء"
        assert "جسر.docx" in text_of(answer)


async def test_what_is_kept_of_the_message_is_what_was_said(newsroom: Settings) -> None:
    async with open_talk(newsroom) as talk:
        await talk.say(retrieval(source(BRIDGE)))
        kept = await talk.chats.transcript(talk.thread)
        assert kept.messages[0].said == "[bridge.docx]\ncheck this article"
        assert kept.summary.title == "[bridge.docx]"


async def test_day_and_outlet_may_be_said_of_a_file(newsroom: Settings) -> None:
    found = await understood("/verify 2016-03-15 Harbour Post", NOBODY, None, Files(files=(_BRIDGE,), within=True))
    assert found.action.name is ActionName.VERIFY
    assert (f"{found.action.published:%Y-%m-%d}", found.action.outlet, found.action.words) == (
        "2016-03-15",
        "Harbour Post",
        BRIDGE,
    )


async def test_of_several_files_the_first_is_checked_or_the_one_that_is_named(newsroom: Settings) -> None:
    both = source(BRIDGE), source(FERRY, "ferry.pdf", 2)
    async with open_talk(newsroom) as talk:
        first = await talk.say(retrieval(*both))
        assert quotes_of(first) == BRIDGE_CLAIMS
        assert tells(first, "files_left", names="ferry.pdf")
    async with open_talk(newsroom) as talk:
        named = await talk.say(retrieval(*both, said="please check ferry.pdf"))
        assert quotes_of(named)[0].startswith("The ferry across the bay")
        assert tells(named, "files_left", names="bridge.docx")


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (retrieval(source(BRIDGE[60:]), source(BRIDGE[:60])), "file_in_pieces"),
        (retrieval(source(BRIDGE[9:])), "file_in_pieces"),
        (
            "check\n[ATTACHED_FILES]\n- file_id: 7, name: a.pdf\n[/ATTACHED_FILES]",
            "file_without_text",
        ),
    ],
)
async def test_a_file_that_did_not_come_whole_is_asked_for(newsroom: Settings, message: str, told: str) -> None:
    async with open_talk(newsroom) as talk:
        answer = await talk.say(message)
        assert tells(answer, told)
        assert quotes_of(answer) == []
        assert (await talk.chats.transcript(talk.thread)).summary.run_id is None


async def test_a_file_that_ends_in_the_midst_of_a_sentence_is_checked_and_told(newsroom: Settings) -> None:
    async with open_talk(newsroom) as talk:
        answer = await talk.say(retrieval(source(f"{BRIDGE} {FERRY} {BRIDGE} The mayor of the town was not")))
        assert tells(answer, "file_may_be_cut")
        assert BRIDGE_CLAIMS[0] in quotes_of(answer)


async def test_the_same_file_comes_again_with_every_message_and_is_asked_about(newsroom: Settings) -> None:
    async with open_talk(newsroom) as talk:
        first = await talk.say(retrieval(source(BRIDGE)))
        why = await talk.say(retrieval(source(BRIDGE), said="why is 3 unsourced?"))
        assert why.run_id == first.run_id
        assert quotes_of(why) == [BRIDGE_CLAIMS[2]]
        piece = await talk.say(retrieval(source(BRIDGE[:60]), said="/why 1"))
        assert quotes_of(piece) == [BRIDGE_CLAIMS[0]]
        again = await talk.say(retrieval(source(BRIDGE), said="check this article"))
        assert again.run_id == first.run_id
        other = await talk.say(retrieval(source(FERRY, "ferry.pdf"), said="check this article"))
        assert other.run_id != first.run_id


@pytest.mark.parametrize("order", COMMANDS)
async def test_a_file_that_was_not_checked_is_checked_whatever_the_words_say(order: str) -> None:
    found = await understood(order, NOBODY, None, Files(files=(_BRIDGE,), within=True), article=FERRY)
    assert (found.action.name, found.action.words) == (ActionName.VERIFY, BRIDGE)


_BRIDGE = Attached(name="bridge.docx", text=BRIDGE)


@pytest.mark.parametrize(
    "order", ["/correct 1 contested slip", "/delete", "/add https://evil.example/x", "/rename mine"]
)
async def test_words_that_came_with_a_file_in_them_change_nothing(newsroom: Settings, order: str) -> None:
    async with open_talk(newsroom) as talk:
        await talk.say(retrieval(source(BRIDGE)))
        answer = await talk.say(retrieval(source(BRIDGE), said=order))
        assert tells(answer, "changes_beside_file")
        kept = await talk.chats.transcript(talk.thread)
        assert (kept.question, kept.summary.title) == (None, "[bridge.docx]")
        assert corrections_of(newsroom) == []


async def test_a_yes_that_came_with_a_file_in_it_is_no_yes(newsroom: Settings) -> None:
    async with open_talk(newsroom) as talk:
        await talk.say(retrieval(source(BRIDGE)))
        await talk.asked("/correct 1 contested because of a slip")
        await talk.say(retrieval(source(BRIDGE), said="yes"))
        assert corrections_of(newsroom) == []
        assert (await talk.chats.transcript(talk.thread)).question is None


async def test_files_beside_the_words_are_checked_when_the_words_ask_for_it(newsroom: Settings) -> None:
    async with open_talk(newsroom) as talk:
        assert "/why" in await _with_files(talk, "/help", _BRIDGE)
        assert BRIDGE_CLAIMS[0] in await _with_files(talk, "can you check the attached file, please?", _BRIDGE)
        why = await _with_files(talk, "/why 3", _BRIDGE)
        assert BRIDGE_CLAIMS[2] in why
        assert BRIDGE_CLAIMS[0] not in why


@pytest.mark.parametrize(
    "said", ["check this article", "تحقق من الملف المرفق", "vérifie ce texte", "fact-check it!", ""]
)
async def test_what_asks_for_a_check_is_said_to_what_is_attached(said: str) -> None:
    found = await understood(said, NOBODY, None, Files(files=(_BRIDGE,)))
    assert (found.action.name, found.action.words) == (ActionName.VERIFY, BRIDGE)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("check this sentence: the bridge is shut", ActionName.CHECK),
        ("search coverage for bridges", ActionName.SEARCH),
        ("https://harbour.example/bridge", ActionName.VERIFY),
    ],
)
async def test_what_asks_for_something_else_is_done_whatever_lies_beside_it(said: str, name: ActionName) -> None:
    found = await understood(said, NOBODY, None, Files(files=(_BRIDGE,)))
    assert found.action.name is name
    assert found.action.words != BRIDGE


async def test_an_article_that_is_pasted_beside_a_file_is_the_article() -> None:
    found = await understood(BODY, NOBODY, None, Files(files=(_BRIDGE,), within=True))
    assert (found.action.name, found.action.words) == (ActionName.VERIFY, BODY.strip())


async def test_a_forwarded_mail_is_checked_by_its_article(newsroom: Settings) -> None:
    head = "---------- Forwarded message ---------\nFrom: Desk <desk@harbour.example>\nSubject: Bridge\n\n"
    async with open_talk(newsroom) as talk:
        answer = await talk.say(f"Which of these rest on anonymous sources?\n\n{head}{MAILED}\n\n-- \nAnna Berg")
        assert quotes_of(answer)[0] == "The Northbank bridge was closed on Tuesday"
        assert tells(answer, "mail_opened")
        assert tells(answer, "none_such")
        assert not {"Desk", "Subject", "Anna"} & set(" ".join(quotes_of(answer)).split())


async def test_a_short_mail_is_an_article_too() -> None:
    mail = f"On Mar 15, 2016 Desk <desk@harbour.example> wrote:\n{quoted('The bridge is shut.')}"
    found = await understood(mail, NOBODY, None)
    assert (found.action.name, found.action.words) == (ActionName.VERIFY, "The bridge is shut.")


@pytest.mark.parametrize("said", ["check this sentence:\n> The bridge is shut.", "/check > The bridge\n> is shut."])
async def test_a_quoted_sentence_is_checked_without_its_marks(said: str) -> None:
    found = await understood(said, NOBODY, None)
    assert found.action.name is ActionName.CHECK
    assert " ".join(found.action.words.split()) == "The bridge is shut."


@pytest.mark.parametrize("order", COMMANDS)
async def test_what_stands_above_a_mail_orders_nothing(order: str) -> None:
    mail = f"Look:\n{order}\n\nFrom: Desk\nSubject: Bridge\n\n{BODY}"
    found = await understood(mail, NOBODY, None)
    assert (found.action.name, found.action.words) == (ActionName.VERIFY, BODY.strip())


async def test_a_mail_in_an_attached_file_is_opened_too(newsroom: Settings) -> None:
    mail = f"From: Desk\nSubject: Bridge\n\n{quoted(BRIDGE)}"
    async with open_talk(newsroom) as talk:
        assert quotes_of(await talk.say(retrieval(source(mail, "mail.eml")))) == BRIDGE_CLAIMS
        assert quotes_of(await talk.say(retrieval(source(mail, "mail.eml"), said="/why 1"))) == BRIDGE_CLAIMS[:1]


async def test_the_speaker_before_a_quotation_speaks_it(newsroom: Settings) -> None:
    quote = quoted("We shall not pay. The town has to.")
    text = f"The bridge is shut.\n\nThe minister wrote:\n{quote}\n\nIt was read aloud."
    found = await understood(f"{text} {BODY}", NOBODY, None)
    assert "The minister wrote:\nWe shall not pay." in found.action.words
