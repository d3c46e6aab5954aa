"""The server that pages, feeds and the API are asked of: it says when it listens, and ends in time."""

import os
import threading
from collections.abc import Callable
from socket import socket
from types import FrameType

import uvicorn

LAST_RESORT = 9.5
"""Seconds after a signal at which the process is gone, whatever still hangs."""


class Server(uvicorn.Server):
    """uvicorn, saying when it listens, and gone in time whatever hangs."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None], ending: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready, self._ending = ready, ending

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """The first signal starts the clock."""
        if not self.should_exit:
            last = threading.Timer(LAST_RESORT, os._exit, (0,))
            last.daemon = True
            last.start()
            self._ending()
        super().handle_exit(sig, frame)

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Call ``ready`` once the pages can be opened."""
        await super().startup(sockets)
        if self.started:
            self._ready()
