"""The way back from the laid-out text to the text content of every block."""

import pytest

from agent.doors.api.editor_blocks import lay_out
from agent.doors.api.markup import TextContent

BLOCKS = (
    "<p>The flood killed 17<sup>1</sup> people &amp; <b>two</b>\n   dogs.</p>",
    "<ul><li>The repair costs <i>four</i> million<li>It takes six weeks</ul>",
    "<blockquote><p>We could not wait.</p><cite>Ola Strand, mayor</cite></blockquote>",
    "<table><tr><th>Town<th>Dead<tr><td>Northbank<td>17</table>",
    "<div hidden>Old</div><p>Now <s>71</s> 17 dead<br>in the valley</p>",
    "<!-- wp:paragraph --><p>5 m<sup>2</sup></p><!-- /wp:paragraph -->",
)


def _content(html: str) -> str:
    return "".join(TextContent(html).root.itertext())


@pytest.mark.parametrize("html", BLOCKS)
def test_every_word_leads_back_to_its_place_in_the_block(html: str) -> None:
    laid, content = lay_out([("a", html, True)]), _content(html)
    assert laid.pieces
    for piece in laid.pieces:
        there = content[piece.within : piece.within + piece.length]
        assert there.translate(str.maketrans("\n2", " ²")) == laid.text[piece.at : piece.at + piece.length].replace(
            "2", "²"
        )


def test_what_is_put_between_the_words_is_in_no_block() -> None:
    laid = lay_out([("q", BLOCKS[2], True), ("t", BLOCKS[3], True)])
    assert laid.text == "“We could not wait.” — Ola Strand, mayor\n\nTown, Dead\n\nNorthbank 17 (Dead)"
    told = "".join(laid.text[piece.at : piece.at + piece.length] for piece in laid.pieces)
    assert told == "We could not wait.Ola Strand, mayorTownDeadNorthbank17"


def test_blocks_of_text_stand_as_they_are() -> None:
    laid = lay_out([("a", "17[1] people\n\n  stayed", False), ("b", "<p>And left.</p>", True)])
    assert laid.text == "17[1] people\n\n  stayed\n\nAnd left."
