"""Accounts and routes as lines of comment: what they need, and where their secrets go, which were never looked at."""

from collections.abc import Iterator, Mapping, Sequence

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.items import Table

from relay.cli.importing.plan import Plan, named
from relay.config.configuration import Configuration, NetworkKeys
from relay.core.document import ParsedEntry
from relay.core.normalise import slug
from relay.intake.importing import rules
from relay.intake.importing.imported import Imported, Outlet, Way

UNKNOWN = "…"
"""What the tool's files do not say, and only a person can."""


def remark(imported: Imported, plan: Plan, settings: Configuration, networks: Mapping[str, NetworkKeys]) -> str:
    """The lines, each after a sign of comment; empty where nothing was posted anywhere."""
    there = {outlet.name: id for outlet in imported.outlets if (id := _there(outlet, settings))}
    new = [outlet for outlet in imported.outlets if outlet.name not in there]
    names = _names(new, {account.id for account in settings.accounts})
    document = tomlkit.document()
    if names:
        accounts = tomlkit.table(is_super_table=True)
        for outlet in new:
            accounts.add(names[outlet.name], _account(names[outlet.name], outlet, networks[outlet.network]))
        document.add("accounts", accounts)
    ways = [way for way in imported.ways if not _leads(way, there, plan, settings)]
    _add_routes(document, [one for way in ways for one in _route(way, names | there, plan)])
    lines = tomlkit.dumps(document).strip().splitlines()
    return "\n".join(f"# {line}".rstrip() for line in lines)


def _there(outlet: Outlet, settings: Configuration) -> str | None:
    """The account that it has become already: of the same network, with the same options."""
    wanted = {*outlet.options}
    same = (one.id for one in settings.accounts if one.network == outlet.network and wanted <= {*one.options.items()})
    return next(same, None) if wanted else None


def _leads(way: Way, there: Mapping[str, str], plan: Plan, settings: Configuration) -> bool:
    """Whether its sources go to its account already."""
    account = there.get(way.outlet)
    led = {source for route in settings.routes if account in route.accounts for source in route.sources}
    return account is not None and {*named(plan, way.feeds)} <= led


def _names(outlets: Sequence[Outlet], taken: set[str]) -> dict[str, str]:
    """A name that may stand in the file for each, which no account has."""
    found: dict[str, str] = {}
    for outlet in outlets:
        name = slug(ParsedEntry(id=None, url=None, title=outlet.name))[:40].strip("-") or outlet.network
        others = (f"{name}-{number}" for number in range(2, len(taken) + 3))
        found[outlet.name] = next(free for free in (name, *others) if free not in taken)
        taken.add(found[outlet.name])
    return found


def _account(name: str, outlet: Outlet, keys: NetworkKeys) -> Table:
    table, options = tomlkit.table(), dict(outlet.options)
    table.add("network", outlet.network)
    for key in (*keys.required, *(key for key in keys.optional if key in options)):
        table.add(key, options.get(key, UNKNOWN))
    for key in (*keys.secret, *(() if keys.secret else keys.optional_secret)):
        secret = tomlkit.inline_table()
        secret.add("env", f"RELAY_{name}_{key}".upper().replace("-", "_"))
        table.add(key, secret)
    table.add(tomlkit.nl())
    return table


def _route(way: Way, names: Mapping[str, str], plan: Plan) -> Iterator[Table]:
    sources = named(plan, way.feeds)
    if way.outlet not in names or not sources:
        return
    table = tomlkit.table()
    table.add("from", list(sources))
    table.add("to", [names[way.outlet]])
    if way.when and not rules.fault(way.when):
        table.add("when", tomlkit.string(way.when, literal="'" not in way.when and way.when.isprintable()))
    if way.text:
        table.add("text", way.text)
    if way.warning:
        table.add("warning", way.warning)
    table.add(tomlkit.nl())
    yield table


def _add_routes(document: TOMLDocument, routes: list[Table]) -> None:
    if routes:
        array = tomlkit.aot()
        for route in routes:
            array.append(route)
        document.add("routes", array)
