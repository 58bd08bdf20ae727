"""Every command that has its work done by a server where one runs: the same is shown either way."""

import json
import re
import shutil
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.config import Settings
from agent.coverage.index.database import open_database
from agent.coverage.web.followed import Follows
from agent.models import Report
from agent.service.address import address_of, announced
from agent.storage.keys import Scope
from tests.doors.api.desk import Desk, run_desk
from tests.support.command import Outcome, counts_of, isnad, piped
from tests.support.endpoint import run_endpoint
from tests.support.newsstand import RSS, Served, item, page, rss, run_newsstand, story

ARTICLE = (
    "The harbour office said on Monday that the second quay would open again. "
    '"We are not leaving," the union chairman told reporters.'
)
SAME = {
    "text": "The second quay of the harbour would open again, the harbour office said on Monday.",
    "outlet": "Harbour Post",
    "published_at": "2016-03-15",
}
OTHER = {
    "text": "The pilots' union denied that the second quay would open again.",
    "outlet": "Mole Mail",
    "title": "Union denies it",
    "url": "https://mole.example/denial",
}
# What is no two times the same: ids of runs, moments, seconds.
_RUN = re.compile(r"\b(\d{8}-\d{6}-[0-9a-f]{6}|[0-9a-f]{32})\b")
_SECONDS = re.compile(r"\d[\d.,\\]* s\b")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:?\d\d)?")


class Both:
    """Two data folders that begin alike: a server runs on one of them, and nothing on the other."""

    def __init__(self, served: Path, alone: Path) -> None:
        self.served = served
        self.alone = alone

    def isnad(self, *arguments: str) -> Outcome:
        """What a command shows, the same by the server and alone."""
        served = isnad(*arguments, data_dir=str(self.served))
        alone = isnad(*arguments, data_dir=str(self.alone))
        assert _lasting(served) == _lasting(alone)
        return served


def _lasting(outcome: Outcome) -> Outcome:
    def masked(text: str) -> str:
        return _SECONDS.sub("<seconds>", _MOMENT.sub("<moment>", _RUN.sub("<run>", text)))

    return Outcome(outcome.code, masked(outcome.out), masked(outcome.err))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("beside") / "data"
    settings = Settings(data_dir=folder, shutdown_grace=0, allow_private_urls=True, fetch_delay=0)
    with run_endpoint() as model, run_desk(settings, model) as running:
        port = running.http.base_url.port
        assert port is not None
        with announced(folder, address_of("127.0.0.1", port, running.service.operator_key)):
            yield running


@pytest.fixture
def both(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Both:
    for name, value in {"ALLOW_PRIVATE_URLS": "1", "FETCH_DELAY": "0"}.items():
        monkeypatch.setenv(f"ISNAD_{name}", value)
    served, alone = desk.service.settings.data_dir, tmp_path / "alone"
    # A store that is open is not copied: what a test before has added is taken out instead.
    ids = [line.split("\t")[0] for line in isnad("coverage", "list", "--all", data_dir=str(served)).out.splitlines()]
    if ids:
        assert isnad("coverage", "remove", *ids, data_dir=str(served)).code == 0
    Path("article.txt").write_text(ARTICLE, encoding="utf-8")
    _write("coverage.jsonl", SAME)
    return Both(served, alone)


def _write(name: str, *documents: dict[str, str]) -> None:
    Path(name).write_text("\n".join(map(json.dumps, documents)), encoding="utf-8")


def test_coverage_is_added_listed_shown_searched_withdrawn_restored_and_removed(both: Both) -> None:
    Path("broken.jsonl").write_text("{half\n", encoding="utf-8")
    added = both.isnad("coverage", "add", "coverage.jsonl", "broken.jsonl")
    assert (added.code, counts_of(added.err.splitlines()[0])) == (3, {"added": 1, "unchanged": 0, "rejected": 1})
    again = both.isnad("coverage", "add", "coverage.jsonl")
    assert counts_of(again.err) == {"added": 0, "unchanged": 1, "rejected": 0}
    (line,) = both.isnad("coverage", "list").out.splitlines()
    document = line.split("\t")[0]
    assert SAME["text"] in both.isnad("coverage", "show", document[:8]).out
    assert both.isnad("coverage", "show", document, "--format", "json").code == 0
    found = both.isnad("coverage", "search", "the second quay opens again", "--json", "--date", "2016-03-16")
    assert json.loads(found.out)["found"]["passage"]["document_id"] == document
    assert both.isnad("coverage", "search", "the second quay").out.startswith("1. 2016-03-15 Harbour Post")
    assert both.isnad("coverage", "withdraw", document, "--reason", "it was taken back").out == "1 withdrawn\n"
    assert "it was taken back" in both.isnad("coverage", "list", "--all").out
    again = both.isnad("coverage", "withdraw", document, "nothing", "--reason", "twice")
    assert (again.code, again.out) == (2, "0 withdrawn\n")
    assert both.isnad("coverage", "restore", document).out == "1 restored\n"
    assert both.isnad("coverage", "remove", document, document).out == "1 removed\n"
    assert both.isnad("coverage", "show", document).code == 2
    assert both.isnad("coverage", "list").out == ""
    assert both.isnad("coverage", "search", "the second quay").out == ""


def test_the_statistics_are_those_of_the_store_that_is_used(both: Both) -> None:
    both.isnad("coverage", "add", "coverage.jsonl")
    told = {name: isnad("coverage", "stats", data_dir=str(getattr(both, name))) for name in ("served", "alone")}
    for name, outcome in told.items():
        assert "documents  1\n" in outcome.out
        assert outcome.out.splitlines()[-1].endswith(str(getattr(both, name) / "chroma"))
    assert told["served"].out.splitlines()[:-1] == told["alone"].out.splitlines()[:-1]


def test_an_article_is_verified_and_its_report_read_corrected_and_watched(both: Both) -> None:
    known = ("--published", "2016-03-15", "--outlet", "The Ledger", "--author", "Ada Pilot")
    both.isnad("verify", "article.txt", *known)
    kept = Report.model_validate_json(
        isnad("report", "show", "last", "--format", "json", data_dir=str(both.served)).out
    )
    assert (kept.article.text, kept.article.author) == (ARTICLE, "Ada Pilot")
    assert kept.claims[0].label == "unsourced"
    with_coverage = both.isnad("verify", "article.txt", *known, "--coverage", "coverage.jsonl")
    assert "Corroborated" in with_coverage.out
    assert "1 added" in with_coverage.err
    both.isnad("report", "show", "last", "--format", "markdown")
    listed = both.isnad("report", "list").out.splitlines()
    assert listed[0].split("\t")[1:3] == ["1", "1"]
    noted = both.isnad("report", "correct", "last", "c1", "contested", "--reason", "a slip", "--by", "the desk")
    assert "corroborated → contested" in noted.out
    looked = both.isnad("watch")
    assert "unsourced → corroborated" in looked.out
    assert looked.err.rstrip().endswith(": 1")
    assert both.isnad("watch", "--json").out == ""
    history = both.isnad("report", "history", "last")
    assert "by the desk" in history.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("report", "show", "nothing-like-it"),
        ("report", "history", "nothing-like-it"),
        ("report", "show", "last", "--version", "9"),
        ("report", "correct", "last", "c99", "unsourced", "--reason", "x", "--by", "y"),
        ("report", "correct", "last", "c1", "unsourced", "--reason", " ", "--by", "y"),
        ("coverage", "show", "dfff"),
        ("coverage", "add", "no-such-file"),
    ],
)
def test_a_wrong_use_is_told_in_the_same_words(both: Both, arguments: tuple[str, ...]) -> None:
    both.isnad("verify", "article.txt")
    assert both.isnad(*arguments).code == 2


def test_pages_and_feeds_are_taken_by_the_server(both: Both) -> None:
    with run_newsstand() as stand:
        one = stand.put("/1", page(story(1)))
        feed = stand.put("/feed", rss(item("/1")), RSS)
        taken = both.isnad("coverage", "add", feed, "--follow")
        assert (taken.code, "1 added" in taken.err) == (0, True)
        assert [line for line in taken.err.splitlines() if "15m" in line and feed in line]
        missing = both.isnad("coverage", "add", stand.serve("/2", Served(status=500)), "--follow")
        assert (missing.code, f"{stand.url}/2" in missing.err) == (3, True)
        assert both.isnad("coverage", "list").out.count(one) == 1


def test_what_is_followed_is_looked_at_beside_the_server_and_kept_by_it(both: Both) -> None:
    with run_newsstand() as stand:
        stand.put("/1", page(story(1)))
        feed = stand.put("/feed", rss(item("/1")), RSS)
        assert isnad("coverage", "add", feed, "--follow", data_dir=str(both.served)).code == 0
        _make_due(both.served, feed)
        second = stand.put("/2", page(story(2)))
        stand.put("/feed", rss(item("/1"), item("/2")), RSS)
        looked = isnad("coverage", "refresh", data_dir=str(both.served))
        assert (looked.code, counts_of(looked.err)["added"]) == (0, 1)
        assert isnad("coverage", "list", data_dir=str(both.served)).out.count(second) == 1
        assert feed in isnad("coverage", "follow", "list", data_dir=str(both.served)).out
        ended = isnad("coverage", "follow", "remove", feed, "https://harbour.example/feed", data_dir=str(both.served))
        assert (ended.code, ended.out, "https://harbour.example/feed" in ended.err) == (
            2,
            "1 no longer followed\n",
            True,
        )
        assert feed not in isnad("coverage", "follow", "list", data_dir=str(both.served)).out


def _make_due(folder: Path, url: str) -> None:
    with open_database(Settings(data_dir=folder)) as database:
        follows = Follows(database)
        for one in follows.all():
            if one.url == url:
                follows.put(one.model_copy(update={"due_at": datetime.now(UTC)}))


def test_the_store_is_made_anew_without_a_server_alone(both: Both) -> None:
    refused = isnad("coverage", "reindex", data_dir=str(both.served))
    assert (refused.code, "isnad serve" in refused.err) == (5, True)
    assert isnad("coverage", "reindex", data_dir=str(both.alone)).code == 0


def test_a_chat_has_its_work_done_by_the_server(both: Both) -> None:
    isnad("coverage", "add", "coverage.jsonl", data_dir=str(both.served))
    known = ("--published", "2016-03-15", "--outlet", "The Ledger")
    asked = piped(b"", "chat", "article.txt", *known, "--json", data_dir=str(both.served))
    assert asked.code == 0
    (version, *_) = isnad("report", "list", data_dir=str(both.served)).out.splitlines()
    run_id = version.split("\t")[0]
    assert run_id in asked.out
    done = piped(b"/correct 1 contested a slip\n", "chat", "--thread", "last", "--yes", data_dir=str(both.served))
    assert done.code == 0
    assert "a slip" in isnad("report", "history", run_id, data_dir=str(both.served)).out


def test_a_run_is_followed_to_its_end_by_its_id(both: Both) -> None:
    first = isnad("verify", "article.txt", "--format", "json", data_dir=str(both.served)).report
    for name in (first.run_id, "last"):
        resumed = isnad("verify", "--resume", name, "--format", "json", data_dir=str(both.served))
        assert resumed.report.run_id == first.run_id
    assert isnad("verify", "--resume", "f" * 32, data_dir=str(both.served)).code == 2


def test_the_analyst_of_the_server_reads_and_no_other(both: Both) -> None:
    assert isnad("verify", "article.txt", "--analyst", "lexical", data_dir=str(both.served)).code == 0
    other = isnad("watch", "--analyst", "model", model="m", base_url="http://127.0.0.1:9", data_dir=str(both.served))
    assert (other.code, "built-in analyst" in other.err) == (4, True)


def test_without_the_server_the_store_is_in_use(both: Both) -> None:
    off = isnad("coverage", "stats", server="off", data_dir=str(both.served))
    assert (off.code, str(both.served) in off.err) == (5, True)


def test_the_address_is_for_its_owner_and_opens_everything(desk: Desk) -> None:
    place = desk.service.settings.data_dir / "server.json"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    key = json.loads(place.read_text("utf-8"))["key"]
    desk.service.keys.create("somebody", [Scope.VERIFY])
    try:
        assert desk.http.get("/v1/reports").status_code == 401
        assert desk.http.get("/v1/reports", headers={"X-API-Key": key}).status_code == 200
        assert desk.http.get("/v1/reports", headers={"X-API-Key": key[:-1]}).status_code == 401
    finally:
        desk.service.keys.revoke("somebody")


def test_a_server_elsewhere_is_asked_where_one_is_named(desk: Desk, both: Both, tmp_path: Path) -> None:
    key, url = desk.service.operator_key, desk.http.base_url
    address = f"http://:{key}@{url.host}:{url.port}"
    told = isnad("coverage", "stats", server=address, data_dir=str(tmp_path / "none"))
    assert str(both.served) in told.out
    assert not (tmp_path / "none").exists()
    wrong = isnad("coverage", "stats", server=f"http://:wrong@{url.host}:{url.port}", data_dir=str(tmp_path / "none"))
    assert wrong.code in (0, 4)


@pytest.mark.parametrize("server", ["somewhere", "ftp://isnad.example", "http://:secret@isnad.example"])
def test_an_address_that_is_none_or_would_tell_the_key_is_a_wrong_setting(server: str) -> None:
    refused = isnad("coverage", "stats", server=server)
    assert (refused.code, "ISNAD_SERVER" in refused.err, "secret" in refused.err) == (4, True, False)


def test_nobody_at_a_named_address_is_told(tmp_path: Path) -> None:
    nobody = isnad("coverage", "stats", server="http://127.0.0.1:9")
    assert (nobody.code, "127.0.0.1:9" in nobody.err) == (5, True)


@pytest.mark.parametrize("left", ["", "{", '{"url": 3}', "gone", "silent", "another"])
def test_what_a_server_that_was_killed_has_left_leads_nobody_astray(tmp_path: Path, left: str, desk: Desk) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    told = {
        # The largest that Linux gives out is smaller.
        "gone": {"url": str(desk.http.base_url), "key": desk.service.operator_key, "pid": 2**22 + 1},
        "silent": {"url": "http://127.0.0.1:9", "key": "k", "pid": 1},
        "another": {"url": f"{desk.http.base_url}/elsewhere", "key": "k", "pid": 1},
    }.get(left)
    (folder / "server.json").write_text(json.dumps(told) if told else left, encoding="utf-8")
    assert isnad("coverage", "stats").out.startswith("documents  0")


def test_the_address_goes_with_its_server_and_no_other(tmp_path: Path) -> None:
    one, other = address_of("0.0.0.0", 8000, "one"), address_of("::", 8000, "other")
    assert (one.url, other.url) == ("http://127.0.0.1:8000", "http://[::1]:8000")
    place = tmp_path / "server.json"
    with announced(tmp_path, one):
        with announced(tmp_path, other):
            assert "other" in place.read_text("utf-8")
        assert not place.exists()
        shutil.copy(__file__, place)
    assert place.exists()
