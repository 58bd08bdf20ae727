"""Examples of coverage: documents, what is found among them, what is followed."""

from agent.doors.api.examples.route import Json, RouteExamples
from agent.doors.api.examples.verifications import AT

PASSAGE: Json = {
    "document_id": "d9f2c41e0a7b6d5c4e3f2",
    "outlet": "The Courier",
    "url": "https://courier.example/bridge",
    "published_at": "2026-03-17T00:00:00Z",
    "language": "en",
    "text": "The bridge is open again, drivers said.",
    "start": 0,
    "end": 39,
}
STORED: Json = {
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
LISTED: Json = {
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
FOUND: Json = {
    "passage": PASSAGE,
    "origin": "o9f2c41e0a7b6",
    "similarity": 0.61,
    "similarity_place": 1,
    "bm25": 4.2,
    "bm25_place": 1,
    "share": 0.5,
    "heard": True,
}
INGESTED: Json = {
    "added": 1,
    "rejected": [{"path": "wire.jsonl", "line": 2, "reason": "not JSON: it ends in the midst of a value"}],
}
FEED: Json = {
    "url": "https://courier.example/feed.xml",
    "kind": "feed",
    "title": "The Courier",
    "every": 900,
    "added_at": AT,
    "looked_at": "2026-03-16T09:15:00Z",
    "due_at": "2026-03-16T09:30:00Z",
}
EXAMPLES = RouteExamples(
    answers={
        "search_coverage": {"200": {"passages": [FOUND], "documents": 1204, "uncompared": {"th": 3}}},
        "list_sources": {"200": {"sources": ["searxng", "gdelt"]}},
        "list_coverage": {"200": {"documents": [LISTED], "total": 1204}},
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
        "add_file": {"200": INGESTED},
        "list_followed": {"200": {"followed": [FEED]}},
        "follow_feed": {"200": FEED},
        "get_coverage": {"200": STORED},
        "add_coverage": {
            "207": {
                "results": [
                    {"line": 1, "status": 201, "document_id": "d9f2c41e0a7b6d5c4e3f2"},
                    {"line": 2, "status": 422, "detail": "text: Field required"},
                ]
            }
        },
    },
    texts={
        "add_from_web": {
            "text/event-stream": 'event: progress\ndata: {"listed": 20, "visited": 3, "added": 2}\n\n'
            'event: ended\ndata: {"total": {"added": 20}, "sources": []}\n\n'
        },
    },
    bodies={
        "add_documents": {
            "documents": [{"id": "d9f2c41e0a7b6d5c4e3f2", "text": "The bridge is open again, drivers said."}]
        },
        "withdraw_document": {"reason": "The outlet took it back on Tuesday."},
        "follow_feed": {"url": "https://courier.example/feed.xml", "every": 900},
        "add_from_web": {"urls": ["https://courier.example/feed.xml"], "limit": 50, "every": 900},
    },
)
