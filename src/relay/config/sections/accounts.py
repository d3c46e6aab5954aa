"""``[accounts.…]``: where posts may be announced."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from relay.config.configuration import NetworkKeys
from relay.config.sections.secrets import check_secret, secret
from relay.config.sections.timing import slot_text
from relay.config.table import Fault, Read, Table
from relay.config.values import duration, mailbox, one_of, text, url
from relay.config.wording.masking import is_secretive
from relay.core.account import Account, Pace

_UNGUARDED = frozenset({"apprise"})
"""Networks whose connections another package opens: `service.allow` does not hold for them."""

_ADDRESSES = frozenset({"instance", "service", "server", "pds", "endpoint", "me", "site"})

_OF_MAIL: Mapping[str, Read[str]] = {
    "server": text,
    "from": mailbox,
    "to": mailbox,
    "digest": slot_text,
    "unsubscribe": url,
}
"""A mail server is a host, where all others are addresses; a digest leaves at a moment of the week."""
_ALWAYS = ("network", "pace")


@dataclass(frozen=True, slots=True)
class Means:
    """What accounts are checked against: the networks there are, and where secrets come from."""

    networks: Mapping[str, NetworkKeys]
    environ: Mapping[str, str]
    folder: Path = Path()
    """Where the file is."""


def plain_keys(networks: Mapping[str, NetworkKeys]) -> frozenset[str]:
    """The keys of an account, on any network, that hold no secret."""
    options = {key for keys in networks.values() for key in (*keys.required, *keys.optional)}
    return frozenset({*_ALWAYS, *options})


def account(name: str, table: Table, means: Means) -> Account | None:
    """One account; ``None`` when its network is not one that there is."""
    network = table.need("network", one_of(means.networks.keys(), "R036"), "")
    pace = _pace(table.table("pace"))
    if network in _UNGUARDED:
        table.report((), Fault("R045", {"id": name, "network": network}), at_key=True)
    if network in means.networks:
        return _working(name, table, network, pace, means)
    for key in filter(is_secretive, table.values):
        check_secret(table, key)
    return None


def _working(name: str, table: Table, network: str, pace: Pace, means: Means) -> Account:
    keys = means.networks[network]
    table.only(*_ALWAYS, *keys.required, *keys.optional, *keys.secret, *keys.optional_secret)
    options = {key: table.need(key, _reader(network, key), "") for key in keys.required}
    options |= {key: table.one(key, _reader(network, key), "") for key in keys.optional if key in table.values}
    wanted = (*keys.secret, *(key for key in keys.optional_secret if key in table.values))
    found = {key: secret(table, key, means.environ) for key in wanted}
    secrets = {key: value for key, value in found.items() if value is not None}
    return Account(name, network, options, secrets, pace)


def _reader(network: str, key: str) -> Read[str]:
    if network == "email" and key in _OF_MAIL:
        return _OF_MAIL[key]
    return url if key in _ADDRESSES else text


def _pace(table: Table) -> Pace:
    table.only("min_gap", "per_day")
    return Pace(
        min_gap=table.one("min_gap", duration, timedelta(0)),
        per_day=table.whole("per_day", None, 1, 10_000),
    )
