"""Spans for OpenTelemetry, when a collector is configured; otherwise nothing of it is even loaded.

They carry ids, counts and kinds of errors, and never a text: what may be told of a span is what its place hands over.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from agent.config import Settings
from agent.errors import ConfigurationError
from agent.extras import needs

if TYPE_CHECKING:
    from opentelemetry.trace import Span, Tracer

_TRACES = "/v1/traces"
Value = str | int | float | bool
Attributes = Mapping[str, Value | None]


class _ModelCall:
    """Where spans go. One to a process, as for logs: they begin in places that know nothing of each other."""

    tracer: "Tracer | None" = None


class TraceSpan:
    """A span under way; does nothing when there is none."""

    def __init__(self, span: "Span | None" = None) -> None:
        self._span = span

    def set(self, attributes: Attributes) -> None:
        if self._span is not None:
            self._span.set_attributes(_present(attributes))

    def rename(self, name: str) -> None:
        if self._span is not None:
            self._span.update_name(name)


@contextmanager
def span(name: str, attributes: Attributes, *, parent: Mapping[str, str] | None = None) -> Iterator[TraceSpan]:
    """A span within the one under way, or within the `parent` that `carrier` told elsewhere."""
    tracer = _ModelCall.tracer
    if tracer is None:
        yield TraceSpan()
        return
    from opentelemetry.trace import StatusCode
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    context = TraceContextTextMapPropagator().extract(parent) if parent else None
    with tracer.start_as_current_span(
        name, context, attributes=_present(attributes), record_exception=False, set_status_on_exception=False
    ) as begun:
        try:
            yield TraceSpan(begun)
        except BaseException as err:
            # What an error says may quote anything.
            begun.set_status(StatusCode.ERROR)
            begun.set_attribute("error.type", type(err).__name__)
            raise


def carrier() -> dict[str, str] | None:
    """The span under way, as it can be told to another process; None when there is none."""
    if _ModelCall.tracer is None:
        return None
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    fields: dict[str, str] = {}
    TraceContextTextMapPropagator().inject(fields)
    return fields or None


def trace_id() -> str | None:
    """Of the span under way."""
    if _ModelCall.tracer is None:
        return None
    from opentelemetry.trace import format_trace_id, get_current_span

    context = get_current_span().get_span_context()
    return format_trace_id(context.trace_id) if context.is_valid else None


@contextmanager
def open_tracing(settings: Settings) -> Iterator[None]:
    """Sends spans to the configured collector until the end. Raises `ConfigurationError` when packages are missing.

    A collector that does not answer costs spans and nothing else.
    """
    endpoint = settings.otel_traces_endpoint or (
        settings.otel_endpoint.rstrip("/") + _TRACES if settings.otel_endpoint else None
    )
    if endpoint is None:
        yield
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as err:
        raise ConfigurationError(needs("OTEL_EXPORTER_OTLP_ENDPOINT", "service")) from err
    # Not the provider of the whole process: what other packages would tell of themselves is theirs to answer for.
    provider = TracerProvider(resource=Resource.create({"service.name": settings.otel_service_name}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint)))
    _ModelCall.tracer = provider.get_tracer("isnad")
    try:
        yield
    finally:
        _ModelCall.tracer = None
        provider.shutdown()


def _present(attributes: Attributes) -> dict[str, Value]:
    return {name: value for name, value in attributes.items() if value is not None}
