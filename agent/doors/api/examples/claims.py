"""Examples of claims: found, checked, corrected, edited, published."""

from agent.doors.api.examples.route import Json, RouteExamples
from agent.doors.api.examples.verifications import AT, DONE, ID, PLACE, QUEUED

CORRECTION: Json = {
    "number": 3,
    "run_id": ID,
    "version": 1,
    "claim_id": "c1",
    "given": "corroborated",
    "label": "contested",
    "reason": "The spokesman withdrew the statement on Tuesday.",
    "who": "Desk editor",
    "corrected_at": AT,
}
CLAIM: Json = {
    "id": "c1",
    "text": "The old bridge was shut on Monday.",
    "spans": [{"start": 0, "end": 33}],
    "quote": "The old bridge was shut on Monday",
    "label": "unsourced",
    "unsourced_because": "not_found",
    "explanation": "The coverage searched holds nothing from around these days but the article itself and copies of "
    "it.",
}
FOUND_CLAIMS: Json = {
    "claims": [
        {
            "text": "The old bridge was shut on Monday.",
            "claimant": "the mayor",
            "claimDate": AT,
            "claimReview": [
                {
                    "publisher": {"name": "The Ledger", "site": "checks.ledger.example"},
                    "url": f"https://checks.ledger.example{PLACE}/report.html",
                    "title": "Bridge shut",
                    "reviewDate": "2026-03-16T09:00:14Z",
                    "textualRating": "Corroborated: 3 articles, 2 origins (Bay Agency, Mole Mail)",
                    "languageCode": "en",
                }
            ],
        }
    ],
}
EDIT: Json = {
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
NO_USAGE: Json = {"calls": 0, "prompt_tokens": 0, "cached_tokens": 0, "completion_tokens": 0, "cost": None}
EDITED: Json = {
    "schema_version": "1",
    "run_id": ID,
    "article": {
        "text": "The old bridge was shut on Monday, the mayor said.",
        "title": "Bridge shut",
        "author": None,
        "url": None,
        "outlet": "The Ledger",
        "published_at": AT,
        "language": "en",
        "sha256": "2453ff46e6c9198b778abbba8b608d59320c358da383079080a1b0fb19bc0c44",
    },
    "analyst": {"kind": "lexical", "model": None, "embedder": "isnad-built-in/1", "prompts": {}, "measured": {}},
    "claims": [CLAIM],
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
    "edits": [EDIT],
    "set_aside": [],
    "usage": {**NO_USAGE, "by_step": {}},
    "timings": {"total_s": 0.2, "by_step": {}},
    "documents": [],
    "seal": None,
}
EDIT_BODY: Json = {
    "version": 1,
    "who": "Ola Strand",
    "edit": {"kind": "reword", "claim_id": "c1", "text": "The old bridge of Port Selby was shut on Monday."},
}
EXAMPLES = RouteExamples(
    answers={
        "correct": {"201": CORRECTION},
        "correct_report": {"201": CORRECTION},
        "list_corrections": {"200": {"corrections": [CORRECTION]}},
        "edit_claims": {"201": EDITED},
        "edit_report": {"201": EDITED},
        "list_edits": {"200": {"edits": [EDIT]}},
        "search_claims": {"200": FOUND_CLAIMS},
        "check_claim": {
            "200": {"verification": DONE, "claims": [CLAIM]},
            "202": {"verification": QUEUED, "claims": []},
        },
    },
    texts={
        "publish_review": {
            "application/ld+json": {"@context": "https://schema.org", "@type": "ClaimReview", "claimReviewed": "…"},
        },
    },
    bodies={
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
        "edit_claims": EDIT_BODY,
        "edit_report": EDIT_BODY,
        "check_claim": {"statement": "The old bridge was shut on Monday, the mayor said.", "language": "en"},
        "publish_review": {
            "rating": "Half true",
            "reviewer": "Ola Strand",
            "url": "https://ledger.example/checks/1",
        },
    },
)
