"""Traces and logs of a real service, as a collector and a log file see them."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from agent.config import Settings
from agent.errors import BadInput
from agent.tracing import carrier, open_tracing, span, trace_id
from evals.servers.endpoint import Pace, SimulatedModel
from tests.doors.api.test_serve import serving
from tests.support.endpoint import run_endpoint

_TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
_SENTENCES = (
    "The mayor said that the old bridge was shut on Monday.",
    "Engineers had found cracks in two of its piers.",
)


@dataclass
class Collector:
    url: str
    bodies: list[bytes] = field(default_factory=list)

    @property
    def spans(self) -> dict[bytes, Span]:
        told = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        return {
            one.span_id: one
            for request in told
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for one in scope.spans
        }

    def way_up(self, one: Span) -> list[str]:
        """The names from a span to the last of its parents that is here."""
        names = [one.name]
        while (parent := self.spans.get(one.parent_span_id)) is not None:
            names.append(parent.name)
            one = parent
        return names


@contextmanager
def _collecting() -> Iterator[Collector]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.path == "/v1/traces"
            collector.bodies.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        collector = Collector(f"http://127.0.0.1:{server.server_port}")
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield collector
        finally:
            server.shutdown()
            thread.join()


def test_a_request_is_followed_to_the_calls_of_the_model_and_no_text_goes_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with run_endpoint() as model, _collecting() as collector:
        model.behave(SimulatedModel(Pace(call_seconds=0)).chat)
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url)
        with serving(tmp_path, model, shutdown_grace="30") as service:
            answer = service.http.post(
                "/v1/verifications",
                json={"text": " ".join(_SENTENCES), "title": "Bridge shut"},
                headers={"Prefer": "wait=60", "traceparent": f"00-{_TRACE}-00f067aa0ba902b7-01"},
            )
            assert answer.json()["state"] == "succeeded", answer.text
            job = answer.json()["id"]
            assert service.stopped() == 0
        calls = [one for one in collector.spans.values() if one.name == "model call"]
        assert len(calls) >= 2
        for one in calls:
            assert collector.way_up(one) == ["model call", "step verify", "job", "POST /v1/verifications"]
            assert one.trace_id.hex() == _TRACE
            told = {attribute.key: attribute.value for attribute in one.attributes}
            assert told["gen_ai.request.model"].string_value == "simulated"
            assert told["isnad.tokens"].int_value > 0
        (begun,) = [one for one in collector.spans.values() if one.name == "job"]
        assert {one.key: one.value.string_value for one in begun.attributes} == {"isnad.job": job}
        sent = b"".join(collector.bodies).decode("utf-8", "replace")
    log = "".join(file.read_text() for file in tmp_path.glob("*.log"))
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert {line["trace"] for line in lines if line["message"] in ("job begins", "job finished")} == {_TRACE}
    assert job in {line.get("job") for line in lines}
    for words in (*_SENTENCES, "Bridge shut", "old bridge", "two of its piers"):
        assert words not in sent
        assert words not in log


def _fail() -> None:
    with span("job", {}):
        assert carrier() is not None
        raise BadInput("the words of an article")


def test_an_error_is_told_by_its_kind_and_not_by_what_it_says(tmp_path: Path) -> None:
    with _collecting() as collector:
        settings = Settings(data_dir=tmp_path, otel_endpoint=collector.url)
        with open_tracing(settings):
            with pytest.raises(BadInput):
                _fail()
            assert trace_id() is None
        (told,) = collector.spans.values()
    assert [(one.key, one.value.string_value) for one in told.attributes] == [("error.type", "BadInput")]
    assert (told.status.message, len(told.events)) == ("", 0)


def test_a_collector_that_is_gone_costs_nothing_but_spans(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, otel_traces_endpoint="http://127.0.0.1:1/v1/traces")
    with open_tracing(settings), span("job", {}) as mark:
        mark.set({"isnad.tokens": 3})


def test_nothing_is_loaded_while_it_is_off() -> None:
    code = (
        "import sys; from agent.config import Settings; from agent.tracing import carrier, open_tracing, span\n"
        "with open_tracing(Settings()), span('job', {}) as mark: mark.set({'n': 1}); assert carrier() is None\n"
        "print([name for name in sys.modules if name.startswith('opentelemetry')])"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root)
    assert (done.stdout, done.stderr) == ("[]\n", "")
