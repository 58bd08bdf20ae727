"""The service away, slow, busy or unwilling: each is said clearly, and no draft is lost."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import httpx
import pytest
from playwright.sync_api import expect

from agent.storage.keys import Scope, open_keys
from evals.servers.cluster import until
from tests.wordpress.newsroom import PATIENCE, Newsroom, paragraphs
from tests.wordpress.people import Editor
from tests.wordpress.stories import long_story

FERRY = "The harbour office said that the ferry was moved on Sunday."
SignIn = Callable[..., Editor]


def test_a_revoked_key_a_rate_and_a_scope_are_told_apart(newsroom: Newsroom, sign_in: SignIn) -> None:
    post = newsroom.post(paragraphs(FERRY))
    revoked = newsroom.service.new_key()
    newsroom.service.revoke(revoked)
    with open_keys(newsroom.service.settings) as keys:
        seldom = keys.create("seldom", [Scope.VERIFY, Scope.READ], requests_per_minute=1)
    reader = newsroom.service.new_key(Scope.READ)
    newsroom.set(key=revoked)
    assert _trouble(newsroom, post) == (502, "isnad_key")
    newsroom.set(key=reader)
    assert _trouble(newsroom, post) == (502, "isnad_scope")
    newsroom.set(key=seldom)
    newsroom.rest("POST", "/isnad/v1/connection")
    assert _trouble(newsroom, post) == (429, "isnad_rate")
    newsroom.set(key=revoked)
    editor = sign_in()
    editor.open(post)
    editor.press("Check")
    expect(editor.page.locator(".isnad-head .components-notice__content")).to_contain_text("revoked")
    newsroom.set(key=newsroom.service.key)
    editor.check()
    expect(editor.page.locator(".isnad-head .components-notice__content")).to_have_count(0)


def test_a_stranger_and_silence_at_the_address_are_told_apart(newsroom: Newsroom) -> None:
    post = newsroom.post(paragraphs(FERRY))
    newsroom.set(url="")
    assert _trouble(newsroom, post) == (503, "isnad_unset")
    newsroom.set(url=newsroom.site.url)
    assert _trouble(newsroom, post) == (502, "isnad_stranger")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    newsroom.set(url=f"http://127.0.0.1:{port}")
    assert _trouble(newsroom, post) == (503, "isnad_away")
    with _silent() as url:
        newsroom.set(url=url)
        assert _trouble(newsroom, post, impatient=True) == (504, "isnad_slow")
    newsroom.set(url=newsroom.service.url)


def test_a_published_page_asks_the_service_nothing(newsroom: Newsroom) -> None:
    post = newsroom.post(paragraphs(FERRY + " It sank."), post_status="publish")
    assert newsroom.checked(post)["claims"]
    with socket.create_server(("127.0.0.1", 0)) as listening:
        newsroom.set(url=f"http://127.0.0.1:{listening.getsockname()[1]}", claims=True)
        page = httpx.get(f"{newsroom.site.url}/?p={post}", follow_redirects=True, timeout=PATIENCE)
        assert "ld+json" in page.text
        listening.setblocking(False)
        with pytest.raises(BlockingIOError):
            listening.accept()
    newsroom.set(url=newsroom.service.url, claims=False)


def test_a_post_of_twenty_thousand_words_is_checked_and_a_longer_one_refused(
    newsroom: Newsroom, sign_in: SignIn
) -> None:
    post = newsroom.post(paragraphs(*long_story(20_000)))
    editor = sign_in()
    editor.open(post)
    editor.check()
    record = editor.record()
    assert len(record["claims"]) > 200
    until(lambda: sum(map(len, editor.marked().values())) >= len(record["claims"]), "every claim to be marked")
    too_long = newsroom.post(paragraphs(*long_story(200_000)))
    assert _trouble(newsroom, too_long)[0] in (413, 422)


def test_a_check_that_the_service_has_forgotten_can_be_begun_anew(newsroom: Newsroom) -> None:
    post = newsroom.post(paragraphs(FERRY + " It was late."))
    newsroom.set(secret="")
    newsroom.begin(post)
    verification = newsroom.pending(post)["verification"]
    assert newsroom.service.http.delete(f"/v1/verifications/{verification}").status_code == 204
    assert newsroom.rest("GET", f"/isnad/v1/posts/{post}/check")["body"]["state"] == "failed"
    newsroom.set(secret=newsroom.service.secret)
    assert newsroom.checked(post)["state"] == "checked"


def test_a_post_without_words_is_not_sent(newsroom: Newsroom) -> None:
    assert _trouble(newsroom, newsroom.post("<!-- wp:separator --><hr/><!-- /wp:separator -->")) == (
        422,
        "isnad_empty",
    )


@contextmanager
def _silent() -> Iterator[str]:
    """An address that takes what comes and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        held: list[socket.socket] = []

        def take() -> None:
            with suppress(OSError):
                while True:
                    held.append(listening.accept()[0])

        thread = threading.Thread(target=take)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()
            for one in held:
                one.close()


def _trouble(newsroom: Newsroom, post: int, *, impatient: bool = False) -> tuple[int, str]:
    answer = newsroom.begin(post, impatient=impatient)
    return answer["status"], answer["body"]["code"]
