"""Every address there is, out of relay's own table, with the names that its page asks a form for."""

import inspect
import re
from functools import cache

from starlette.routing import Route

from relay.web.routes import routes

NAMED = re.compile(
    r"""(?:get|getlist|number_in|_number|pop)\((?:form, |request, )?"([\w.-]+)"|"([\w-]+)" (?:not )?in (?:form|request\.query_params)"""
)
"""Where a page asks for a field by its name."""


@cache
def table() -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Every method and path there is, with the names of the fields that its page asks for."""
    return tuple(
        (method, route.path, _fields(route))
        for route in routes()
        for method in sorted((route.methods or set()) - {"HEAD"})
    )


def _fields(route: Route) -> frozenset[str]:
    module = inspect.getmodule(inspect.unwrap(route.endpoint))
    found = NAMED.findall(inspect.getsource(module)) if module else []
    return frozenset(name for pair in found for name in pair if name) | {"revision"}
