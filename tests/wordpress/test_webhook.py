"""What the service tells by itself, and the clock where it cannot."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from standardwebhooks.webhooks import Webhook

from evals.servers.cluster import until
from tests.wordpress.newsroom import PATIENCE, Json, Newsroom, Service, paragraphs

TUNNEL = "The minister said that the tunnel was opened on Monday."


def test_a_webhook_brings_the_result_in_while_nobody_looks(newsroom: Newsroom) -> None:
    post = newsroom.post(paragraphs(TUNNEL))
    # It may be there before this is answered.
    assert newsroom.begin(post)["body"]["state"] in {"checking", "checked"}
    record = newsroom.wait(post)
    assert record["state"] == "checked"
    assert record["summary"]["counts"]["unsourced"] == 1
    tries = newsroom.service.http.get(f"/v1/verifications/{_verification(newsroom, post)}/deliveries").json()
    assert [one["status"] for one in tries["attempts"]] == [204]


def test_only_what_the_service_signed_just_now_is_taken_and_only_once(newsroom: Newsroom) -> None:
    post = newsroom.post(paragraphs(TUNNEL + " It was dry."))
    newsroom.begin(post)
    newsroom.wait(post)
    body = json.dumps({"type": "verification.completed", "data": {"id": _verification(newsroom, post)}})
    now = datetime.now(UTC)
    good = _signed(newsroom.service.secret, "msg_one", now, body)
    strange = _signed("whsec_" + "A" * 32, "msg_two", now, body)
    assert _sent(newsroom, body, strange) == 401
    assert _sent(newsroom, body.replace("completed", "failed"), good) == 401
    assert _sent(newsroom, body, {**good, "webhook-signature": "v1,"}) == 401
    assert _sent(newsroom, body, {}) == 401
    for wrong in (now - timedelta(minutes=6), now + timedelta(minutes=20)):
        assert _sent(newsroom, body, _signed(newsroom.service.secret, "msg_three", wrong, body)) == 401
    assert _sent(newsroom, body, good) == 204
    assert _sent(newsroom, body, good) == 409
    # The service has not heard that it was taken, and says it once more, later: taken, and not acted on again.
    later = _signed(newsroom.service.secret, "msg_one", now + timedelta(seconds=2), body)
    assert _sent(newsroom, body, later) == 204
    # Either secret does while one replaces the other.
    both = _signed(newsroom.service.secret, "msg_four", now, body)
    both["webhook-signature"] = f"{strange['webhook-signature']} {both['webhook-signature']}"
    assert _sent(newsroom, body, both) == 204
    newsroom.set(secret="")
    assert _sent(newsroom, body, _signed("whsec_", "msg_five", now, body)) == 401
    newsroom.set(secret=newsroom.service.secret)


def test_the_contract_of_every_plugin_holds_for_this_one(newsroom: Newsroom) -> None:
    hook = f"{newsroom.site.url}/wp-json/isnad/v1/webhook"
    told = newsroom.service.run("contract-test", hook, "--secret", newsroom.service.secret)
    assert (told.count("✓"), told.count("✗")) == (13, 0), told


def test_a_webhook_finds_a_post_that_was_never_saved_and_leaves_nothing_of_one_that_is_gone(
    newsroom: Newsroom,
) -> None:
    # Neither is told of by the service itself now, so that both are told of here.
    newsroom.set(secret="")
    unsaved = newsroom.post(paragraphs(TUNNEL + " It was new."), post_status="auto-draft")
    gone = newsroom.post(paragraphs(TUNNEL + " It was gone."))
    bodies = []
    for post in (unsaved, gone):
        newsroom.begin(post)
        verification = newsroom.pending(post)["verification"]
        _until_done_by_the_service(newsroom, verification)
        bodies.append(json.dumps({"type": "verification.completed", "data": {"id": verification}}))
    newsroom.site.php("wp_delete_post( $told, true ); return true;", gone)
    newsroom.set(secret=newsroom.service.secret)
    for number, body in enumerate(bodies):
        headers = _signed(newsroom.service.secret, f"msg_left_{number}", datetime.now(UTC), body)
        assert _sent(newsroom, body, headers) == 204
    assert newsroom.record(unsaved)["state"] == "checked"
    kept = "global $wpdb; return $wpdb->get_col( $wpdb->prepare("
    kept += " \"SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE %s\", 'isnad%\\_' . $told ) );"
    assert newsroom.site.php(kept, unsaved) == [f"isnad_found_{unsaved}"]
    assert newsroom.site.php(kept, gone) == []


def test_without_a_webhook_the_clock_brings_the_result_in_and_stops(newsroom: Newsroom) -> None:
    newsroom.set(secret="")
    post = newsroom.post(paragraphs(TUNNEL + " It was wet."))
    newsroom.begin(post)
    scheduled = "return (bool) wp_next_scheduled( 'isnad_pending' );"
    assert newsroom.site.php(scheduled)
    _until_done_by_the_service(newsroom, newsroom.pending(post)["verification"])
    assert newsroom.record(post)["state"] == "checking"
    _make_due(newsroom, "isnad_pending")
    newsroom.site.cron()
    assert newsroom.record(post)["state"] == "checked"
    assert not newsroom.site.php(scheduled)
    newsroom.set(secret=newsroom.service.secret)


@pytest.fixture
def watching(newsroom: Newsroom, tmp_path: Path) -> Iterator[Service]:
    """A service, instead of the other, that looks for later coverage by its clock."""
    service, other = Service(tmp_path, watch_every="*/5 * * * * *"), newsroom.service
    newsroom.use(service)
    try:
        yield service
    finally:
        service.close()
        newsroom.use(other)


def test_a_label_that_later_coverage_changes_is_brought_by_a_webhook(newsroom: Newsroom, watching: Service) -> None:
    post = _unsourced(newsroom, "the canal was closed to ships on Tuesday")
    until(lambda: newsroom.record(post)["changes"] != [], "the label to change")
    _shows_in_the_list_and_on_the_post(newsroom, post)
    tries = f"/v1/verifications/{_verification(newsroom, post)}/deliveries"
    # A try is written down once it is answered.
    until(lambda: "claim.label_changed" in watching.http.get(tries).text, "the webhook to be written down")


def test_without_a_webhook_the_clock_finds_a_label_that_later_coverage_changes(newsroom: Newsroom) -> None:
    post = _unsourced(newsroom, "the lock was opened to barges on Friday")
    newsroom.service.run("watch")

    def is_changed() -> bool:
        _make_due(newsroom, "isnad_look")
        newsroom.site.cron()
        return bool(newsroom.record(post)["changes"])

    until(is_changed, "the label to change")
    _shows_in_the_list_and_on_the_post(newsroom, post)


def _unsourced(newsroom: Newsroom, told: str) -> int:
    """A post with one claim that nobody else tells when it is checked, and somebody later."""
    newsroom.site.php("update_option( 'timezone_string', 'UTC' ); return true;")
    post = newsroom.post(paragraphs(f"The governor said that {told}."), post_status="publish")
    newsroom.begin(post)
    assert [claim["label"] for claim in newsroom.wait(post)["claims"]] == ["unsourced"]
    newsroom.service.add_coverage(
        {
            "text": f"{told.capitalize()}, the governor said. Pilots saw the chain.",
            "outlet": "The Courier",
            "published_at": datetime.now(UTC).isoformat(),
        }
    )
    return post


def _shows_in_the_list_and_on_the_post(newsroom: Newsroom, post: int) -> None:
    record = newsroom.record(post)
    assert [(one["before"], one["after"]) for one in record["changes"]] == [("unsourced", "corroborated")]
    assert record["claims"][0]["standing"] == "corroborated"
    assert record["summary"]["relabelled"] == 1
    column = "ob_start(); ( new Isnad\\Post_List() )->fill_column( 'isnad_claims', $told ); return ob_get_clean();"
    in_list = newsroom.site.php(column, post)
    assert "1 corroborated" in in_list
    assert "1 label changed" in in_list
    assert newsroom.rest("DELETE", f"/isnad/v1/posts/{post}/changes")["body"]["changes"] == []
    assert newsroom.record(post)["summary"]["relabelled"] == 0


def _verification(newsroom: Newsroom, post: int) -> str:
    found: str = newsroom.site.php("return ( new Isnad\\Record( $told ) )->found()['verification'];", post)
    return found


def _until_done_by_the_service(newsroom: Newsroom, verification: str) -> None:
    with newsroom.service.http.stream("GET", f"/v1/verifications/{verification}/events") as events:
        assert events.read()


def _make_due(newsroom: Newsroom, hook: str) -> None:
    newsroom.site.php(
        "wp_clear_scheduled_hook( $told ); wp_schedule_event( time() - 1, 'hourly', $told ); return true;", hook
    )


def _signed(secret: str, name: str, moment: datetime, body: str) -> dict[str, str]:
    return {
        "webhook-id": name,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Webhook(secret).sign(name, moment, body) if len(secret) > 6 else "v1,x",
    }


def _sent(newsroom: Newsroom, body: str, headers: dict[str, str]) -> Json:
    told = {"content-type": "application/json", **headers}
    return httpx.post(
        f"{newsroom.site.url}/wp-json/isnad/v1/webhook", content=body, headers=told, timeout=PATIENCE
    ).status_code
