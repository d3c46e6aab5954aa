"""What one poll's exchange costs, beside libcurl alone (goal: a 304 ≤ 2 times the floor).

    python -m benchmarks.transports [REQUESTS]

CPU µs a request (user + sys) of this process, which asks an nginx on loopback, ways in turn, medians of five rounds.
The floor is pycurl's multi interface in one thread, with nothing around it, and as many requests at once as relay's own
"many", which is how a pass asks. relay's other ways go through ``Reader.ask``, in threads. Look-ups cost nothing but
the thread that makes them, turns have no pauses. Each host is asked once, over a new connection, as in polls that lie
an hour apart; or a few are asked again and again, over connections that are kept.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from io import BytesIO
from ipaddress import IPv4Address
from math import inf
from pathlib import Path
from statistics import median
from time import process_time

import httpx
import pycurl
from tests.real.ports import free_port

from relay.core.document import Answer, Fetched, NotModified
from relay.core.source import Source, Validators
from relay.intake.fetch import plain, question
from relay.intake.wire.curl.over_curl import polling
from relay.intake.wire.exchange import Reply
from relay.intake.wire.guard import Guard
from relay.intake.wire.pace import Turns
from relay.intake.wire.transport import reading_client
from relay.pipeline.reading.reader import Reader

ROUNDS, AT_ONCE, HANDS, GOAL = 5, 128, 8, 2.0
BODY = b"<p>Une d\xc3\xa9p\xc3\xaache de l'agence.</p>\n" * 3500
CONFIGURATION = """
daemon on; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1;
events {{ worker_connections 4096; }}
http {{
  access_log off; keepalive_requests 1000000;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{ listen 127.0.0.1:{port} backlog=4096; root {folder}; }}
}}
"""

Ask = Callable[[str], int]
"""One exchange: an address → the status, 304 or 200."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is measured: which hosts, and whether the document is known."""

    name: str
    hosts: Sequence[str]
    known: Validators


def main() -> int:
    """Print the table; 1 where a 304 at a new connection costs more than the goal."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with tempfile.TemporaryDirectory() as name, _nginx(Path(name)) as port:
        known = _known(port)
        many, few = [f"h{one}.test:{port}" for one in range(number)], [f"h{one}.test:{port}" for one in range(AT_ONCE)]
        cases = [
            Case("304, new connection", many, known),
            Case("304, kept", few, known),
            Case(f"200, {len(BODY) // 1000} KB, new connection", many, Validators()),
            Case(f"200, {len(BODY) // 1000} KB, kept", few, Validators()),
        ]
        print("| CPU µs a request | multi | many | one a thread | httpx | many / multi | one / multi | httpx / multi |")
        print("|---|--:|--:|--:|--:|--:|--:|--:|")
        ratios = [_row(case, number) for case in cases]
    return 0 if ratios[0] <= GOAL else 1


def _row(case: Case, number: int) -> float:
    urls = [f"http://{case.hosts[one % len(case.hosts)]}/feed.xml" for one in range(number)]
    sides = [_floor, _many, _over_curl, _over_httpx]
    costs: list[list[float]] = [[] for _ in sides]
    for _ in range(ROUNDS):
        for place, side in enumerate(sides):
            costs[place].append(side(urls if side is not _over_httpx else urls[: number // 4], case.known))
    floor, *others = (median(some) for some in costs)
    ratios = [one / floor for one in others]
    print(f"| {case.name} | {' | '.join(f'{one:.0f}' for one in [floor, *others])} |", end="")
    print(f" {' | '.join(f'{one:.2f}' for one in ratios)} |")
    return ratios[0]


def _floor(urls: Sequence[str], known: Validators) -> float:
    multi, free, left, done = pycurl.CurlMulti(), [_easy() for _ in range(AT_ONCE)], list(reversed(urls)), 0
    wanted = 304 if known.etag else 200
    began = process_time()
    while done < len(urls):
        while free and left:
            multi.add_handle(_asking(free.pop(), left.pop(), known))
        multi.perform()
        _, ended, failed = multi.info_read(AT_ONCE)
        assert not failed, failed
        for one in ended:
            assert one.getinfo(pycurl.RESPONSE_CODE) == wanted
            multi.remove_handle(one)
            free.append(one)
        done += len(ended)
        if not ended:
            multi.select(1.0)
    return 1e6 * (process_time() - began) / len(urls)


def _easy() -> pycurl.Curl:
    curl = pycurl.Curl()
    for option, value in ((pycurl.NOSIGNAL, 1), (pycurl.PROXY, ""), (pycurl.CONNECT_TO, ["::127.0.0.1:"])):
        curl.setopt(option, value)
    return curl


def _asking(curl: pycurl.Curl, url: str, known: Validators) -> pycurl.Curl:
    headers = [b"user-agent: relay", b"accept: */*", b"accept-encoding: gzip"]
    curl.setopt(pycurl.URL, url)
    curl.setopt(pycurl.HTTPHEADER, [*headers, b"if-none-match: " + known.etag] if known.etag else headers)
    curl.setopt(pycurl.HEADERFUNCTION, BytesIO().write)
    curl.setopt(pycurl.WRITEFUNCTION, BytesIO().write)
    return curl


def _many(urls: Sequence[str], known: Validators) -> float:
    left, under_way, answers = list(reversed(urls)), 0, list[Answer | None]()
    with polling(_guard(), None, turns=_turns()) as polls, closing(polls.many()) as exchanges:
        began = process_time()
        while left or under_way:
            while left and under_way < AT_ONCE:
                url = left.pop()
                exchanges.start(url, *question(exchanges.agent, url, "s", known))
                under_way += 1
            ended = exchanges.done(1.0)
            under_way -= len(ended)
            answers += [plain(said, str(url)) for url, said in ended if isinstance(said, Reply)]
        cost = process_time() - began
    assert len(answers) == len(urls)
    assert all(isinstance(one, NotModified if known.etag else Fetched) for one in answers)
    return 1e6 * cost / len(urls)


def _over_curl(urls: Sequence[str], known: Validators) -> float:
    with reading_client(_guard(), None) as http, polling(_guard(), None, turns=_turns()) as polls:
        return _asked(Reader.over(http, polls=polls), urls, known)


def _over_httpx(urls: Sequence[str], known: Validators) -> float:
    with reading_client(_guard(), None, turns=_turns()) as http:
        return _asked(Reader.over(http), urls, known)


def _asked(reader: Reader, urls: Sequence[str], known: Validators) -> float:
    source, wanted = Source("s", urls[0], "Source"), NotModified if known.etag else Fetched

    def ask(some: Sequence[str]) -> list[Answer]:
        return [reader.ask(source, url, known) for url in some]

    with ThreadPoolExecutor(HANDS) as pool:
        began = process_time()
        answers = [one for some in pool.map(ask, (urls[hand::HANDS] for hand in range(HANDS))) for one in some]
        cost = process_time() - began
    assert all(isinstance(one, wanted) for one in answers), answers[0]
    return 1e6 * cost / len(urls)


def _guard() -> Guard:
    return Guard(("127.0.0.0/8",), lambda _host, _port: (IPv4Address("127.0.0.1"),))


def _turns() -> Turns:
    return Turns(0.0, inf)


@contextmanager
def _nginx(folder: Path) -> Iterator[int]:
    port = free_port()
    (folder / "feed.xml").write_bytes(BODY)
    folder.chmod(0o755)
    (folder / "nginx.conf").write_text(CONFIGURATION.format(folder=folder, port=port))
    begun = ["nginx", "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    subprocess.run(begun, check=True)
    try:
        yield port
    finally:
        subprocess.run([*begun, "-s", "quit"], check=True)


def _known(port: int) -> Validators:
    answer = httpx.get(f"http://127.0.0.1:{port}/feed.xml", trust_env=False)
    return Validators(answer.headers["etag"].encode())


if __name__ == "__main__":
    sys.exit(main())
