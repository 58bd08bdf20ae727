import json
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import httpx
import psycopg
import pytest
from psycopg import sql

from agent.config import Settings
from agent.models import Report
from evals.servers.endpoint import Pace, SimulatedModel
from evals.servers.wire import Hang, Refusal
from evals.servers.wire_format import Asked, Reply
from tests.doors.api.desk import ARTICLE, ON_BOTH, PATIENCE, Desk

pytestmark = [ON_BOTH, pytest.mark.long]
_FORMS = {
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "jsonld": "application/ld+json",
}


def test_an_article_is_accepted_at_once_and_then_verified(desk: Desk) -> None:
    accepted = desk.http.post("/v1/verifications", json={"text": ARTICLE, "title": "Bridge", "outlet": "The Ledger"})
    assert accepted.status_code == 202
    assert accepted.json()["state"] in ("queued", "running")
    place = accepted.headers["location"]
    assert desk.http.get(f"{place}/events").status_code == 200  # it ends when the verification does
    done = desk.http.get(place).json()
    assert done["state"] == "succeeded"
    assert done["title"] == "Bridge"
    assert len(done["created_at"]) == len(accepted.json()["created_at"]) == len("2026-03-16T09:00:00Z")
    assert done["result"]["complete"] is True
    assert done["result"]["tokens"] > 0
    report = Report.model_validate(desk.http.get(done["links"]["reports"]["json"]).json())
    assert report.article.text == ARTICLE
    assert report.article.outlet == "The Ledger"
    assert report.counts.model_dump() == done["result"]["counts"]


def test_whoever_waits_gets_the_report_in_the_answer(desk: Desk) -> None:
    answer = desk.post(text=ARTICLE)
    assert (answer.status_code, answer.headers["preference-applied"]) == (200, "wait=60")
    report = Report.model_validate(answer.json()["report"])
    assert [claim.quote in ARTICLE for claim in report.claims] == [True, True]


def test_whoever_waits_in_vain_is_told_where_to_look(desk: Desk) -> None:
    desk.model.behave(lambda _: Hang())
    answer = desk.http.post("/v1/verifications", json={"text": ARTICLE}, headers={"Prefer": "respond-async, wait=1"})
    assert answer.status_code == 202
    assert desk.http.post(f"{answer.headers['location']}/cancel").json()["state"] == "cancelled"


@pytest.mark.parametrize("form", _FORMS)
def test_the_report_comes_in_every_form_once(desk: Desk, form: str) -> None:
    done = desk.verified()
    first = desk.http.get(f"/v1/verifications/{done['id']}/report.{form}")
    assert (first.status_code, first.headers["content-type"]) == (200, _FORMS[form])
    again = desk.http.get(first.request.url, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "script" not in first.headers["content-security-policy"]


def test_one_key_is_one_verification(desk: Desk) -> None:
    def post(text: str) -> httpx.Response:
        return desk.http.post("/v1/verifications", json={"text": text}, headers={"Idempotency-Key": "edition-7"})

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(post, [ARTICLE] * 16))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["id"] for answer in answers}) == 1
    other = post(ARTICLE + " It will stay shut.")
    assert (other.status_code, other.json()["type"]) == (422, "urn:isnad:problem:idempotency-key")


def test_claims_are_found_again_in_the_blocks_of_the_editor(desk: Desk) -> None:
    blocks = [
        {"id": "head", "html": "<h2>Bridge shut</h2><script>let no = 'claim';</script>"},
        {
            "id": "lead",
            "html": "The mayor &amp; his <b>deputy</b> said the <a href='#'>bridge</a> was shut on Monday.",
        },
        {"id": "body", "text": "Engineers had found cracks 🧱 in two of its piers."},
    ]
    contents = {
        "head": "Bridge shutlet no = 'claim';",
        "lead": "The mayor & his deputy said the bridge was shut on Monday.",
        "body": blocks[2]["text"],
    }
    done = desk.verified(blocks=blocks)
    report = Report.model_validate(done["report"])
    shown = done["blocks"]
    assert isinstance(shown, list)
    assert [block["id"] for block in shown] == ["head", "lead", "body"]
    found = [(s["claim_id"], b["id"], contents[b["id"]][s["start"] : s["end"]]) for b in shown for s in b["spans"]]
    assert ("lead", contents["lead"].rstrip(".")) in [(block, words.rstrip(".")) for _, block, words in found]
    assert ("body", contents["body"].rstrip(".")) in [(block, words.rstrip(".")) for _, block, words in found]
    for claim in report.claims:
        assert " ".join(words for id_, _, words in found if id_ == claim.id) == " ".join(claim.quote.split())
    assert desk.http.get(f"/v1/verifications/{done['id']}").json()["blocks"] == shown


def test_a_page_is_read_for_its_article(desk: Desk) -> None:
    done = desk.verified(html=_PAGE, published_at="2026-03-16", outlet="The Ledger")
    report = Report.model_validate(done["report"])
    assert "cracks in two of its piers" in report.article.text
    assert "Subscribe" not in report.article.text
    assert f"{report.article.published_at:%Y-%m-%d}" == "2026-03-16"


def test_a_post_of_an_editor_is_taken_whole(desk: Desk) -> None:
    post = (
        f"<!-- wp:paragraph --><p>{ARTICLE}</p><!-- /wp:paragraph --><h2>Two bridges</h2>"
        "<ul><li>The repair costs four million crowns.</li><li>It takes six weeks.</li></ul>"
        "<blockquote><p>We could not wait any longer.</p><cite>Ola Strand, mayor</cite></blockquote>"
        "<figure><table><tbody><tr><td>Northbank</td><td>17 dead</td></tr></tbody></table></figure>"
    )
    done = desk.verified(html=post, title="Bridge shut", outlet="The Ledger")
    article = Report.model_validate(done["report"]).article
    assert [line for line in article.text.splitlines() if line] == [
        ARTICLE,
        "Two bridges",
        "The repair costs four million crowns.",
        "It takes six weeks.",
        "“We could not wait any longer.” — Ola Strand, mayor",
        "Northbank 17 dead",
    ]
    assert (article.title, article.outlet) == ("Bridge shut", "The Ledger")


def test_an_address_is_fetched(desk: Desk) -> None:
    with _site() as url:
        done = desk.verified(url=f"{url}/bridge", outlet="The Ledger")
        report = Report.model_validate(done["report"])
        assert "cracks in two of its piers" in report.article.text
        assert report.article.url == f"{url}/bridge"
        failed = desk.post(url=f"{url}/nowhere").json()
    assert (failed["state"], failed["failure"]["code"]) == ("failed", "article")
    report_of_failed = desk.http.get(f"{failed['links']['self']}/report.json")
    assert (report_of_failed.status_code, report_of_failed.json()["type"]) == (409, "urn:isnad:problem:state")


def test_options_bound_one_verification(desk: Desk) -> None:
    done = desk.verified(text=ARTICLE, options={"max_claims": 1})
    report = Report.model_validate(done["report"])
    assert (len(report.claims), report.dropped.claims_over_limit) == (1, 1)


def test_events_can_be_taken_up_where_they_broke_off(desk: Desk) -> None:
    done = desk.verified()
    events = _events(desk, str(done["id"]))
    assert [event["id"] for event in events[:-1]] == [str(n) for n in range(1, len(events))]
    assert [events[0]["event"], events[-2]["event"], events[-1]["event"]] == ["run_started", "run_finished", "ended"]
    assert json.loads(events[-1]["data"])["state"] == "succeeded"
    assert _events(desk, str(done["id"]), after=3) == events[3:]


def test_a_running_verification_is_followed_to_its_cancelled_end(desk: Desk) -> None:
    desk.model.behave(lambda _: Hang())
    job = desk.posted()
    with ThreadPoolExecutor(1) as thread:
        following = thread.submit(_events, desk, job)
        while desk.http.get(f"/v1/verifications/{job}").json()["state"] != "running":
            pass
        assert desk.http.post(f"/v1/verifications/{job}/cancel").status_code == 200
        events = following.result()
    assert json.loads(events[-1]["data"])["state"] == "cancelled"
    assert desk.http.post(f"/v1/verifications/{job}/cancel").status_code == 200


def test_what_has_ended_is_not_cancelled(desk: Desk) -> None:
    answer = desk.http.post(f"/v1/verifications/{desk.verified()['id']}/cancel")
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:isnad:problem:state")


def test_a_listing_goes_on_where_it_stopped(desk: Desk) -> None:
    mine = {str(desk.verified()["id"]) for _ in range(3)}
    page = desk.http.get("/v1/verifications", params={"limit": 2, "state": "succeeded"}).json()
    seen = [one["id"] for one in page["verifications"]]
    assert len(seen) == 2
    desk.verified()
    while page["next_cursor"]:
        page = desk.http.get(
            "/v1/verifications", params={"limit": 2, "state": "succeeded", "cursor": page["next_cursor"]}
        ).json()
        seen += [one["id"] for one in page["verifications"]]
    assert len(seen) == len(set(seen))
    assert mine <= set(seen)


def test_what_is_forgotten_is_gone(desk: Desk) -> None:
    words = "The lighthouse keeper said that the lamp had failed on Thursday. Nobody had been told of it."
    job = str(desk.verified(text=words)["id"])
    gone = desk.http.delete(f"/v1/verifications/{job}")
    assert (gone.status_code, gone.headers.get("content-type")) == (204, None)
    for path in ("", "/events", "/report.json", "/corrections"):
        assert desk.http.get(f"/v1/verifications/{job}{path}").status_code == 404
    assert desk.http.delete(f"/v1/verifications/{job}").status_code == 404
    tables = {table.rpartition(".")[2] for table, _ in _kept(desk.service.settings)}
    assert {"versions", "workflow_status", "checkpoints"} <= tables
    assert _holding(desk.service.settings, "lighthouse keeper", job) == []


def test_what_is_forgotten_while_it_runs_stops_and_leaves_nothing(desk: Desk) -> None:
    begun, deleted = Event(), Event()
    answer = SimulatedModel(Pace(call_seconds=0)).chat

    def once_deleted(asked: Asked) -> Reply | Refusal | Hang:
        begun.set()
        deleted.wait(PATIENCE)
        return answer(asked)

    desk.model.behave(once_deleted)
    words = "The harbour pilot said that the buoy had drifted on Tuesday. Nobody had seen it go."
    job = desk.posted(text=words)
    assert begun.wait(PATIENCE)
    assert desk.http.delete(f"/v1/verifications/{job}").status_code == 204
    deleted.set()
    # As long as it would have taken to go on.
    desk.verified()
    until = time.monotonic() + PATIENCE
    while left := _holding(desk.service.settings, job, "harbour pilot"):
        assert time.monotonic() < until, left


def _holding(settings: Settings, *words: str) -> list[str]:
    """The tables in which some of these words stand."""
    return [table for table, rows in _kept(settings) if any(one in rows for one in words)]


def _kept(settings: Settings) -> Iterator[tuple[str, str]]:
    """All tables with all that stands in them."""
    if settings.database_url is None:
        for file in settings.data_dir.glob("*.sqlite"):
            with closing(sqlite3.connect(file)) as database:
                for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                    yield f"{file.name}.{table}", str(database.execute(f'SELECT * FROM "{table}"').fetchall())
        return
    with psycopg.connect(settings.database_url.get_secret_value()) as connection:
        tables = connection.execute(
            "SELECT table_schema, table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE'"
            " AND table_schema NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        for place in tables:
            rows = connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(*place))).fetchall()
            yield ".".join(place), str(rows)


def test_a_reviewer_has_the_last_word_and_both_stay(desk: Desk) -> None:
    done = desk.verified()
    path = f"/v1/verifications/{done['id']}"
    word = {"label": "contested", "reason": "The engineers took it back.", "who": "Desk editor"}
    first = desk.http.post(f"{path}/claims/c1/corrections", json=word)
    assert (first.status_code, first.json()["given"], first.json()["label"]) == (201, "unsourced", "contested")
    second = desk.http.post(f"{path}/claims/c1/corrections", json=word | {"label": "unsourced"})
    assert second.status_code == 201
    listed = desk.http.get(f"{path}/corrections").json()["corrections"]
    assert [one["label"] for one in listed] == ["contested", "unsourced"]
    assert desk.http.get(f"{path}/report.json").json()["claims"][0]["label"] == "unsourced"
    assert desk.http.post(f"{path}/claims/c99/corrections", json=word).status_code == 404
    assert desk.http.post(f"{path}/claims/c1/corrections", json=word | {"who": "  "}).status_code == 422


_PAGE = f"""<!doctype html><html lang="en"><head><title>Bridge shut</title></head><body>
<nav>Subscribe now</nav><article><h1>Bridge shut</h1><p>{ARTICLE}</p><p>{ARTICLE.replace("mayor", "deputy mayor")}</p>
<p>Lorries have to take the long way round by the northern road until the repair is done, the office said.</p>
</article></body></html>"""


@contextmanager
def _site() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path == "/bridge"
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(_PAGE.encode() if found else b"")

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def _events(desk: Desk, job: str, after: int = 0) -> list[dict[str, str]]:
    headers = {"Last-Event-ID": str(after)} if after else {}
    answer = desk.http.get(f"/v1/verifications/{job}/events", headers=headers)
    assert answer.headers["content-type"].startswith("text/event-stream")
    frames = [frame for frame in answer.text.split("\n\n") if frame and not frame.startswith(":")]
    return [dict(line.split(": ", 1) for line in frame.splitlines()) for frame in frames]
