"""The JSON Schema of the report: `python -m agent.doors.render.schema docs/report.schema.json` writes it."""

import json
import sys
from pathlib import Path

from agent.models import Report


def report_schema() -> str:
    """The schema of the JSON form, field names as they are written."""
    schema = Report.model_json_schema(by_alias=True, mode="serialization")
    known = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(known, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(report_schema(), encoding="utf-8")
    else:
        sys.stdout.write(report_schema())
