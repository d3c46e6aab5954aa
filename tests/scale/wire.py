"""HTTP as far as the far ends need it: one request a connection, on every address of loopback, in a process of its own."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress

from tests.fakes.wire import Call, Reply

Answer = Callable[[str, Call], Awaitable[Reply | None]]
"""The host that was asked and what it was asked; ``None``: the connection is cut."""


async def serve(port: int, answer: Answer) -> asyncio.Server:
    """From now on; the port is chosen where it is 0."""

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            call = await _call(reader)
            reply = await answer(call.headers.get("host", "").partition(":")[0], call)
            if reply:
                writer.write(_written(reply))
                await writer.drain()
        writer.close()

    return await asyncio.start_server(meet, "0.0.0.0", port, backlog=512)  # noqa: S104  # every loopback address is a host


async def _call(reader: asyncio.StreamReader) -> Call:
    first, *lines = (await reader.readuntil(b"\r\n\r\n"))[:-4].decode("latin-1").split("\r\n")
    method, path, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Call(method, path, headers, body)


def _written(reply: Reply) -> bytes:
    own: Mapping[str, str] = {"content-type": "application/json", **reply.headers}
    lines = [f"HTTP/1.1 {reply.status} so", *(f"{name}: {value}" for name, value in own.items())]
    lines += [f"content-length: {len(reply.body)}", "connection: close"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + reply.body
