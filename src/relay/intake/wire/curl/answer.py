"""The lines of an answer's head, read: libcurl hands them on as they came."""

from dataclasses import replace
from math import inf

import httpx

from relay.intake.wire.address import WebAddress
from relay.intake.wire.body import inflated
from relay.intake.wire.curl.handle import Told
from relay.intake.wire.exchange import Reply

HEAD = 100 * 1024
"""Bytes of status line and headers, as httpcore bounds them; libcurl ends a head at 300 KiB, or 5,000 lines."""


def reply(told: Told, url: WebAddress, end: float = inf) -> Reply:
    """The answer with its body inflated; ``httpx.RemoteProtocolError`` for a head beyond all measure."""
    if len(told.head) > HEAD:
        raise httpx.RemoteProtocolError("the head of the answer is too long")
    line, *lines = _last(told.head)
    named = (line.partition(b":") for line in lines)
    headers = [(name.strip().lower(), value.strip()) for name, _, value in named]
    answer = Reply(told.status, _reason(line), url, headers, told.body, end)
    if len({*answer.raw(b"content-length")}) > 1:
        raise httpx.RemoteProtocolError("the answer has two lengths")
    coded = answer.raw(b"content-encoding")
    return _decoded(answer, coded) if coded else answer


def _decoded(answer: Reply, coded: list[bytes]) -> Reply:
    """The encoding ends here, as it does over httpx."""
    body = b"".join(inflated([answer.body], b", ".join(coded).decode("latin-1")))
    return replace(answer, headers=[one for one in answer.headers if one[0] != b"content-encoding"], body=body)


def _reason(line: bytes) -> str:
    _, _, rest = line.partition(b" ")
    return rest[4:].decode("latin-1")


def _last(head: bytes) -> list[bytes]:
    """The head of the final answer: interim ones (RFC 9110 §15.2) come before it, trailers (§6.5) after it.

    A line may end without a CR (RFC 9112 §2.2): libcurl takes it, and so does relay.
    """
    blocks = [block for block in head.replace(b"\r\n", b"\n").split(b"\n\n") if block.startswith(b"HTTP/")]
    return blocks[-1].split(b"\n") if blocks else [b""]
