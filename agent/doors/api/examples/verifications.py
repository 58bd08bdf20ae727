"""Examples of verifications, their events, and what was posted of them."""

from agent.doors.api.examples.route import Json, RouteExamples

ID = "9df5dd95902d565621da980a82f0b22f"
PLACE = f"/v1/verifications/{ID}"
AT = "2026-03-16T09:00:00Z"
QUEUED: Json = {
    "id": ID,
    "state": "queued",
    "title": "Bridge shut",
    "created_at": AT,
    "links": {"self": PLACE, "events": f"{PLACE}/events", "reports": {}},
}
DONE: Json = {
    **QUEUED,
    "state": "succeeded",
    "started_at": "2026-03-16T09:00:01Z",
    "ended_at": "2026-03-16T09:00:14Z",
    "result": {
        "complete": True,
        "counts": {"corroborated": 2, "contested": 1, "unsourced": 1, "failed": 0},
        "language": "en",
        "tokens": 5210,
    },
    "links": {
        "self": PLACE,
        "events": f"{PLACE}/events",
        "reports": {form: f"{PLACE}/report.{form}" for form in ("json", "html", "md", "jsonld")},
    },
}
DELIVERIES: Json = {
    "attempts": [
        {"at": "2026-03-16T09:00:15Z", "id": f"msg_{ID}", "event": "verification.completed", "status": 204},
        {
            "at": "2026-03-17T11:20:02Z",
            "id": f"msg_{ID}_2_c1",
            "event": "claim.label_changed",
            "problem": "the address did not answer in time",
        },
    ]
}
EVENTS = (
    'id: 1\nevent: run_started\ndata: {"run_id": "' + ID + '", "resumed": false}\n\n'
    'id: 2\nevent: article_split\ndata: {"parts": 3}\n\n'
)
EXAMPLES = RouteExamples(
    answers={
        "post_verification": {"200": DONE, "202": QUEUED},
        "list_verifications": {"200": {"verifications": [DONE], "next_cursor": None}},
        "get_verification": {"200": DONE},
        "cancel_verification": {"200": {**QUEUED, "state": "cancelled", "ended_at": "2026-03-16T09:00:05Z"}},
        "list_deliveries": {"200": DELIVERIES},
    },
    texts={
        "follow": {"text/event-stream": EVENTS},
    },
)
