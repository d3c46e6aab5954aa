"""The server that pages, feeds and the API are asked of: how it speaks, when it listens, and when it is told to end."""

import resource
from collections.abc import Callable, Sequence
from functools import partial
from socket import socket
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from relay.web.crowd import Crowd, Limits
from relay.web.hatched import Hatched
from relay.web.serving.hatch import Hatch


def spoken(
    app: ASGIApp,
    patience: int,
    proxies: Sequence[str],
    limits: Limits | None = None,
    hatch: Hatch | None = None,
) -> uvicorn.Config:
    """How the service speaks; ``patience`` is how many seconds answers under way have at the end.

    ``proxies`` are the networks from which ``X-Forwarded-For`` is believed: who asks is told apart by it. ``hatch`` has
    the answers that need not be asked of ``app``.
    """
    crowd = Crowd(limits or _limits(), proxies)
    return uvicorn.Config(
        app,
        http=partial(Hatched, crowd=crowd, hatch=hatch),  # type: ignore[arg-type]  # it is called, and nothing else
        ws="none",  # it would take a connection out of the bounds, and answer without the guards
        log_config=None,  # its own would write to standard error past what covers secrets there
        log_level="warning",
        access_log=False,
        forwarded_allow_ips=[*proxies],
        timeout_graceful_shutdown=patience,
        server_header=False,
    )


def _limits() -> Limits:
    """The usual ones; fewer connections where the system gives this process few files, for it needs some itself."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return Limits() if files == resource.RLIM_INFINITY else Limits(whole=min(Limits().whole, files * 2 // 5))


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
