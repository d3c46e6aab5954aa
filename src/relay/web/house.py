"""Readers' rooms are open; all others are furnished when somebody comes who is no reader."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Router
from starlette.types import Receive, Scope, Send

from relay.web.readers import READERS


class House(Starlette):
    """The application. What editors and programs need takes a third of a second to load, and 10 MB."""

    def __init__(self, middleware: Sequence[Middleware], exception_handlers: Mapping[Any, Any]) -> None:
        super().__init__(middleware=middleware, exception_handlers=exception_handlers)
        self.router = Router(READERS, default=self._ask_further)

    @property
    def routes(self) -> list[BaseRoute]:
        """All of them."""
        return self._whole.routes

    @property
    def is_furnished(self) -> bool:
        """Whether anybody has come for whom more was loaded."""
        return "_whole" in vars(self)

    @cached_property
    def _whole(self) -> Router:
        from relay.web.routes import routes  # noqa: PLC0415  # every page, and the API

        return Router(routes())

    async def _ask_further(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Readers do not wait while it is loaded."""
        if not self.is_furnished:
            await run_in_threadpool(lambda: self._whole)
        await self._whole(scope, receive, send)
