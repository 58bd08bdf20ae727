"""Examples of what the service tells of itself."""

from agent.doors.api.examples.route import RouteExamples
from agent.doors.api.examples.verifications import AT

EXAMPLES = RouteExamples(
    answers={
        "get_service": {"200": {"version": "1.0.0", "analyst": "lexical", "model": None}},
        "list_schedules": {
            "200": {
                "schedules": [
                    {
                        "name": "watch",
                        "cron": "*/10 * * * *",
                        "last_at": AT,
                        "next_at": "2026-03-16T09:10:00Z",
                        "last_run": {
                            "state": "failed",
                            "began_at": AT,
                            "ended_at": AT,
                            "problem": {"code": "endpoint", "message": "the model could not be reached"},
                        },
                    }
                ]
            }
        },
        "healthz": {"200": {"status": "ok"}},
        "readyz": {"200": {"status": "ok"}},
    },
    texts={
        "metrics": {"text/plain": 'isnad_jobs{state="queued"} 3.0\n'},
    },
)
