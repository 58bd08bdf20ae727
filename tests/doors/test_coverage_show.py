"""`isnad coverage show`: a stored document as it will be judged."""

import json
import re
from pathlib import Path

import pytest

from agent.coverage.index.stored import StoredDocument
from agent.doors.cli.coverage_show import show_stored
from agent.models import DateSource, Document, LeftOut, Provenance
from tests.support.command import isnad
from tests.support.office_files import docx, p, r

FLOOD = (
    "The civil defence said that 71 people were killed in the flood on Thursday in the harbour town, and that three "
    "of its teams had been at work on the quay since the early morning to help those who live there."
)


def _add(folder: Path, *told: dict[str, str]) -> list[str]:
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, told)), "utf-8")
    isnad("coverage", "add", str(folder / "a.jsonl"))
    return [line.split("\t")[0] for line in isnad("coverage", "list").out.splitlines()]


def _lines(document_id: str) -> dict[str, str]:
    """What is told above the text, by its name."""
    head = isnad("coverage", "show", document_id).out.partition("\n\n")[0]
    # Long lines are broken for the screen.
    return dict(line.split(": ", 1) for line in re.sub(r"\n(?![a-z -]+: )", " ", head).splitlines())


def _stored(document_id: str) -> StoredDocument:
    return StoredDocument.model_validate_json(isnad("coverage", "show", document_id, "--format", "json").out)


def test_the_date_and_where_it_stood(tmp_path: Path) -> None:
    dated, undated = _add(
        tmp_path, {"text": "The quay opened.", "published_at": "2016-03-15"}, {"text": "It closed."}
    )
    assert _lines(dated)["published"] == "2016-03-15 00:00 +0000, as whoever added it said"
    assert _lines(undated)["published"] == "no date: it may be of any day"


@pytest.mark.parametrize("source", DateSource)
def test_every_source_of_a_date_is_told_in_words(source: DateSource, capsys: pytest.CaptureFixture[str]) -> None:
    document = Document.of("The quay opened.", provenance=Provenance(date_from=source))
    told = dict(document) | {"published_at": "2016-03-15T00:00Z", "state": "ready", "added_at": "2016-03-15T00:00Z"}
    show_stored(StoredDocument.model_validate(told), as_json=False)
    assert f"published: 2016-03-15 00:00 +0000, {_WORDS[source]}" in capsys.readouterr().out


_WORDS = {
    DateSource.GIVEN: "as whoever added it said",
    DateSource.STRUCTURED_DATA: "from the page's structured data",
    DateSource.METADATA: "from the page's metadata",
    DateSource.VISIBLE_LINE: "from the date line",
    DateSource.ADDRESS: "from its address",
    DateSource.FEED: "from the feed that listed it\n",
    DateSource.FEED_UPDATED: "from the feed that listed it, as the time of its last change",
    DateSource.AGENCY: "from the agency's item",
    DateSource.FILE: "from the file",
}


def test_a_copy_is_told_with_whom_it_copies_and_what_it_changes(tmp_path: Path) -> None:
    first, copy, own = _add(
        tmp_path,
        {"text": f"BAY CITY (Reuters) - {FLOOD}", "outlet": "Harbour Post"},
        {"text": FLOOD.replace("71", "17"), "outlet": "Mole Mail"},
        {"text": "Oranges cost more."},
    )
    shown = [_stored(one) for one in (first, copy, own)]
    assert [one.credit.id if one.credit else None for one in shown] == ["agency:reuters", "outlet:mole mail", None]
    origins = [one.origin for one in shown if one.origin is not None]
    assert [(one.articles, one.first, one.of, one.changed) for one in origins] == [
        (2, first, None, ()),
        (2, first, first, ("71 → 17",)),
        (1, own, None, ()),
    ]
    told = _lines(copy)["origin"]
    assert (first in told, "Harbour Post" in told, told.endswith("71 → 17")) == (True, True, True)


def test_what_was_left_out_and_what_was_mended_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.docx").write_bytes(docx(p(r("The quay opened."), r("Not yet.", "<w:strike/>"))))
    isnad("coverage", "add", str(tmp_path / "a.docx"))
    (row,) = isnad("coverage", "list").out.splitlines()
    told = isnad("coverage", "show", row.split("\t")[0]).out
    assert re.search(r"^left out: .*\(1\)", told, re.MULTILINE)
    mended = Provenance(left_out=(LeftOut(what="a teaser", why="of another story"),), mended=("hyphens joined",))
    known = dict(Document.of("The quay.", provenance=mended)) | {"state": "pending", "added_at": "2016-03-15T00:00Z"}
    show_stored(StoredDocument.model_validate(known), as_json=False)
    shown = capsys.readouterr().out
    assert "left out: a teaser – of another story\nmended: hyphens joined\n\nThe quay.\n" in shown
    assert "state: waits for the index" in shown


def test_the_text_stands_as_it_is_with_its_empty_lines(tmp_path: Path) -> None:
    (one,) = _add(tmp_path, {"text": "أُغلق الجسر.\n\nThe bridge was shut."})
    assert isnad("coverage", "show", one).out.endswith("\n\nأُغلق الجسر.\n\nThe bridge was shut.\n")


def test_the_beginning_of_an_id_does_where_it_is_the_only_one(tmp_path: Path) -> None:
    one, other = _add(tmp_path, {"text": "The quay opened."}, {"text": "The quay closed."})
    assert isnad("coverage", "show", one[:8]).out == isnad("coverage", "show", one).out
    several = isnad("coverage", "show", "d")
    assert several.code == 2
    assert one in several.err
    assert other in several.err


@pytest.mark.parametrize("name", ["d0", "x", "", "%", "d%", "d" + "0" * 20, "D"])
def test_an_id_that_is_none_is_a_wrong_use(tmp_path: Path, name: str) -> None:
    _add(tmp_path, {"text": "The quay opened."})
    wrong = isnad("coverage", "show", name)
    assert wrong.code == 2
    assert repr(name) in wrong.err


def test_all_of_it_as_json(tmp_path: Path) -> None:
    (one,) = _add(tmp_path, {"text": "The quay opened.", "outlet": "Harbour Post", "published_at": "2016-03-15"})
    told = _stored(one)
    assert (told.id, told.text, told.provenance.date_from) == (one, "The quay opened.", DateSource.GIVEN)
    assert told.credit is not None
    assert told.credit.id == "outlet:harbour post"
    assert told.origin is not None
    assert told.origin.first == one


def test_what_is_searched_no_more_has_no_origin(tmp_path: Path) -> None:
    (one,) = _add(tmp_path, {"text": "The quay opened."})
    isnad("coverage", "withdraw", one, "--reason", "a hoax")
    told = _lines(one)
    assert told["state"] == "withdrawn: a hoax"
    assert "origin" not in told
