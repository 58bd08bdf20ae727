"""Mail and quoted text through the doors that take an article: the article is checked, its envelope is told."""

from pathlib import Path

import pytest

from agent.messages import load_words
from tests.envelopes.shapes import BRIDGE, retrieval, source
from tests.envelopes.test_mail import ARTICLE, quoted
from tests.support.command import checked, isnad, piped
from tests.support.talk import stands_in

MAIL = (
    "Please check.\n\nOn Tue, Mar 15, 2016 at 9:00 AM Desk <desk@harbour.example> wrote:\n\n"
    f"{quoted(ARTICLE)}\n\n-- \nAnna Berg\nHarbour Post"
)
CLAIMS = [
    "The Northbank bridge was closed on Tuesday",
    "Three pillars had cracks",
    "The repair costs four million crowns",
]


def test_a_mail_in_a_file_is_checked_by_its_article(tmp_path: Path) -> None:
    (tmp_path / "mail.txt").write_text(MAIL)
    report = checked(str(tmp_path / "mail.txt"))
    assert [claim.quote for claim in report.claims] == CLAIMS
    assert report.article.text == ARTICLE
    for claim in report.claims:
        assert report.article.text[claim.spans[0].start : claim.spans[0].end] == claim.quote
    assert "note: left out: the head of the mail" in isnad("verify", str(tmp_path / "mail.txt")).err


def test_a_mail_on_standard_input_too() -> None:
    assert "left out: the head of the mail" in piped(MAIL.encode(), "verify", "-").err
    answered = piped(MAIL.encode(), "chat").out
    assert stands_in(answered, "summary", claims=load_words("en", "chat").count("claims", 3))
    assert stands_in(answered, "mail_opened")
    assert "desk@harbour.example" not in answered


_PAID = "We shall not pay for a bridge"
_FOUND = "The town has to find the money"
_SHUT = "The bridge stays shut until June"
_LED = "Lorries are led around it"
_ARABIC = ("لن ندفع ثمن جسر جديد", "على المدينة أن تجد المال")


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            f"The minister wrote:\n{quoted(f'{_PAID}. {_FOUND}.')}\n\nThe mayor has none.",
            {_PAID: "minister", _FOUND: "minister", "The mayor has none": None},
        ),
        (f"كتب الوزير:\n{quoted('. '.join(_ARABIC))}.", dict.fromkeys(_ARABIC, "الوزير")),
        (
            f"The minister said:\n\n{_SHUT}. {_LED}.\n\nThe ferry runs at night.",
            {_SHUT: "minister", _LED: "minister", "The ferry runs at night": None},
        ),
        (
            f"The bridge is shut. The minister wrote:\n> {_SHUT}.\n>\n> {_LED}.\n\nThe ferry runs at night.",
            {"The bridge is shut": None, _SHUT: "minister", _LED: "minister", "The ferry runs at night": None},
        ),
    ],
)
def test_whoever_stands_before_a_quotation_says_it(
    tmp_path: Path, text: str, speakers: dict[str, str | None]
) -> None:
    (tmp_path / "a.txt").write_text(text, "utf-8")
    report = checked(str(tmp_path / "a.txt"))
    assert {claim.quote: claim.attribution.speaker for claim in report.claims} == speakers


def test_a_message_with_a_file_in_it_is_checked_by_the_file(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text(retrieval(source(BRIDGE)))
    report = checked(str(tmp_path / "kept.txt"))
    assert report.article.text == BRIDGE
    (tmp_path / "cut.txt").write_text(retrieval(source(BRIDGE[60:]), source(BRIDGE[:60])))
    refused = isnad("verify", str(tmp_path / "cut.txt"))
    assert (refused.code, refused.out, "cut.txt" in refused.err) == (2, "", True)
