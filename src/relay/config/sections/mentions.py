"""``[mentions]``, and what a route would write instead of a handle, or as one, on a network where it is none."""

from collections.abc import Collection, Iterator, Mapping

from relay.config.configuration import Configuration
from relay.config.sections.templates import fields_without_argument
from relay.config.table import Fault, Table
from relay.core.directory.handles import Mentioning
from relay.core.route import Route
from relay.core.template import Placeholder, placeholders

_MOST = 30
_FIRST = Mentioning()


def mentioning(table: Table, networks: Collection[str]) -> Mentioning:
    """The whole section; every key may be absent."""
    table.only("find", "max", "max_on")
    limits = table.table("max_on")
    limits.only(*networks)
    found = ((network, limits.whole(network, None, 0, _MOST)) for network in networks)
    return Mentioning(
        find=table.flag("find", default=_FIRST.find),
        max=table.whole("max", _FIRST.max, 0, _MOST),
        max_on={network: most for network, most in found if most is not None},
    )


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


def warn_of_strangers(document: Table, routes: Collection[Route], networks: Mapping[str, str]) -> None:
    """Routes that write the handles of one network on another: there they are somebody else's, or nobody's."""
    for route in routes:
        reached = {networks[account] for account in route.accounts if account in networks} - {"sandbox"}
        for found in _named(route):
            if away := sorted(reached - {found.argument}):
                words = {"network": ", ".join(away), "other": found.argument}
                fault = Fault("R095", words, (found.start, found.end))
                document.report(("routes", route.number, "text"), fault)


def _named(route: Route) -> Iterator[Placeholder]:
    found = (one for one in placeholders(route.text) if one.name == "mentions")
    return (one for one in found if one.argument and not one.argument.isdecimal())


def _names(route: Route, mentioned: Mapping[str, Collection[str]], body: str) -> bool:
    is_mentioned = any(body in mentioned.get(source, ()) for source in route.sources)
    return is_mentioned and "mentions" in fields_without_argument(route.text)
