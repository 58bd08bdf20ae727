"""While the service works on a check: a model answers a few calls and then nobody, so that nothing ends too early."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from evals.servers.cluster import until
from tests.support.endpoint import ScriptedEndpoint, run_endpoint
from tests.support.hanging import AnswersThenHangs
from tests.wordpress.newsroom import Newsroom, Service, paragraphs
from tests.wordpress.people import Editor
from tests.wordpress.stories import long_story

_ANSWERED = 2
_EVERY_CALL = 10_000
SignIn = Callable[..., Editor]


@pytest.fixture(scope="module")
def model() -> Iterator[ScriptedEndpoint]:
    with run_endpoint() as endpoint:
        yield endpoint


@pytest.fixture
def halting(newsroom: Newsroom, model: ScriptedEndpoint, tmp_path: Path) -> Iterator[Service]:
    """A service, instead of the other, whose model falls silent after two parts."""
    model.reset()
    model.behave(AnswersThenHangs(_ANSWERED))
    service = Service(
        tmp_path,
        analyst="model",
        model="small",
        base_url=model.url,
        api_key="sk-x",
        idle_timeout="600",
        max_tries="3",
    )
    other = newsroom.service
    newsroom.use(service)
    try:
        yield service
    finally:
        model.let_go()
        service.close()
        newsroom.use(other)


def test_progress_is_told_while_the_service_works(
    newsroom: Newsroom, halting: Service, model: ScriptedEndpoint
) -> None:
    post = newsroom.post(paragraphs(*long_story(6_000)))
    newsroom.set(secret="")
    newsroom.begin(post)
    told: list[dict[str, int]] = []

    def look() -> dict[str, int]:
        after = max((one["after"] for one in told), default=0)
        body = newsroom.rest("GET", f"/isnad/v1/posts/{post}/check", {"after": after})["body"]
        assert body["state"] == "checking"
        told.append(body["progress"])
        return told[-1]

    until(lambda: look() is not None and sum(one.get("parts_read", 0) for one in told) == _ANSWERED, "two parts")
    # What was told once is not told again.
    assert not {"parts", "parts_read"} & look().keys()
    assert [one["parts"] > _ANSWERED for one in told if "parts" in one] == [True]
    _answer(model)
    assert newsroom.ended(post)["state"] == "checked"


def test_the_service_is_killed_in_the_middle_and_the_check_ends_all_the_same(
    newsroom: Newsroom, sign_in: SignIn, halting: Service, model: ScriptedEndpoint
) -> None:
    story = long_story(1_000)
    post = newsroom.post(paragraphs(*story))
    editor = sign_in()
    editor.open(post)
    editor.press("Check")
    expect(editor.page.locator(".isnad-running")).to_be_visible()
    halting.member.kill()
    notice = editor.page.locator(".isnad-head .components-notice__content")
    expect(notice.first).to_contain_text("cannot be reached")
    # Whoever writes goes on writing, and saves.
    editor.text.locator("p.wp-block-paragraph").first.click()
    editor.page.keyboard.press("Home")
    editor.page.keyboard.type("Kept. ")
    editor.press("Save draft")
    expect(editor.page.get_by_role("button", name="Saved")).to_be_visible()
    _answer(model)
    halting.start_again()
    editor.until_checked()
    expect(notice).to_have_count(0)
    assert "Kept. " in newsroom.content(post)
    # What was written meanwhile was not checked, and the rest keeps its marks.
    expect(editor.state).to_contain_text("text changed since")
    marked = {words for some in editor.marked().values() for words in some}
    assert any(words in " ".join(story[1:]) for words in marked)


def test_a_check_can_be_stopped(newsroom: Newsroom, halting: Service) -> None:
    post = newsroom.post(paragraphs(*long_story(1_000)))
    newsroom.begin(post)
    verification = newsroom.pending(post)["verification"]
    stopped = newsroom.rest("DELETE", f"/isnad/v1/posts/{post}/check")
    assert (stopped["status"], stopped["body"]["state"]) == (200, "failed")
    assert newsroom.pending(post) == []
    told = halting.http.get(f"/v1/verifications/{verification}").json()
    assert told["state"] in {"cancelled", "running"}
    until(lambda: halting.http.get(f"/v1/verifications/{verification}").json()["state"] == "cancelled", "the end")


def test_a_key_that_is_revoked_in_between_is_told_and_with_another_the_post_is_checked_anew(
    newsroom: Newsroom, sign_in: SignIn, halting: Service, model: ScriptedEndpoint
) -> None:
    post = newsroom.post(paragraphs(*long_story(200)))
    newsroom.set(secret="")
    editor = sign_in()
    editor.open(post)
    editor.press("Check")
    expect(editor.page.locator(".isnad-running")).to_be_visible()
    halting.revoke(halting.key)
    notice = editor.page.locator(".isnad-head .components-notice__content")
    expect(notice.first).to_contain_text("revoked")
    # What one key has asked for is not another's to see.
    newsroom.set(key=halting.new_key())
    expect(notice.first).to_contain_text("does not know this check any more")
    _answer(model)
    editor.check()
    expect(notice).to_have_count(0)


def _answer(model: ScriptedEndpoint) -> None:
    """From now on the model answers everybody."""
    model.behave(AnswersThenHangs(_EVERY_CALL))
    model.let_go()
