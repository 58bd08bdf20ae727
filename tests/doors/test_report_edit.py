"""`isnad report edit`: which claims a report makes, changed from the command line."""

from pathlib import Path

import pytest

from tests.support.command import Outcome, isnad

ARTICLE = (
    "The harbour office said on Monday that the second quay would open again. "
    "The mayor said on Monday that the ferry sails again."
)
_INTO = ("--into", "the ferry sails", "--into", "sails again")


@pytest.fixture(autouse=True)
def report() -> None:
    Path("article.txt").write_text(ARTICLE, encoding="utf-8")
    report = isnad("verify", "article.txt", "--published", "2016-03-15", "--format", "json").report
    assert [one.id for one in report.claims] == ["c1", "c2"]


def _edit(*arguments: str, by: str = "Ada Quill") -> Outcome:
    return isnad("report", "edit", "last", *arguments, "--by", by)


def test_each_edit_is_the_next_version_and_stands_in_the_history() -> None:
    quay = "the second quay would open again"
    for number, arguments in enumerate(
        [
            ("reword", "c1", "--text", "The second quay opens again."),
            (
                "split",
                "c2",
                "--into",
                "the ferry sails",
                "--into",
                "sails again",
                "--text",
                "A ferry sails.",
                "--text",
                "",
            ),
            ("add", "the second quay", "--speaker", "The mayor", "--reason", "It was missing."),
            ("merge", "c5", "c1"),
            ("set-aside", "c3", "--reason", "It says nothing."),
            ("restore", "c3"),
        ],
        2,
    ):
        done = _edit(*arguments)
        assert (done.code, done.err) == (0, "")
        assert done.out.startswith(f"Version {number} of ")
    after = isnad("report", "show", "last", "--format", "json").report
    assert sorted((one.id, one.text) for one in after.claims) == [
        ("c3", "A ferry sails."),
        ("c4", "sails again"),
        ("c5", "the second quay"),
    ]
    merged = next(one for one in after.claims if one.id == "c5")
    assert merged.attribution.speaker == "The mayor"
    assert quay in isnad("report", "show", "last", "--version", "1", "--format", "json").out
    history = isnad("report", "history", "last").out
    assert [word in history for word in ("reword", "c2 → c3, c4", "It was missing.", "Ada Quill")] == [True] * 4
    assert isnad("report", "history", "last", "--json").out.count('"asked":') == 6
    assert isnad("report", "audit", "last").code == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", "the third quay"), "does not say"),
        (("add", "on Monday that the"), "at 2 places"),
        (("reword", "c9", "--text", "x y"), "no claim 'c9'"),
        (("reword", "c1"), "--text"),
        (("split", "c1", "--into", "the second quay"), "two at least"),
        (
            ("split", "c1", "--into", "the second quay", "--into", "would open", "--text", "x"),
            "2 parts and 1 wordings",
        ),
        (("merge", "c1", "c1"), "two claims"),
        (("restore", "c1"), "not set aside"),
        (("reword", "one", "--text", "x y"), "c1, c2"),
    ],
)
def test_what_cannot_be_had_is_told_and_changes_nothing(arguments: tuple[str, ...], told: str) -> None:
    refused = _edit(*arguments)
    assert (refused.code, told in refused.err, refused.out) == (2, True, "")
    assert isnad("report", "show", "last", "--format", "json").report.edits == ()


def test_another_version_than_the_one_that_was_seen_is_refused() -> None:
    assert _edit("reword", "c1", "--text", "The quay opens.", "--version", "1").code == 0
    refused = _edit("reword", "c2", "--text", "The ferry sails.", "--version", "1", by="Ben Bay")
    assert (refused.code, "version 2 by now" in refused.err) == (2, True)


def test_nobody_edits_without_a_name_and_nothing_is_set_aside_without_a_reason() -> None:
    assert isnad("report", "edit", "last", "restore", "c1").code == 2
    assert _edit("set-aside", "c1").code == 2
    assert _edit("reword", "c1", "--text", "x y", by=" ").code == 2


def test_a_correction_of_a_claim_that_was_split_is_still_told() -> None:
    corrected = isnad("report", "correct", "last", "c1", "contested", "--reason", "a slip", "--by", "Ben Bay")
    assert corrected.code == 0
    assert _edit("split", "c1", "--into", "the second quay would open", "--into", "open again").code == 0
    assert "a slip" in isnad("report", "history", "last").out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("reword", "1", "--text", "The quay opens."), "c1, c2"),
        (("merge", "c1", "2"), "c1, c2"),
        (("merge", "c1"), "merge c2 c5"),
        (("set-aside", "c1", "--reason", "  "), "reason: there are no words"),
    ],
)
def test_what_is_given_wrongly_is_told_without_a_pattern(arguments: tuple[str, ...], told: str) -> None:
    done = _edit(*arguments)
    assert (done.code, told in done.err, "pattern" in done.err) == (2, True, False)
