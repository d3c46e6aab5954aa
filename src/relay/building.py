"""How a service is built out of its configuration and of the parts that the wiring names."""

import os
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import cache, partial
from importlib import import_module
from typing import cast

from relay.config.configuration import Configuration
from relay.core.catalogue import Catalogue
from relay.intake.caged.cage import Cage
from relay.intake.parsing import Parsing, later
from relay.intake.wire.guard import Guard
from relay.intake.wire.later import polling
from relay.intake.wire.pace import Turns
from relay.intake.wire.transport import asking_client, posting_client, reading_client, telling_client
from relay.networks.network import Network
from relay.pipeline import queue
from relay.pipeline.desk import Desk
from relay.pipeline.hub.courier import courier
from relay.pipeline.hub.verifying import dismiss
from relay.pipeline.poll import readdress
from relay.pipeline.polling.together import Together
from relay.pipeline.reading.reader import Reader
from relay.publish.format import Format
from relay.service import Clock, Relay
from relay.storage import shared
from relay.storage.database import Database, compact, open_database
from relay.storage.keys import Keyplace
from relay.storage.upgrading import upgrade
from relay.telemetry.wanted import collector

TOLD = 1.5
"""Seconds that sending traces may take: it is the last that is done at the end."""
_FORMATS = {"atom": "atom", "rss": "rss", "json": "jsonfeed", "html": "archive"}
"""Each is a module of ``relay.publish``."""


@cache
def _format(name: str) -> Format:
    """What writes XML is loaded by whoever has news for its readers."""
    return cast("Format", import_module(f"relay.publish.{_FORMATS[name]}"))


FORMATS: Mapping[str, Format] = Catalogue(tuple(_FORMATS), _format)


@contextmanager
def building(wishes: Desk, configuration: Configuration, clock: Clock, turns: Turns | None) -> Iterator[Relay]:
    """A service for ``configuration``, its database brought to this version's schema; closed at the end.

    ``turns`` is the pace at which sources are asked, where it is not the usual one.
    """
    settings = configuration.service
    guard, strangers = Guard(settings.allow), Guard(settings.callbacks, setting="service.callbacks")
    db = open_database(settings.database)
    upgrade(db, clock())
    contact = _contact(configuration)
    pace = turns or (Together(db, Turns()) if settings.work == "workers" else Turns())
    with (
        closing(Cage()) as cage,
        reading_client(guard, contact, turns=pace) as near,
        reading_client(Guard(), contact, turns=pace) as far,
        polling(guard, contact, pace) as polls_near,
        polling(Guard(), contact, pace) as polls_far,
        posting_client(guard, contact) as posting,
        telling_client(strangers, contact) as telling,
        asking_client(strangers, contact) as asking,
        courier(telling, asking, posting) as hub,
        _traced(wishes) as told,
    ):
        parsing = later(partial(_caged, cage))
        beyond = Reader.over(far, parsing, polls_far) if settings.allow else None
        reader = replace(Reader.over(near, parsing, polls_near), far=beyond, is_near=guard.is_near)
        try:
            _put_in_order(db, wishes, clock)
            yield Relay(configuration, told, db, reader, posting, clock, FORMATS, hub)
        finally:
            db.close()


def _caged(cage: Cage) -> Parsing:
    from relay.intake.caged.reading import caged  # noqa: PLC0415  # with it what documents can become

    return caged(cage)


def _put_in_order(db: Database, wishes: Desk, clock: Clock) -> None:
    """What the configuration says otherwise than the one before, and what was clear and is to be sealed."""
    with db.write() as tx:
        queue.reroute(tx, wishes)
        readdress(tx, wishes)
        dismiss(tx, wishes, clock())
        was_clear = shared.close_all(tx, wishes.keyplace)
    if was_clear:
        compact(db)


def desk(configuration: Configuration, networks: Mapping[str, Network]) -> Desk:
    """The operator's wishes as the steps read them."""
    return Desk(
        sources={source.id: source for source in configuration.sources},
        feeds=configuration.feeds,
        accounts={account.id: account for account in configuration.accounts},
        routes=configuration.routes,
        directory=configuration.directory,
        networks=networks,
        public_url=configuration.service.public_url,
        own_hosts=frozenset(name.lower() for name in configuration.service.allow if "/" not in name),
        tagging=configuration.tagging,
        keyplace=Keyplace(configuration.service.key, configuration.service.key_file),
        has_workers=configuration.service.work == "workers",
    )


@contextmanager
def _traced(wishes: Desk) -> Iterator[Desk]:
    """The wishes of an operator who may have traces sent; whither is their word, as a host that is allowed."""
    wanted = collector(os.environ)
    if wanted is None:
        yield wishes
        return
    from relay.telemetry.spans import telling as tracing  # noqa: PLC0415  # without an endpoint nothing of it is loaded

    with (
        posting_client(Guard((wanted.host,)), None, deadline=TOLD) as http,
        tracing(http, wanted, wishes.public_url) as spans,
    ):
        yield replace(wishes, tracing=spans)


def _contact(configuration: Configuration) -> str:
    """Where a publisher finds out who asks: the contact that is configured, or else the service's own address."""
    return configuration.service.contact or configuration.service.public_url
