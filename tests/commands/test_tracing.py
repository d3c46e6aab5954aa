"""Traces: a real receiver of OTLP on loopback, which reads what relay sends it."""

import gzip
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from relay.demo import timelines
from relay.telemetry import wanted
from relay.telemetry.spans import telling
from relay.telemetry.wanted import Collector, collector
from tests.commands.blog import FEED, Blog
from tests.commands.conftest import Relay
from tests.edges.opened import migrated
from tests.fakes.feed_server import FeedServer, answer

SECRET = "s3cr3t"


@dataclass
class Receiver:
    """What has come. ``status`` is how it answers."""

    url: str = ""
    status: int = 200
    requests: int = 0
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    @property
    def spans(self) -> list[Span]:
        read = map(ExportTraceServiceRequest.FromString, self.bodies)
        return [span for one in read for of in one.resource_spans for each in of.scope_spans for span in each.spans]

    def named(self, name: str) -> list[Span]:
        return [span for span in self.spans if span.name == name]

    def one(self, name: str) -> Span:
        (found,) = self.named(name)
        return found


def facts(span: Span) -> dict[str, object]:
    return {one.key: getattr(one.value, str(one.value.WhichOneof("value"))) for one in span.attributes}


@contextmanager
def receiving() -> Iterator[Receiver]:
    found = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = gzip.decompress(self.rfile.read(int(self.headers["Content-Length"])))
            found.requests += 1
            found.paths.append(self.path)
            found.headers.append({name.lower(): text for name, text in self.headers.items()})
            if found.status == 200:
                found.bodies.append(body)
            self.send_response(found.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        found.url = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, daemon=True).start()
        yield found
        server.shutdown()


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    with receiving() as found:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", found.url)
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_HEADERS", f"api-key={SECRET}%20key")
        yield found


@pytest.fixture
def feed(site: FeedServer, blog: Blog) -> Blog:
    """A blog whose source answers."""
    site.pages["/rss"] = answer(200, FEED.format(url=site.url).encode())
    migrated(blog.folder / "relay.db").close()  # a made one: nothing is brought up
    return blog


@pytest.fixture
def walked(receiver: Receiver, feed: Blog, relay: Relay, site: FeedServer) -> Receiver:
    """One entry has gone from its source to a network."""
    running = timelines.serve()
    try:
        feed.configure(site.url, f'network = "sandbox"\nserver = "{running.url}"\nimitates = "mastodon"')
        for words in (("poll",), ("publish",), ("user", "add", "camille")):
            assert relay(*words).code == 0
        waiting = relay("queue", "list", "--state", "waiting", "--json").json
        assert relay("queue", "approve", str(waiting[0]["id"]), "--as", "camille").code == 0
        assert relay("deliver").code == 0
    finally:
        running.stop()
    return receiver


def test_one_entry_s_walk_is_told(walked: Receiver) -> None:
    each_step_is_a_span_with_what_came_of_it(walked)
    an_attempt_leads_to_its_entry_and_that_to_the_visit_that_brought_it(walked)
    neither_secrets_nor_texts_are_among_them(walked)


def each_step_is_a_span_with_what_came_of_it(walked: Receiver) -> None:
    poll, fetch, parse, store = map(walked.one, ("poll", "fetch", "parse", "store"))
    assert facts(poll) == {"relay.source.id": "cget"}
    assert facts(fetch) == {"server.address": facts(fetch)["server.address"], "relay.answer": "fetched"}
    assert str(facts(fetch)["server.address"]).startswith("127.0.0.1")
    assert facts(parse) == {"relay.source.id": "cget", "relay.entries": 1}
    assert facts(store) == {"relay.source.id": "cget", "relay.new": 1, "relay.edited": 0, "relay.queued": 1}
    assert {one.parent_span_id for one in (fetch, parse, store)} == {poll.span_id}
    assert {one.trace_id for one in (fetch, parse, store)} == {poll.trace_id}
    published = [one for one in walked.named("publish") if facts(one)["relay.documents"]]
    assert {facts(one)["relay.feed.id"] for one in published} == {"blog"}
    delivered = facts(walked.one("deliver"))
    assert delivered["relay.account.id"] == "out"
    assert (delivered["relay.network"], delivered["relay.state"], delivered["relay.attempt"]) == ("sandbox", "sent", 1)
    assert all(span.start_time_unix_nano <= span.end_time_unix_nano for span in walked.spans)


def an_attempt_leads_to_its_entry_and_that_to_the_visit_that_brought_it(walked: Receiver) -> None:
    attempt, entry, store = walked.one("deliver"), walked.one("entry"), walked.one("store")
    assert [(one.trace_id, one.span_id) for one in attempt.links] == [(entry.trace_id, entry.span_id)]
    assert [(one.trace_id, one.span_id) for one in entry.links] == [(store.trace_id, store.span_id)]
    assert len({attempt.trace_id, entry.trace_id, store.trace_id}) == 3


def neither_secrets_nor_texts_are_among_them(walked: Receiver) -> None:
    assert walked.paths == ["/v1/traces"] * walked.requests
    assert {one["api-key"] for one in walked.headers} == {f"{SECRET} key"}
    said = b"".join(walked.bodies)
    assert b"cget" in said
    for text in (SECRET, "galit", "bilan", "camille", "/rss"):
        assert text.encode() not in said


def test_what_fails_says_so(receiver: Receiver, feed: Blog, relay: Relay, site: FeedServer) -> None:
    assert feed.file.exists()
    site.pages["/rss"] = answer(200, b"this is no feed")
    relay("poll")
    parse = receiver.one("parse")
    assert facts(parse)["error.type"] == "unreadable"
    assert parse.status.code == Status.STATUS_CODE_ERROR


@pytest.mark.parametrize("status", [401, 503])
def test_a_collector_that_refuses_costs_a_line_of_the_log(
    receiver: Receiver, feed: Blog, relay: Relay, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    assert feed.file.exists()
    receiver.status = status
    assert relay("poll").code == 0
    assert [one for one in caplog.messages if "traces" in one] == [
        f"traces do not arrive at 127.0.0.1: it answers {status}"
    ]
    assert receiver.spans == []


def test_a_collector_that_is_not_there_holds_nothing_up(
    feed: Blog, relay: Relay, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert feed.file.exists()
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    assert relay("poll").code == 0
    assert sum("traces do not arrive at 127.0.0.1" in one for one in caplog.messages) == 1


@pytest.mark.parametrize(
    ("environ", "why"),
    [
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "collector:4317"}, "is not an address, such as http://127.0.0.1:4318"),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://[x"}, "is not an address"),
        (
            {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:4317", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"},
            "relay speaks http/protobuf",
        ),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:4318", "OTEL_EXPORTER_OTLP_HEADERS": "key=cl%C3%A9"}, "no header"),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:4318", "OTEL_EXPORTER_OTLP_HEADERS": "my key=a"}, "no header"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence(
    environ: dict[str, str], why: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert collector(environ) is None
    assert why in caplog.text


def test_without_its_packages_that_is_said(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(wanted, "PARTS", ("there_is.no_such_package",))
    assert collector({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"}) is None
    assert "install relay[otel]" in caplog.text


def test_the_names_of_the_standard_are_heeded() -> None:
    both = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:4318/", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://d/t"}
    assert collector({}) is None
    assert collector({**both, "OTEL_SDK_DISABLED": "true"}) is None
    assert collector(both) == Collector("http://d/t")
    del both["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"]
    assert collector(both) == Collector("http://c:4318/v1/traces")
    headers = collector({**both, "OTEL_EXPORTER_OTLP_HEADERS": "Authorization=Basic%20abc, x = y"})
    assert headers
    assert headers.headers == {"authorization": "Basic abc", "x": "y"}
    assert "abc" not in repr(headers)


def test_where_nobody_is_told_nothing_of_it_is_loaded(feed: Blog) -> None:
    told = (
        "import atexit, sys; atexit.register(lambda: print('telemetry' if 'opentelemetry' in sys.modules else 'none'))"
    )
    assert feed.relay("poll", before=told).out.splitlines()[-1] == "none"


def test_who_says_it_is_the_operator_s_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_SERVICE_NAME", "newsroom")
    monkeypatch.setenv("OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=one,deployment.environment.name=test")
    with receiving() as found, httpx.Client(trust_env=False) as http:
        with telling(http, Collector(found.url), "https://relay.example") as spans, spans.span("poll"):
            pass
        (body,) = found.bodies
    said = {one.key: one.value.string_value for one in read_resource(body)}
    assert (said["service.name"], said["service.instance.id"]) == ("newsroom", "one")
    assert said["deployment.environment.name"] == "test"
    assert said["service.version"]


def read_resource(body: bytes) -> list[KeyValue]:
    return [*ExportTraceServiceRequest.FromString(body).resource_spans[0].resource.attributes]


def test_a_collector_that_is_silent_does_not_hold_the_end_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Much waits to be sent, and each part would be waited for as long as the first."""
    monkeypatch.setenv("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "10")
    monkeypatch.setattr("relay.telemetry.spans.AT_THE_END", 0.1)
    begun = list[float]()

    def silent(request: httpx.Request) -> httpx.Response:
        begun.append(time.monotonic())
        time.sleep(0.2)
        raise httpx.ReadTimeout("timed out", request=request)

    with httpx.Client(transport=httpx.MockTransport(silent)) as http:
        with telling(http, Collector("http://c:4318/v1/traces"), "https://relay.example") as spans:
            for _ in range(200):
                with spans.span("poll"):
                    pass
            over = time.monotonic()
        assert sum(at > over for at in begun) <= 2


def test_of_an_error_its_kind_is_told_and_not_its_words() -> None:
    """An address with its password is often among them."""
    with receiving() as found, httpx.Client(trust_env=False) as http:
        with (
            telling(http, Collector(found.url), "https://relay.example") as spans,
            pytest.raises(ValueError, match=SECRET),
            spans.span("poll"),
        ):
            raise ValueError(f"https://camille:{SECRET}@cget.example")
        span, (body,) = found.one("poll"), found.bodies
    assert facts(span)["error.type"] == "ValueError"
    assert span.status.code == Status.STATUS_CODE_ERROR
    assert SECRET.encode() not in body
