"""Examples of reports: their versions and forms, what shows them, what holds them against what is stored."""

from agent.doors.api.examples.claims import CORRECTION, EDIT
from agent.doors.api.examples.route import Json, RouteExamples
from agent.doors.api.examples.verifications import AT, ID

VERSION: Json = {
    "run_id": ID,
    "version": 1,
    "made_at": "2026-03-16T09:00:14Z",
    "title": "Bridge shut",
    "url": None,
    "outlet": "The Ledger",
    "published_at": AT,
    "language": "en",
    "counts": {"corroborated": 2, "contested": 1, "unsourced": 1, "failed": 0},
}
SHARED: Json = {
    "id": "5d41402abc4b2a76b9719d911017c592",
    "run_id": ID,
    "url": "https://checks.ledger.example/shared/IjVkNDE0MDJhYmM0YjJhNzZiOTcxOWQ5MTEwMTdjNTkyIg.c2lnbmVk",
    "made_by": "desk",
    "made_at": AT,
    "until": "2026-03-23T09:00:00Z",
}
REPORT_EXAMPLES: Json = {
    "text/html": '<!doctype html><html lang="en"><title>Claims and coverage</title></html>',
    "text/markdown": "# Claims and coverage\n",
    "application/ld+json": {"@context": "https://schema.org", "@graph": []},
    "application/json": {"schema_version": "1", "run_id": ID},
}
RENDERED_EXAMPLES: Json = {name: example for name, example in REPORT_EXAMPLES.items() if name != "application/json"}
CHAIN: Json = {
    "run_id": ID,
    "number": 1,
    "text": "The old bridge was shut on Monday.",
    "language": "en",
    "nodes": [
        {"id": "article", "role": "article", "side": "article", "name": "The Ledger", "published_at": AT},
        {"id": "source:person:the mayor", "role": "person", "name": "the mayor", "number": 1},
        {
            "id": "d9f2c41e0a7b6d5c4e3f2",
            "role": "outlet",
            "side": "supports",
            "name": "The Courier",
            "document_id": "d9f2c41e0a7b6d5c4e3f2",
            "number": 1,
            "evidence": 0,
        },
    ],
    "links": [
        {"source": "source:person:the mayor", "target": "article", "bond": "says"},
        {"source": "source:person:the mayor", "target": "d9f2c41e0a7b6d5c4e3f2", "bond": "repeats"},
    ],
}
DRAWN: Json = {"image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg" class="chain"></svg>'}
AUDIT: Json = {
    "run_id": ID,
    "seal": "2453ff46e6c9198b778abbba8b608d59320c358da383079080a1b0fb19bc0c44",
    "before_hashes": False,
    "looked": {"form": 1, "seal": 12, "quotes": 4, "evidence": 6, "labels": 4, "counts": 1},
    "problems": [
        {
            "check": "labels",
            "fault": "label_differs",
            "place": "claims/2/label",
            "told": "corroborated · content",
            "found": "contested",
        }
    ],
    "documents": [{"document_id": "d9f2c41e0a7b6d5c4e3f2", "outlet": "The Courier", "state": "withdrawn"}],
}
GATHERING = (
    'event: progress\ndata: {"type": "gathering", "found": 41, "new": 18, "fetched": 3}\n\n'
    'event: ended\ndata: {"type": "gathering", "found": 41, "new": 18, "fetched": 15, "added": 12, "robots": 3,'
    ' "done": true}\n\n'
)
EXAMPLES = RouteExamples(
    answers={
        "get_audit": {"200": AUDIT},
        "get_any_audit": {"200": AUDIT},
        "list_reports": {"200": {"reports": [VERSION]}},
        "get_history": {"200": {"versions": [VERSION], "changes": [], "corrections": [CORRECTION], "edits": [EDIT]}},
        "share_report": {"201": SHARED},
        "list_shares": {"200": {"shares": [SHARED]}},
    },
    texts={
        "look": {"text/event-stream": 'event: ended\ndata: {"documents": 1, "claims": 0, "changes": []}\n\n'},
        "recheck_report": {"application/json": REPORT_EXAMPLES["application/json"]},
        "get_report": {"application/json": REPORT_EXAMPLES["application/json"]},
        "get_any_report": {"application/json": REPORT_EXAMPLES["application/json"]},
        "get_rendered_report": RENDERED_EXAMPLES,
        "get_any_rendered_report": RENDERED_EXAMPLES,
        "get_chain": {"application/json": CHAIN},
        "get_any_chain": {"application/json": CHAIN},
        "get_claim_chain": {"application/json": CHAIN},
        "get_any_claim_chain": {"application/json": CHAIN},
        "get_drawn_chain": DRAWN,
        "get_any_drawn_chain": DRAWN,
        "get_drawn_claim_chain": DRAWN,
        "get_any_drawn_claim_chain": DRAWN,
        "gather_for_report": {"text/event-stream": GATHERING},
    },
    bodies={
        "share_report": {"days": 7},
        "recheck_report": {"claims": ["c1", "c3"]},
        "gather_for_report": {"claims": ["c3"], "sources": ["gdelt"], "limit": 20},
    },
)
