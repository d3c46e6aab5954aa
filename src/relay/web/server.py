"""The server that pages, feeds and the API are asked of: it says when it listens, and when it is told to end."""

from collections.abc import Callable
from socket import socket
from types import FrameType

import uvicorn


class Server(uvicorn.Server):
    """uvicorn, saying when it listens; ``told`` is called with every signal, the first of which ends it."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None], told: Callable[[int], None]) -> None:
        super().__init__(config)
        self._ready, self._told = ready, told

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002  # as uvicorn has it
        """Nothing of it is raised again after the end, as uvicorn does: that would be a second signal."""
        self._told(sig)
        self.should_exit = True

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Call ``ready`` once the pages can be opened."""
        await super().startup(sockets)
        if self.started:
            self._ready()
