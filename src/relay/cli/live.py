"""``relay check --live``: whether the handles of the directory are somebody's today."""

from collections.abc import Iterator
from dataclasses import dataclass

import httpx

from relay.cli.progress import Tell, progress
from relay.cli.reading import client
from relay.config.configuration import Configuration
from relay.intake.identity import Verdict, ask


@dataclass(frozen=True, slots=True)
class Asked:
    """One handle of one body, and what became of asking."""

    body: str
    network: str
    handle: str
    result: str
    why: str


def handles(configuration: Configuration) -> tuple[Asked, ...]:
    """Every handle of the directory, in its order, asked one after another."""
    services = (account.options.get("service") for account in configuration.accounts if account.network == "bluesky")
    resolvers = tuple(dict.fromkeys(filter(None, services)))
    total = sum(len(body.handles) for body in configuration.directory.bodies.values())
    with client(configuration.service) as http, progress("Asking for handles", total) as tell:
        return tuple(_asked(http, configuration, resolvers, tell))


def as_lines(asked: tuple[Asked, ...]) -> Iterator[str]:
    """For a person: a line a handle, then one that sums up."""
    yield from (f"{one.body} {one.network} {one.handle}: {one.result}: {one.why}" for one in asked)
    counts = (f"{sum(one.result == result for one in asked)} {result}" for result in _RESULTS)
    yield f"{', '.join(counts)}."


_RESULTS = ("verified", "not found", "could not ask")


def _asked(http: httpx.Client, configuration: Configuration, resolvers: tuple[str, ...], tell: Tell) -> Iterator[Asked]:
    for body in configuration.directory.bodies.values():
        for network, handle in body.handles.items():
            verdict: Verdict = ask(http, network, handle, resolvers)
            tell(handle)
            yield Asked(body.id, network, handle, verdict.result, verdict.why)
