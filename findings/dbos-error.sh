#!/usr/bin/env bash
# DBOS answers a second request for a failed job with another error than the first.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check dbos==3.4.0 || exit 2
"$room/bin/python" - <<'PY'
import sys, tempfile
from dbos import DBOS, SetWorkflowID

class Refused(Exception):
    def __init__(self, claim, reason):
        super().__init__(f"{claim!r} was not checked: {reason}")

def ask():
    with SetWorkflowID("claim-1"):
        try:
            check("The bridge is closed")
        except Exception as error:
            return f"{type(error).__name__}: {error}"

with tempfile.TemporaryDirectory() as folder:
    DBOS(config={"name": "newsroom", "system_database_url": f"sqlite:///{folder}/jobs.sqlite", "log_level": "CRITICAL",
                 "run_admin_server": False})
    @DBOS.workflow()
    def check(claim):
        raise Refused(claim, "no quota")
    DBOS.launch()
    seen = ask(), ask()
    DBOS.destroy()
print("dbos 3.4.0: one workflow id asked for twice; the workflow raises an error that takes two arguments")
print("expected: the same error twice; a workflow with an id of its own is documented to run once, however often it is called")
print("seen:    ", *seen, sep="\n          ")
sys.exit(not (seen[0].startswith("Refused") and seen[1].startswith("TypeError")))
PY
