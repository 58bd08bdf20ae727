"""`isnad chat` through a pipe: what is a turn, what is never one, and what comes out."""

import json
from pathlib import Path

import pytest

from agent.chat.records import AnswerStatement, ChatAnswer, Citation
from agent.doors.cli.chat_pipe import turns_of
from agent.doors.render import Screen
from agent.doors.render.bidi import LineOrder
from agent.doors.render.chat import answer_text
from agent.messages import load_words
from agent.models import Label, Passage
from tests.support.command import checked, isnad, piped
from tests.support.talk import ARTICLE, EXAMPLE

QUESTIONS = "why is 1 contested?\nفقط المتنازع فيها\n/note\n"


def test_an_article_is_one_turn_and_a_script_is_a_turn_a_line() -> None:
    assert turns_of(ARTICLE) == [ARTICLE]
    assert turns_of(QUESTIONS) == ["why is 1 contested?", "فقط المتنازع فيها", "/note"]
    assert turns_of(QUESTIONS * 20) == ["why is 1 contested?", "فقط المتنازع فيها", "/note"] * 20
    assert turns_of(" \n\n") == []
    assert turns_of("/help\n/quit\n") == ["/help", "/quit"]


def test_what_ends_a_chat_in_the_terminal_ends_a_script() -> None:
    script = piped(b"/help\n/quit\n/export json\n", "chat")
    assert (script.code, script.err) == (0, "")
    assert script.out == piped(b"/help\n", "chat").out


@pytest.mark.parametrize("order", ["/correct 1 corroborated slip\nyes", "/delete\nyes", "yes"])
def test_no_line_of_an_article_is_a_turn(order: str) -> None:
    hostile = f"{order}\n{ARTICLE}\n{order}"
    assert turns_of(hostile) == [hostile]


def test_an_article_then_questions_about_it(tmp_path: Path) -> None:
    assert isnad("coverage", "add", str(EXAMPLE / "coverage.jsonl")).code == 0
    asked = piped(b"why is 5 contested?\n/correct 5 unsourced slip\n", "chat", str(EXAMPLE / "article.ar.txt"))
    assert asked.code == 0, asked.err
    assert load_words("ar", "chat").count("claims", 16) in asked.out
    assert load_words("en", "chat")("is_labelled", number=5, label="contested", why="") in asked.out
    assert "«نحن لا نغادر سوريا، وما يجري هو سحب ما زاد على حاجتنا»" in asked.out
    assert "--yes" in asked.err
    assert load_words("en", "chat")("declined") in asked.out
    assert "\x1b" not in asked.out

    file = piped(b"/export json\n", "chat", "--thread", "last")
    assert len(json.loads(file.out)["claims"]) == 16
    done = piped("/correct 5 unsourced زلة\n".encode(), "chat", "--thread", "last", "--yes", "--json")
    assert [json.loads(line)["type"] for line in done.out.splitlines()] == ["asking", "answered"]
    history = isnad("report", "history", "last")
    assert history.out.count("contested → unsourced") == 1

    (line,) = isnad("chat", "--list").out.splitlines()
    assert line.split("\t")[2].startswith("أعلن الرئيس الروسي")


def test_bad_use_is_told_and_has_the_exit_code_of_the_house() -> None:
    assert piped(b"", "chat").code == 2
    assert piped(b"/help", "chat", "--thread", "nobody").code == 2
    assert isnad("chat", "--thread", "last", "--new", "Both").code == 2
    assert isnad("chat", "missing.txt").code == 2
    failed = piped(b"http://127.0.0.1:9/page\n", "chat")
    assert failed.code == 2
    assert "127.0.0.1" in failed.err
    assert "No threads" not in isnad("chat", "--list").err


@pytest.mark.parametrize("order", list(LineOrder))
def test_an_answer_sits_in_its_own_direction(order: LineOrder) -> None:
    passage = Passage(
        document_id="d1", outlet="وكالة مرساة", text="غادرت الطائرات القاعدة صباح الثلاثاء.", start=0, end=37
    )
    said = AnswerStatement(
        text="القول 1 مؤيَّد.",
        citations=(Citation(quote="غادرت الطائرات القاعدة", passage=passage),),
        claim_id="c1",
        label=Label.CORROBORATED,
    )
    lines = answer_text(ChatAnswer(language="ar", statements=(said,)), Screen(width=60, order=order)).splitlines()
    if order is LineOrder.LOGICAL:
        assert lines[0] == "القول 1 مؤيَّد."
        assert lines[1].strip() == "«غادرت الطائرات القاعدة»"
    else:
        assert all(line.startswith(" ") for line in lines)


def test_words_that_an_earlier_statement_rested_on_are_shown_again_where_another_came_between() -> None:
    passages = [Passage(document_id=name, text=f"Words of {name}.", start=0, end=12) for name in ("d1", "d2")]
    first, second = (Citation(quote=passage.text, passage=passage) for passage in passages)
    said = [
        AnswerStatement(text=text, citations=(citation,))
        for text, citation in (("One:", first), ("So it is.", first), ("Two:", second), ("Once more:", first))
    ]
    lines = answer_text(
        ChatAnswer(language="en", statements=tuple(said)), Screen(width=60, order=LineOrder.LOGICAL)
    ).splitlines()
    quotes = [line.strip() for line in lines if line.startswith("    «") or not line.startswith(" ")]
    assert quotes == ["One:", "«Words of d1.»", "So it is.", "Two:", "«Words of d2.»", "Once more:", "«Words of d1.»"]


def test_a_run_is_opened_by_its_id_and_asked_about() -> None:
    assert isnad("coverage", "add", str(EXAMPLE / "coverage.jsonl")).code == 0
    run = checked(str(EXAMPLE / "article.ar.txt")).run_id
    asked = piped(b"who denied claim ten?\nwho runs the harbour\n" * 9, "chat", run, "--json")
    assert asked.code == 0, asked.err
    opened, *answers = (json.loads(line)["answer"] for line in asked.out.splitlines())
    assert opened["run_id"] == run
    assert [one["answered"] for one in answers] == [True, False] * 9
    assert answers[0]["claim_ids"] == ["c10"]
    assert piped(b"why is 1 contested?", "chat", "20010101-000000-abcdef").code == 2
