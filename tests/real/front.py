"""A real server behind a ``Wire``, which breaks the calls that publish before they come to it or on their way back."""

from collections.abc import Callable

import httpx

from tests.fakes.wire import Call, Reply

_ONE_HOP = {"connection", "content-encoding", "content-length", "host", "keep-alive", "server", "transfer-encoding"}
"""Headers of one connection, and of a body as it was packed for it."""


def before(http: httpx.Client, url: str) -> Callable[[Call], Reply]:
    """The network's side of a ``Wire``: hands every call on to the server at ``url``."""

    def answer(call: Call) -> Reply:
        headers = {name: text for name, text in call.headers.items() if name not in _ONE_HOP}
        told = http.request(call.method, url + call.path, headers=headers, content=call.body)
        kept = {name: text for name, text in told.headers.items() if name not in _ONE_HOP}
        return Reply(told.status_code, told.content, kept)

    return answer
