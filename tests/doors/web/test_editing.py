"""Claims edited by forms: each kind, what cannot be had with all that was written, and links that go on."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from agent.messages import load_words
from tests.doors.api.desk import Desk
from tests.doors.web.conftest import NewPage
from tests.doors.web.visiting import Visitor, run_visitor

ARTICLE = (
    "The harbour office said on Monday that the second quay would open again. "
    "The mayor said on Monday that the ferry sails again. The union said that two cranes are broken."
)


@pytest.fixture(scope="module")
def visitor(running: Desk) -> Iterator[Visitor]:
    with run_visitor(running) as one:
        yield one


@pytest.fixture
def place(visitor: Visitor) -> str:
    return visitor.verified(ARTICLE, outlet="Quay Notebook", published_at="2016-03-15")


def _edit(visitor: Visitor, report: str, kind: str, version: int = 1, who: str = "Ada Quill", **sent: str) -> str:
    answer = visitor.post(f"{report}/edits", kind=kind, version=str(version), who=who, **sent)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_every_claim_has_its_forms_and_the_list_one_to_add(visitor: Visitor, place: str) -> None:
    claim = visitor.get(place, claim="2").text
    assert re.findall(r'name="kind" value="(\w+)"', claim) == ["reword", "split", "merge", "set_aside"]
    assert set(re.findall(r'name="version" value="(\d+)"', claim)) == {"1"}
    labelled = set(re.findall(r'<label for="([^"]+)"', claim))
    assert set(re.findall(r'<(?:textarea|input|select) id="(edit-[^"]+)"', claim)) <= labelled
    ids = re.findall(r' id="([^"]+)"', claim)
    assert len(ids) == len(set(ids))
    assert re.findall(r'name="kind" value="(\w+)"', visitor.get(place).text) == ["add"]


def test_a_reworded_claim_tells_who_did_it_and_what_it_was(visitor: Visitor, place: str) -> None:
    before = visitor.get(f"{place}/report.json").json()["claims"][1]["text"]
    page = _edit(visitor, place, "reword", claim="2", text="The ferry sails.")
    assert 'data-chosen="2"' in page
    assert ["The ferry sails." in page, "Ada Quill" in page, before in page] == [True, True, True]
    assert "Ada Quill" in visitor.get(f"{place}/history").text
    assert "Ada Quill" in visitor.get(place).text


def test_links_to_claims_go_on_after_a_split_a_merge_and_a_setting_aside(visitor: Visitor, place: str) -> None:
    answer = visitor.post(
        f"{place}/edits?", kind="split", version="1", who="Ada Quill", claim="1", quote="the second quay"
    )
    assert answer.status_code == 422
    quotes = {"quote": ["the second quay would open", "would open again"], "text": ["", "It opens again."]}
    split = visitor._http.post(
        f"{place}/edits", data={"kind": "split", "version": "1", "who": "Ada Quill", "claim": "1", **quotes}
    )
    assert 'data-chosen="4"' in split.text
    assert 'data-chosen="4"' in visitor.get(place, claim="1").text
    _edit(visitor, place, "merge", 2, claim="3", other="5")
    assert 'data-chosen="3"' in visitor.get(place, claim="5").text
    listed = _edit(visitor, place, "set_aside", 3, claim="2", reason="It is a hope.")
    assert ["It is a hope." in listed, 'id="aside-2"' in listed] == [True, True]
    aside = visitor.get(place, claim="2")
    assert (aside.status_code, "data-chosen" in aside.text, 'id="aside-2"' in aside.text) == (200, False, True)
    counts = visitor.get(f"{place}/report.json").json()["counts"]
    assert sum(counts.values()) == 2
    back = _edit(visitor, place, "restore", 4, claim="2")
    assert 'data-chosen="2"' in back
    assert visitor.get(place, claim="99").status_code == 404


def test_what_cannot_be_had_is_told_with_all_that_was_written(visitor: Visitor, place: str) -> None:
    told = visitor.post(
        f"{place}/edits",
        kind="add",
        version="1",
        who="Ada Quill",
        quote="said on Monday that the",
        text="In my words.",
    )
    assert told.status_code == 422
    assert ["several places" in told.text, "In my words." in told.text, "Ada Quill" in told.text] == [True] * 3
    assert re.findall(r'name="place" value="(\d)"', told.text) == ["1", "2"]
    placed = _edit(visitor, place, "add", quote="said on Monday that the", text="In my words.", place="2")
    assert "In my words." in placed
    assert visitor.get(f"{place}/report.json").json()["claims"][-1]["spans"][0]["start"] > 70


def test_the_second_of_two_editors_is_told_and_loses_nothing(visitor: Visitor, place: str) -> None:
    _edit(visitor, place, "reword", claim="1", text="The quay opens.")
    told = visitor.post(
        f"{place}/edits", kind="reword", version="1", who="Ben Bay", claim="1", text="My own wording of the quay."
    )
    assert (told.status_code, "My own wording of the quay." in told.text) == (409, True)
    assert 'name="version" value="2"' in told.text
    assert visitor.get(f"{place}/report.json").json()["claims"][0]["text"] == "The quay opens."


@pytest.mark.parametrize(
    "sent",
    [
        {"kind": "set_aside", "claim": "1", "reason": " "},
        {"kind": "reword", "claim": "1", "text": "x y", "who": "\u200b"},
        {"kind": "split", "claim": "1"},
        {"kind": "merge", "claim": "1"},
        {"kind": "add"},
        {"kind": "reword", "claim": "1", "text": "x" * 2001},
        {"kind": "reword", "claim": "9", "text": "x y"},
        {"kind": "reword", "text": "x y"},
    ],
)
def test_forms_that_are_not_filled_in_change_nothing(visitor: Visitor, place: str, sent: dict[str, str]) -> None:
    answer = visitor.post(f"{place}/edits", version="1", **{"who": "Ada Quill", **sent})
    assert answer.status_code in (404, 422)
    assert load_words("en", "web")("editing.refused") in answer.text
    assert visitor.get(f"{place}/report.json").json()["edits"] == []


def test_a_part_without_words_of_the_article_is_told_as_that(visitor: Visitor, place: str) -> None:
    sent = {"kind": "split", "version": "1", "who": "Ada Quill", "claim": "1"}
    parts = {"quote": ["the second quay", ""], "text": ["", "It opens again."]}
    told = visitor._http.post(f"{place}/edits", data={**sent, **parts})
    fault = load_words("en")("editing.fault.no_quote")
    assert (told.status_code, fault in told.text, "It opens again." in told.text) == (422, True, True)


def test_one_more_part_is_asked_for_without_a_script(visitor: Visitor, place: str) -> None:
    sent = {"kind": "split", "claim": "1", "version": "1", "more": "yes", "quote": "the second quay"}
    page = visitor.post(f"{place}/edits", **sent).text
    assert page.count('name="quote"') == 2
    assert "the second quay" in page


def test_a_form_of_another_site_edits_nothing(visitor: Visitor, place: str) -> None:
    sent = {"kind": "set_aside", "claim": "1", "version": "1", "who": "x y", "reason": "x"}
    answer = visitor._http.post(f"{place}/edits", data=sent, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403
    assert visitor.get(f"{place}/report.json").json()["edits"] == []


@pytest.mark.long
def test_while_it_is_checked_the_page_says_so_and_sends_it_once(running: Desk, place: str, new_page: NewPage) -> None:
    page = new_page(locale="en")
    page.goto(f"{str(running.http.base_url).rstrip('/')}{place}?claim=1")
    page.locator("details.edit > summary").click()
    page.locator("details[name=edit-kind] > summary").first.click()
    form = page.locator("form.editing").first
    form.locator("textarea[name=text]").fill("The quay opens again.")
    form.locator("[name=who]").fill("Ada Quill")
    # Nothing is answered yet: what would be sent is only counted.
    page.evaluate("""() => { window.sent = 0; window.addEventListener("submit", event => {
        window.sent += event.defaultPrevented ? 0 : 1; event.preventDefault(); }) }""")
    button = form.locator("button")
    button.click()
    expect(page.locator("#notice")).to_have_text(load_words("en")("editing.busy"))
    button.click()
    assert page.evaluate("window.sent") == 1


def test_the_forms_speak_arabic(running: Desk, place: str) -> None:
    with run_visitor(running, "ar") as visitor:
        page = visitor.get(place, claim="1").text
        words = load_words("ar", "web")
        assert [words("editing.open") in page, 'dir="rtl"' in page] == [True, True]
        told = visitor.post(f"{place}/edits", kind="add", version="1", who="ليلى", quote="nothing such")
        assert words("editing.fault.not_in_article") in told.text
