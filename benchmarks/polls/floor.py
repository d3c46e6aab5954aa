"""The floor of P1: the same requests by libcurl's multi interface, as bare as pycurl has it; no answer is kept.

    python -m benchmarks.polls.floor FILE [AUTHORITIES]

``FILE`` has an address a line. The first round is whole answers, of which the validators are kept for those after it.
"""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pycurl

AT_ONCE = 64


@dataclass(slots=True)
class Asking:
    """A source, with what the next request to it says."""

    url: str
    conditions: Sequence[str] = ()


def main(file: Path, authorities: str | None) -> None:
    """Until its input ends."""
    askings = [Asking(url) for url in file.read_text(encoding="ascii").split()]
    multi, handles = pycurl.CurlMulti(), [_handle(authorities) for _ in range(AT_ONCE)]
    _say({"ready": True})
    for _ in sys.stdin:
        statuses = _round(multi, list(handles), list(reversed(askings)))
        _say({"polls": len(askings), "answers": {str(one): statuses.count(one) for one in {*statuses}}})


def _handle(authorities: str | None) -> "pycurl.Curl":
    handle = pycurl.Curl()
    handle.setopt(pycurl.NOSIGNAL, 1)
    handle.setopt(pycurl.PROXY, "")
    handle.setopt(pycurl.TIMEOUT, 30)
    if authorities:
        handle.setopt(pycurl.CAINFO, authorities)
    return handle


def _round(multi: "pycurl.CurlMulti", free: "list[pycurl.Curl]", left: list[Asking]) -> list[int]:
    statuses: list[int] = []
    busy: dict[pycurl.Curl, tuple[Asking, list[bytes]]] = {}
    while left or busy:
        while left and free:
            handle, asking = free.pop(), left.pop()
            busy[handle] = (asking, _ask(handle, asking))
            multi.add_handle(handle)
        multi.perform()
        _, done, failed = multi.info_read()
        for handle in (*done, *(one for one, *_ in failed)):
            multi.remove_handle(handle)
            asking, heads = busy.pop(handle)
            statuses.append(handle.getinfo(pycurl.RESPONSE_CODE))
            asking.conditions = _conditions(heads) or asking.conditions
            free.append(handle)
        if busy and not (done or failed):
            multi.select(1.0)
    return statuses


def _ask(handle: "pycurl.Curl", asking: Asking) -> list[bytes]:
    heads: list[bytes] = []
    handle.setopt(pycurl.URL, asking.url)
    handle.setopt(pycurl.HTTPHEADER, ["Accept-Encoding: gzip", *asking.conditions])
    handle.setopt(pycurl.HEADERFUNCTION, heads.append)
    handle.setopt(pycurl.WRITEFUNCTION, lambda _: None)
    return heads


def _conditions(heads: Sequence[bytes]) -> list[str]:
    found = []
    for line in heads:
        name, _, value = line.decode("latin-1").partition(":")
        if name.lower() == "etag":
            found.append(f"If-None-Match: {value.strip()}")
        if name.lower() == "last-modified":
            found.append(f"If-Modified-Since: {value.strip()}")
    return found


def _say(what: dict[str, object]) -> None:
    os.write(1, (json.dumps(what) + "\n").encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)
