"""The log of the service: one JSON object a line. The text of an article is never logged."""

import json
import logging
import sys
from datetime import UTC, datetime

from agent.tracing import trace_id

# What records may carry beside their message; anything else on them is left out.
_FIELDS = ("job", "code", "route", "status", "ms")


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        fields |= {name: value for name in _FIELDS if (value := getattr(record, name, None)) is not None}
        if (trace := trace_id()) is not None:
            fields["trace"] = trace
        if record.exc_info:
            fields["exception"] = self.formatException(record.exc_info)
        return json.dumps(fields, ensure_ascii=False)


def log_to_stderr(level: str) -> None:
    """Logs our own loggers from this level on, and those of libraries from warnings on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("isnad").setLevel(level.upper())
    # It calls a page without an article an error; to us that is an answer, which whoever sent the page gets.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
