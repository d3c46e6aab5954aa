"""Spans sent to the collector, over the guarded client: OpenTelemetry's own exporter opens its own ways out."""

import gzip
import logging
from collections.abc import Sequence
from math import inf
from time import monotonic

import httpx
from opentelemetry.exporter.otlp.proto.common.trace_encoder import encode_spans
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult

from relay.telemetry.wanted import Collector

log = logging.getLogger("relay")


class Sending(SpanExporter):
    """What cannot be sent is lost: traces are not worth a disk, nor a second try while more of them come."""

    def __init__(self, http: httpx.Client, collector: Collector) -> None:
        self.http, self._collector = http, collector
        self._is_silent = False
        self._until = inf

    def hasten(self, seconds: float) -> None:
        """Begin to send nothing more once these have gone by: a collector that is silent holds no end up."""
        self._until = monotonic() + seconds

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Send these; the log has the first failure, and that it is over."""
        if monotonic() >= self._until:
            return SpanExportResult.FAILURE
        why = self._sent(gzip.compress(encode_spans(spans).SerializeToString()))
        if why and not self._is_silent:
            log.warning("traces do not arrive at %s: %s", self._collector.host, why)
        if self._is_silent and not why:
            log.info("traces arrive at %s again", self._collector.host)
        self._is_silent = bool(why)
        return SpanExportResult.FAILURE if why else SpanExportResult.SUCCESS

    def _sent(self, body: bytes) -> str:
        """Why they did not arrive; empty where they did."""
        own = {"Content-Type": "application/x-protobuf", "Content-Encoding": "gzip"}
        try:
            answer = self.http.post(self._collector.url, content=body, headers={**self._collector.headers, **own})
        except httpx.HTTPError as error:
            return str(error) or type(error).__name__
        return "" if answer.is_success else f"it answers {answer.status_code}"
