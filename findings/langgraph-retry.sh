#!/usr/bin/env bash
# LangGraph's default retry policy repeats a refused key and a bad request: it knows httpx, not httpx2.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check langgraph==1.2.22 httpx==0.28.1 httpx2==2.16.2 || exit 2
"$room/bin/python" - <<'PY'
import sys, httpx, httpx2
from langgraph.graph import END, START, StateGraph
from langgraph.types import RetryPolicy
from typing_extensions import TypedDict

class State(TypedDict):
    claim: str

def calls(library, status):
    made = []
    def node(state):
        made.append(state)
        request = library.Request("POST", "http://model.example/v1")
        raise library.HTTPStatusError("refused", request=request, response=library.Response(status, request=request))
    graph = StateGraph(State).add_node("ask", node, retry_policy=RetryPolicy(initial_interval=0.01))
    graph.add_edge(START, "ask").add_edge("ask", END)
    try:
        graph.compile().invoke({"claim": "The bridge is closed"})
    except library.HTTPStatusError:
        return len(made)

seen = {status: (calls(httpx, status), calls(httpx2, status)) for status in (401, 404, 503)}
print("langgraph 1.2.22: calls of a node that raises HTTPStatusError of httpx and of httpx2, which openai 3 runs on")
print("expected: (1, 1) for 401 and 404, (3, 3) for 503; the policy is documented to repeat 5xx alone of requests and httpx")
print("seen:    ", seen)
sys.exit(seen != {401: (1, 3), 404: (1, 3), 503: (3, 3)})
PY
