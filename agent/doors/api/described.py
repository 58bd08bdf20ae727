"""What the description tells beside the code: an example for every answer, and the webhooks that are sent."""

from typing import Any, get_args

from fastapi import APIRouter, FastAPI
from pydantic.json_schema import models_json_schema

from agent.doors.api.posted_coverage import PostedDocuments
from agent.doors.api.problems import MEDIA_TYPE
from agent.events import Event
from agent.jobs.webhooks import ClaimEdited, ClaimReviewed, Ended, LabelChanged

Json = Any
_FOREIGN = ("HTTPValidationError", "ValidationError")

_ID = "9df5dd95902d565621da980a82f0b22f"
_PLACE = f"/v1/verifications/{_ID}"
_AT = "2026-03-16T09:00:00Z"
_QUEUED: Json = {
    "id": _ID,
    "state": "queued",
    "title": "Bridge shut",
    "created_at": _AT,
    "links": {"self": _PLACE, "events": f"{_PLACE}/events", "reports": {}},
}
_DONE: Json = {
    **_QUEUED,
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
        "self": _PLACE,
        "events": f"{_PLACE}/events",
        "reports": {form: f"{_PLACE}/report.{form}" for form in ("json", "html", "md", "jsonld")},
    },
}
_CORRECTION: Json = {
    "number": 3,
    "run_id": _ID,
    "version": 1,
    "claim_id": "c1",
    "given": "corroborated",
    "label": "contested",
    "reason": "The spokesman withdrew the statement on Tuesday.",
    "who": "Desk editor",
    "corrected_at": _AT,
}
_CLAIM: Json = {
    "id": "c1",
    "text": "The old bridge was shut on Monday.",
    "spans": [{"start": 0, "end": 33}],
    "quote": "The old bridge was shut on Monday",
    "label": "unsourced",
    "unsourced_because": "not_found",
    "explanation": "The coverage searched holds nothing from around these days.",
}
_PASSAGE: Json = {
    "document_id": "d9f2c41e0a7b6d5c4e3f2",
    "outlet": "The Courier",
    "url": "https://courier.example/bridge",
    "published_at": "2026-03-17T00:00:00Z",
    "language": "en",
    "text": "The bridge is open again, drivers said.",
    "start": 0,
    "end": 39,
}
_FOUND_CLAIMS: Json = {
    "claims": [
        {
            "text": "The old bridge was shut on Monday.",
            "claimant": "the mayor",
            "claimDate": _AT,
            "claimReview": [
                {
                    "publisher": {"name": "The Ledger", "site": "checks.ledger.example"},
                    "url": f"https://checks.ledger.example{_PLACE}/report.html",
                    "title": "Bridge shut",
                    "reviewDate": "2026-03-16T09:00:14Z",
                    "textualRating": "Corroborated: 3 articles, 2 origins (Bay Agency, Mole Mail)",
                    "languageCode": "en",
                }
            ],
        }
    ],
}
_DELIVERIES: Json = {
    "attempts": [
        {"at": "2026-03-16T09:00:15Z", "id": f"msg_{_ID}", "event": "verification.completed", "status": 204},
        {
            "at": "2026-03-17T11:20:02Z",
            "id": f"msg_{_ID}_2_c1",
            "event": "claim.label_changed",
            "problem": "the address did not answer in time",
        },
    ]
}
_STORED: Json = {
    "id": "d9f2c41e0a7b6d5c4e3f2",
    "text": "The bridge is open again, drivers said.",
    "outlet": "The Courier",
    "url": "https://courier.example/bridge",
    "published_at": "2026-03-17T00:00:00Z",
    "language": "en",
    "provenance": {
        "date_from": "structured_data",
        "left_out": [{"what": "the offer of a subscription", "why": "it is no part of the article"}],
        "mended": [],
    },
    "state": "ready",
    "added_at": "2026-03-17T08:30:00Z",
    "credit": {"id": "outlet:courier", "name": "The Courier"},
    "origin": {
        "id": "o9f2c41e0a7b6",
        "articles": 1,
        "first": "d9f2c41e0a7b6d5c4e3f2",
        "first_outlet": "The Courier",
        "why": "first",
    },
}
_LISTED: Json = {
    "id": "d9f2c41e0a7b6d5c4e3f2",
    "url": "https://courier.example/bridge",
    "outlet": "The Courier",
    "title": "Bridge open again",
    "published_at": "2026-03-17T00:00:00+00:00",
    "language": "en",
    "characters": 39,
    "passages": 1,
    "state": "ready",
    "reason": None,
    "added_at": "2026-03-17T08:30:00+00:00",
}
_VERSION: Json = {
    "run_id": _ID,
    "version": 1,
    "made_at": "2026-03-16T09:00:14Z",
    "title": "Bridge shut",
    "url": None,
    "outlet": "The Ledger",
    "published_at": _AT,
    "language": "en",
    "counts": {"corroborated": 2, "contested": 1, "unsourced": 1, "failed": 0},
}
_FOUND: Json = {
    "passage": _PASSAGE,
    "origin": "o9f2c41e0a7b6",
    "similarity": 0.61,
    "similarity_place": 1,
    "bm25": 4.2,
    "bm25_place": 1,
    "share": 0.5,
    "heard": True,
}
_INGESTED: Json = {
    "added": 1,
    "rejected": [{"path": "wire.jsonl", "line": 2, "reason": "not JSON: it ends in the midst of a value"}],
}
_SHARED: Json = {
    "id": "5d41402abc4b2a76b9719d911017c592",
    "run_id": _ID,
    "url": "https://checks.ledger.example/shared/IjVkNDE0MDJhYmM0YjJhNzZiOTcxOWQ5MTEwMTdjNTkyIg.c2lnbmVk",
    "made_by": "desk",
    "made_at": _AT,
    "until": "2026-03-23T09:00:00Z",
}
_FEED: Json = {
    "url": "https://courier.example/feed.xml",
    "kind": "feed",
    "title": "The Courier",
    "every": 900,
    "added_at": _AT,
    "looked_at": "2026-03-16T09:15:00Z",
    "due_at": "2026-03-16T09:30:00Z",
}
_EVENTS = (
    'id: 1\nevent: run_started\ndata: {"run_id": "' + _ID + '", "resumed": false}\n\n'
    'id: 2\nevent: article_split\ndata: {"parts": 3}\n\n'
)
_REPORT_EXAMPLES: Json = {
    "text/html": '<!doctype html><html lang="en"><title>Claims and coverage</title></html>',
    "text/markdown": "# Claims and coverage\n",
    "application/ld+json": {"@context": "https://schema.org", "@graph": []},
    "application/json": {"schema_version": "1", "run_id": _ID},
}
_RENDERED_EXAMPLES: Json = {name: example for name, example in _REPORT_EXAMPLES.items() if name != "application/json"}
_CHAIN: Json = {
    "run_id": _ID,
    "number": 1,
    "text": "The old bridge was shut on Monday.",
    "language": "en",
    "nodes": [
        {"id": "article", "role": "article", "side": "article", "name": "The Ledger", "published_at": _AT},
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
_DRAWN: Json = {"image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg" class="chain"></svg>'}
_AUDIT: Json = {
    "run_id": _ID,
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
_EDIT: Json = {
    "kind": "set_aside",
    "who": "Ola Strand",
    "edited_at": "2026-03-16T10:02:00Z",
    "version": 2,
    "reason": "The mayor tells what she hopes for.",
    "before": [
        {
            "id": "c2",
            "text": "The old bridge will open again soon.",
            "spans": [{"start": 40, "end": 76}],
            "quote": "The old bridge will open again soon.",
            "label": "unsourced",
        }
    ],
    "claim_ids": [],
    "analyst": None,
    "asked": "2453ff46e6c9198b778abbba8b608d59320c358da383079080a1b0fb19bc0c44",
}
_NO_USAGE: Json = {"calls": 0, "prompt_tokens": 0, "cached_tokens": 0, "completion_tokens": 0, "cost": None}
_EDITED: Json = {
    "schema_version": "1",
    "run_id": _ID,
    "article": {
        "text": "The old bridge was shut on Monday, the mayor said.",
        "title": "Bridge shut",
        "author": None,
        "url": None,
        "outlet": "The Ledger",
        "published_at": _AT,
        "language": "en",
        "sha256": "2453ff46e6c9198b778abbba8b608d59320c358da383079080a1b0fb19bc0c44",
    },
    "analyst": {"kind": "lexical", "model": None, "embedder": "isnad-built-in/1", "prompts": {}, "measured": {}},
    "claims": [_CLAIM],
    "origins": [],
    "unread": [],
    "counts": {"corroborated": 0, "contested": 0, "unsourced": 1, "failed": 0},
    "searched": {"documents": 0, "in_window": 0, "passages": 0, "other_languages": 0, "uncompared": {}},
    "dropped": {
        "claims_without_quote": 0,
        "claims_over_limit": 0,
        "evidence_without_quote": 0,
        "judgements_of_unknown_claims": 0,
        "sources_without_quote": 0,
    },
    "notices": [],
    "corrections": [],
    "edits": [_EDIT],
    "set_aside": [],
    "usage": {**_NO_USAGE, "by_step": {}},
    "timings": {"total_s": 0.2, "by_step": {}},
    "documents": [],
    "seal": None,
}
_EDIT_BODY: Json = {
    "version": 1,
    "who": "Ola Strand",
    "edit": {"kind": "reword", "claim_id": "c1", "text": "The old bridge of Port Selby was shut on Monday."},
}
# By operation, status and media type; where no media type is named it is JSON.
_ANSWERS: dict[str, dict[str, Json]] = {
    "post_verification": {"200": _DONE, "202": _QUEUED},
    "list_verifications": {"200": {"verifications": [_DONE], "next_cursor": None}},
    "get_verification": {"200": _DONE},
    "cancel_verification": {"200": {**_QUEUED, "state": "cancelled", "ended_at": "2026-03-16T09:00:05Z"}},
    "list_deliveries": {"200": _DELIVERIES},
    "correct": {"201": _CORRECTION},
    "get_audit": {"200": _AUDIT},
    "get_any_audit": {"200": _AUDIT},
    "list_corrections": {"200": {"corrections": [_CORRECTION]}},
    "edit_claims": {"201": _EDITED},
    "edit_report": {"201": _EDITED},
    "list_edits": {"200": {"edits": [_EDIT]}},
    "search_claims": {"200": _FOUND_CLAIMS},
    "check_claim": {
        "200": {"verification": _DONE, "claims": [_CLAIM]},
        "202": {"verification": _QUEUED, "claims": []},
    },
    "search_coverage": {"200": {"passages": [_FOUND], "documents": 1204, "uncompared": {"th": 3}}},
    "list_sources": {"200": {"sources": ["searxng", "gdelt"]}},
    "list_coverage": {"200": {"documents": [_LISTED], "total": 1204}},
    "get_stats": {
        "200": {
            "documents": 1204,
            "pending": 0,
            "passages": 5210,
            "embedder": "isnad-built-in/1",
            "languages": "ar de en",
            "floors": {"within": 0.13, "across": 0.18},
            "index": "data/chroma",
        }
    },
    "add_documents": {"200": {"added": 1, "known": []}},
    "withdraw_document": {"200": {"document_id": "d9f2c41e0a7b6d5c4e3f2"}},
    "restore_document": {"200": {"document_id": "d9f2c41e0a7b6d5c4e3f2"}},
    "add_file": {"200": _INGESTED},
    "list_reports": {"200": {"reports": [_VERSION]}},
    "get_history": {"200": {"versions": [_VERSION], "changes": [], "corrections": [_CORRECTION], "edits": [_EDIT]}},
    "correct_report": {"201": _CORRECTION},
    "share_report": {"201": _SHARED},
    "list_shares": {"200": {"shares": [_SHARED]}},
    "list_followed": {"200": {"followed": [_FEED]}},
    "follow_feed": {"200": _FEED},
    "get_service": {"200": {"version": "1.0.0", "analyst": "lexical", "model": None}},
    "get_coverage": {"200": _STORED},
    "add_coverage": {
        "207": {
            "results": [
                {"line": 1, "status": 201, "document_id": "d9f2c41e0a7b6d5c4e3f2"},
                {"line": 2, "status": 422, "detail": "text: Field required"},
            ]
        }
    },
    "list_schedules": {
        "200": {
            "schedules": [
                {
                    "name": "watch",
                    "cron": "*/10 * * * *",
                    "last_at": _AT,
                    "next_at": "2026-03-16T09:10:00Z",
                    "last_run": {
                        "state": "failed",
                        "began_at": _AT,
                        "ended_at": _AT,
                        "problem": {"code": "endpoint", "message": "the model could not be reached"},
                    },
                }
            ]
        }
    },
    "healthz": {"200": {"status": "ok"}},
    "readyz": {"200": {"status": "ok"}},
}
_TEXTS: dict[str, Json] = {
    "follow": {"text/event-stream": _EVENTS},
    "add_from_web": {
        "text/event-stream": 'event: progress\ndata: {"listed": 20, "visited": 3, "added": 2}\n\n'
        'event: ended\ndata: {"total": {"added": 20}, "sources": []}\n\n'
    },
    "gather_for_report": {
        "text/event-stream": 'event: progress\ndata: {"type": "gathering", "found": 41, "new": 18, "fetched": 3}\n\n'
        'event: ended\ndata: {"type": "gathering", "found": 41, "new": 18, "fetched": 15, "added": 12, "robots": 3,'
        ' "done": true}\n\n'
    },
    "look": {"text/event-stream": 'event: ended\ndata: {"documents": 1, "claims": 0, "changes": []}\n\n'},
    "recheck_report": {"application/json": _REPORT_EXAMPLES["application/json"]},
    "get_report": {"application/json": _REPORT_EXAMPLES["application/json"]},
    "get_any_report": {"application/json": _REPORT_EXAMPLES["application/json"]},
    "get_rendered_report": _RENDERED_EXAMPLES,
    "get_any_rendered_report": _RENDERED_EXAMPLES,
    "get_chain": {"application/json": _CHAIN},
    "get_any_chain": {"application/json": _CHAIN},
    "get_claim_chain": {"application/json": _CHAIN},
    "get_any_claim_chain": {"application/json": _CHAIN},
    "get_drawn_chain": _DRAWN,
    "get_any_drawn_chain": _DRAWN,
    "get_drawn_claim_chain": _DRAWN,
    "get_any_drawn_claim_chain": _DRAWN,
    "publish_review": {
        "application/ld+json": {"@context": "https://schema.org", "@type": "ClaimReview", "claimReviewed": "…"},
    },
    "metrics": {"text/plain": 'isnad_jobs{state="queued"} 3.0\n'},
}
_BODIES: dict[str, Json] = {
    "correct": {
        "label": "contested",
        "reason": "The spokesman withdrew the statement on Tuesday.",
        "who": "Desk editor",
    },
    "correct_report": {
        "label": "contested",
        "reason": "The spokesman withdrew the statement on Tuesday.",
        "who": "Desk editor",
        "version": 1,
    },
    "share_report": {"days": 7},
    "follow_feed": {"url": "https://courier.example/feed.xml", "every": 900},
    "recheck_report": {"claims": ["c1", "c3"]},
    "edit_claims": _EDIT_BODY,
    "edit_report": _EDIT_BODY,
    "publish_review": {
        "rating": "Half true",
        "reviewer": "Ola Strand",
        "url": "https://ledger.example/checks/1",
    },
    "gather_for_report": {"claims": ["c3"], "sources": ["gdelt"], "limit": 20},
    "withdraw_document": {"reason": "The outlet took it back on Tuesday."},
    "add_documents": {
        "documents": [{"id": "d9f2c41e0a7b6d5c4e3f2", "text": "The bridge is open again, drivers said."}]
    },
    "add_from_web": {"urls": ["https://courier.example/feed.xml"], "limit": 50, "every": 900},
    "check_claim": {"statement": "The old bridge was shut on Monday, the mayor said.", "language": "en"},
}


def build_webhooks() -> APIRouter:
    """What is posted to a callback address, signed by Standard Webhooks. Any 2xx takes it; 410 ends it."""
    router = APIRouter()

    @router.post("verification.completed", summary="A verification has succeeded")
    def completed(body: Ended) -> None: ...

    @router.post("verification.failed", summary="A verification has failed")
    def failed(body: Ended) -> None: ...

    @router.post("claim.label_changed", summary="Later coverage has changed a label")
    def label_changed(body: LabelChanged) -> None: ...

    @router.post("claim.reviewed", summary="A published fact-check of a claim has come")
    def reviewed(body: ClaimReviewed) -> None: ...

    @router.post("claim.edited", summary="A person has edited claims")
    def edited(body: ClaimEdited) -> None: ...

    return router


def _further() -> Json:
    """What no route has as a model: a body that is read line by line, and what the data of events is."""
    _, value = models_json_schema(
        [(PostedDocuments, "validation"), *((one, "serialization") for one in get_args(get_args(Event)[0]))],
        ref_template="#/components/schemas/{model}",
    )
    return value["$defs"]


def describe(app: FastAPI) -> None:
    """Puts the examples into what the application tells of itself."""
    openapi = app.openapi

    def described() -> dict[str, Any]:
        known = app.openapi_schema is not None
        schema = openapi()
        if not known:
            for item in schema["paths"].values():
                for operation in item.values():
                    _add_examples(operation)
                    _tell_errors_as_problems(operation)
                    _tell_events_in_this_version(operation)
                    _leave_out_foreign_errors(operation)
            schema["components"]["schemas"] = _further() | schema["components"]["schemas"]
            for name in _FOREIGN:
                schema["components"]["schemas"].pop(name, None)
            for item in schema["webhooks"].values():
                # What somebody else's address answers is theirs to describe.
                item["post"]["responses"] = {
                    "2XX": {"description": "Taken."},
                    "410": {"description": "Wanted no more."},
                }
        return schema

    app.openapi = described  # type: ignore[method-assign]  # the way that FastAPI documents


def _tell_errors_as_problems(operation: dict[str, Any]) -> None:
    """Their form stands where the framework puts all forms, and belongs to the media type that is sent."""
    for answer in operation["responses"].values():
        content = answer.get("content", {})
        for media_type in [one for one in content if MEDIA_TYPE in content and one != MEDIA_TYPE]:
            content[MEDIA_TYPE] |= content.pop(media_type)


def _tell_events_in_this_version(operation: dict[str, Any]) -> None:
    """The framework tells the form of an event by a word of OpenAPI 3.2, and this is 3.1: a stream is a text here."""
    for answer in operation["responses"].values():
        for content in answer.get("content", {}).values():
            if content.pop("itemSchema", None) is not None:
                content["schema"] = {"description": "Server-sent events; `data` is JSON."}


def _leave_out_foreign_errors(operation: dict[str, Any]) -> None:
    """The framework adds a 422 in a form of its own, which no route here answers with."""
    if _FOREIGN[0] in str(operation["responses"].get("422", "")):
        del operation["responses"]["422"]


def _add_examples(operation: dict[str, Any]) -> None:
    name = operation.get("operationId", "")
    for status, example in _ANSWERS.get(name, {}).items():
        operation["responses"][status]["content"]["application/json"]["example"] = example
    for media_type, example in _TEXTS.get(name, {}).items():
        operation["responses"]["200"]["content"][media_type]["example"] = example
    if name in _BODIES:
        operation["requestBody"]["content"]["application/json"]["example"] = _BODIES[name]
