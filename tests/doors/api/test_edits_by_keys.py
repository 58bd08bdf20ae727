"""Who may edit a report, in whose name, and what is left of it where the model fails."""

import httpx

from agent.storage.keys import Scope
from evals.servers.wire import Refusal
from tests.doors.api.desk import Desk
from tests.doors.api.test_access import client
from tests.doors.api.test_errors import refused

ARTICLE = "The mayor said that the old bridge was shut on Monday. Engineers had found cracks in two of its piers."
_EDIT = {"version": 1, "edit": {"kind": "reword", "claim_id": "c1", "text": "The old bridge was shut."}}


def _verified(mine: httpx.Client) -> str:
    posted = mine.post("/v1/verifications", json={"text": ARTICLE}, headers={"Prefer": "wait=60"})
    assert posted.status_code == 200, posted.text
    return posted.headers["location"]


def test_the_key_signs_where_nobody_is_named_and_others_find_nothing(guarded: Desk) -> None:
    guarded.as_before()
    with (
        client(guarded, Scope.VERIFY) as mine,
        client(guarded, Scope.VERIFY) as yours,
        client(guarded, Scope.READ) as reader,
    ):
        place = mine.post("/v1/verifications", json={"text": ARTICLE}, headers={"Prefer": "wait=60"}).headers[
            "location"
        ]
        before = mine.get(f"{place}/report.json").json()
        assert before["claims"]
        refused(yours.post(f"{place}/edits", json=_EDIT), 404, "not-found")
        refused(reader.post(f"{place}/edits", json=_EDIT), 403, "scope")
        refused(yours.post(f"/v1/reports/{before['run_id']}/edits", json=_EDIT), 404, "not-found")
        assert mine.get(f"{place}/report.json").json() == before
        answer = mine.post(f"{place}/edits", json=_EDIT)
        assert answer.status_code == 201, answer.text
        (edit,) = answer.json()["edits"]
        assert edit["who"].startswith("desk ")
        assert answer.json()["usage"]["calls"] > before["usage"]["calls"]


def test_where_the_model_fails_nothing_is_changed_and_nobody_learns_where_it_is(guarded: Desk) -> None:
    guarded.as_before()
    with client(guarded, Scope.VERIFY) as mine:
        place = mine.post("/v1/verifications", json={"text": ARTICLE}, headers={"Prefer": "wait=60"}).headers[
            "location"
        ]
        before = mine.get(f"{place}/report.json").json()
        guarded.model.behave(lambda asked: Refusal(401, "the key is wrong"))
        # What the model was asked before is known without it.
        other = {"version": 1, "edit": {"kind": "reword", "claim_id": "c1", "text": "Nobody may cross the bridge."}}
        answer = mine.post(f"{place}/edits", json=other)
        refused(answer, 503, "edit-unchecked")
        assert "127.0.0.1" not in answer.text
        assert mine.get(f"{place}/report.json").json() == before
