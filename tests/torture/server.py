"""The server before the far ends: it knows how many connections are open."""

import sys
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Server(ThreadingHTTPServer):
    """On a free port of loopback; ``met`` is told of each connection that comes (1) and goes (-1).

    Who hangs up has died, and that is no news here.
    """

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, handler: type[BaseHTTPRequestHandler], met: Callable[[int], None]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.met = met

    def process_request(self, request: Any, client_address: Any) -> None:
        self.met(1)
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.met(-1)

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)
