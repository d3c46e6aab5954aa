"""Bodies that a route would name on a network where they have no handle: their plain name is written instead."""

from collections.abc import Collection, Mapping

from relay.config.configuration import Configuration
from relay.config.sections.templates import fields_without_argument
from relay.config.table import Fault, Table
from relay.core.route import Route


def warn_of_plain_names(
    handles: Table, configuration: Configuration, routes: Collection[Route], networks: Mapping[str, str]
) -> None:
    """One warning a body, naming all its networks. ``networks`` gives that of each account."""
    mentioned = {source.id: source.mentions for source in configuration.sources}
    for body in configuration.directory.bodies.values():
        naming = [route for route in routes if _names(route, mentioned, body.id)]
        reached = {networks[account] for route in naming for account in route.accounts if account in networks}
        missing = sorted(reached - {"sandbox", *body.handles})
        if missing:
            words = {"id": body.id, "networks": ", ".join(missing), "name": body.name}
            handles.report((body.id,), Fault("R040", words), at_key=True)


def _names(route: Route, mentioned: Mapping[str, Collection[str]], body: str) -> bool:
    is_mentioned = any(body in mentioned.get(source, ()) for source in route.sources)
    return is_mentioned and "mentions" in fields_without_argument(route.text)
