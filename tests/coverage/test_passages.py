from hypothesis import given
from hypothesis import strategies as st

from agent.coverage.index.passages import split
from agent.models import Document

SENTENCE = "The harbour office said on Monday that the second quay would open again before the end of the week. "


def test_a_passage_is_a_few_whole_sentences_at_their_place() -> None:
    document = Document.of(SENTENCE * 20, title="Quay", language="en")
    passages = split(document)
    assert len(passages) == 4
    for passage in passages:
        assert document.text[passage.start : passage.end] == passage.text
        assert passage.text.startswith("The harbour office")
        assert passage.text.endswith("of the week.")
        assert passage.title == "Quay"


def test_a_short_document_is_one_passage() -> None:
    assert [passage.text for passage in split(Document.of("  Ships wait.\n", language="en"))] == ["Ships wait."]


def test_a_short_end_stays_with_what_it_ends() -> None:
    passages = split(Document.of(SENTENCE * 5 + "Nobody was hurt.", language="en"))
    assert passages[-1].text.endswith("Nobody was hurt.")
    assert len(passages) == 1


def test_text_without_full_stops_is_cut_between_words() -> None:
    passages = split(Document.of("quay " * 5000, language="en"))
    assert all(len(passage.text) <= 1200 for passage in passages)
    assert all(set(passage.text.split()) == {"quay"} for passage in passages)


def test_text_without_words_is_cut_too() -> None:
    assert sum(len(passage.text) for passage in split(Document.of("x" * 10_000))) == 10_000


@given(st.text(max_size=3000), st.sampled_from(["ar", "en", "und"]))
def test_passages_hold_every_letter_once_and_in_order(text: str, language: str) -> None:
    document = Document.of(text, language=language)
    passages = split(document)
    ends = [0, *(passage.end for passage in passages)]
    assert all(end <= passage.start for end, passage in zip(ends, passages, strict=False))
    assert all(text[passage.start : passage.end] == passage.text for passage in passages)
    kept = "".join("".join(passage.text.split()) for passage in passages)
    assert kept == "".join(text.split())
