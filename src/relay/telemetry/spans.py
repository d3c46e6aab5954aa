"""Steps as spans of OpenTelemetry. An entry has a trace that can be named before and after, without a row."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from importlib.metadata import version
from time import time_ns

import httpx
from opentelemetry import trace
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Link, SpanContext, Status, StatusCode, TraceFlags

from relay.core.tracing import Fact
from relay.telemetry.sending import Sending
from relay.telemetry.wanted import Collector

AT_THE_END = 1.5
"""Seconds in which what was not sent yet may still begin to be, of the ten that a container gives."""
_NAMES = {"host": "server.address", "error": "error.type"}
"""Facts for which there is a semantic convention (https://opentelemetry.io/docs/specs/semconv/)."""


class Said:
    """A span under way."""

    def __init__(self, span: trace.Span) -> None:
        self._span = span

    def say(self, **facts: Fact) -> None:
        """What came of the step; an ``error`` is one of the step's."""
        self._span.set_attributes(_attributes(facts))
        if error := facts.get("error"):
            self._span.set_status(Status(StatusCode.ERROR, str(error)))


class Spans:
    """``of`` tells this service's entries from those of others at the same collector: its public address."""

    def __init__(self, provider: TracerProvider, processor: BatchSpanProcessor, of: str) -> None:
        self._provider, self._processor, self._of = provider, processor, of
        self._tracer = provider.get_tracer("relay", version("relay"))

    @contextmanager
    def span(self, name: str, entries: Sequence[int] = (), **facts: Fact) -> Iterator[Said]:
        """A span around a step; what it raises is an error of the span, by its kind alone: its words may be secret."""
        links = [Link(context_of(self._of, id)) for id in entries]
        own = _attributes(facts)
        with self._tracer.start_as_current_span(
            name, links=links, attributes=own, record_exception=False, set_status_on_exception=False
        ) as span:
            said = Said(span)
            try:
                yield said
            except Exception as error:
                said.say(error=type(error).__name__)
                raise

    def entry(self, id: int) -> None:
        """A span of its own trace, which leads to the step that stored it."""
        now, here = time_ns(), trace.get_current_span().get_span_context()
        if not here.trace_flags.sampled:
            return
        self._processor.on_end(
            ReadableSpan(
                name="entry",
                context=context_of(self._of, id),
                resource=self._provider.resource,
                attributes={"relay.entry.id": id},
                links=[Link(here)],
                status=Status(),
                start_time=now,
                end_time=now,
            )
        )


def context_of(of: str, entry: int) -> SpanContext:
    """The same for the same entry, whichever process asks."""
    name = sha256(f"{of} entry {entry}".encode()).digest()
    flags = TraceFlags(TraceFlags.SAMPLED)
    return SpanContext(int.from_bytes(name[:16]), int.from_bytes(name[16:24]), is_remote=True, trace_flags=flags)


def _attributes(facts: dict[str, Fact]) -> dict[str, Fact]:
    return {_NAMES.get(name) or f"relay.{name.replace('_', '.')}": fact for name, fact in facts.items()}


@contextmanager
def telling(http: httpx.Client, collector: Collector, of: str) -> Iterator[Spans]:
    """Tell the collector, until the end; what is left is sent then, if it soon can be."""
    own = {"service.name": "relay", "service.version": version("relay"), "service.instance.id": of}
    said = OTELResourceDetector().detect()  # what the operator says has the last word
    provider = TracerProvider(resource=Resource.create(own).merge(said), shutdown_on_exit=False)
    sending = Sending(http, collector)
    processor = BatchSpanProcessor(sending)
    provider.add_span_processor(processor)
    try:
        yield Spans(provider, processor, of)
    finally:
        sending.hasten(AT_THE_END)  # the SDK knows no end to its last sending
        provider.shutdown()
