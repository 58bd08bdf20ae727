"""Where claims stand in the paragraphs of a block."""

from django.test import SimpleTestCase
from isnad_wagtail.paragraphs import Mark, Paragraph, letters_of, marks_in, paragraphs_of


class Paragraphs(SimpleTestCase):
    def test_a_browser_begins_them_where_this_does(self) -> None:
        html = "<p>One <b>and</b>&nbsp;two<br>more.</p>\n<ul><li>Three<ul><li>Four</li></ul></li></ul><p> </p>five"
        assert [(one.start, letters_of(one.text)) for one in paragraphs_of({"html": html})] == [
            (0, "Oneandtwomore."),
            (17, "Three"),
            (22, "Four"),
            (27, "five"),
        ]
        assert list(paragraphs_of({"text": "One\n\nTwo"})) == [Paragraph(0, "One"), Paragraph(5, "Two")]
        assert list(paragraphs_of({"html": "<p>left <b open"})) == [Paragraph(0, "left ")]

    def test_a_claim_is_counted_in_letters_of_its_own_paragraph(self) -> None:
        paragraph = Paragraph(10, "قال إن الجسر أُغلق")
        spans = [
            {"claim_id": "c1", "start": 17, "end": 28, "words": ["other", "الجسرأُغلق"]},
            {"claim_id": "c2", "start": 0, "end": 13, "words": ["وقبلهقال"]},
            {"claim_id": "c3", "start": 28, "end": 40, "words": ["بعده"]},
            {"claim_id": "c4", "start": 17, "end": 28, "words": ["الجسرفُتح"]},
        ]
        assert list(marks_in(paragraph, spans)) == [Mark("c1", 5, 15), Mark("c2", 0, 3)]

    def test_a_tag_that_is_never_ended_takes_no_time(self) -> None:
        assert list(paragraphs_of({"html": "<p>left " + "<b a='" * 100_000})) == [Paragraph(0, "left ")]
