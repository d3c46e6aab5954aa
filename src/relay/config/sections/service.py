"""``[service]``: where relay listens, keeps and writes, and what it may reach."""

from collections.abc import Mapping
from pathlib import Path

from relay.config.configuration import Service
from relay.config.sections.secrets import check_secret, referred
from relay.config.table import Fault, Table
from relay.config.values import choice, database, listening, network, reachable, text, url
from relay.core.account import Secret

_DEFAULT = Service()
_KEYS = (
    *("listen", "public_url", "database", "feeds", "contact", "allow", "callbacks", "proxies", "key"),
    *("work", "reload"),
)


def service(table: Table, environ: Mapping[str, str]) -> Service:
    """The service as the file and ``RELAY_DATABASE`` describe it; relative paths stay relative."""
    table.only(*_KEYS)
    host, port = table.one("listen", listening, (_DEFAULT.listen_host, _DEFAULT.listen_port))
    where = _database(table, environ)
    return Service(
        listen_host=host,
        listen_port=port,
        public_url=table.one("public_url", url, _address(host, port)).rstrip("/"),
        database=where,
        feeds=Path(table.one("feeds", text, str(_DEFAULT.feeds))),
        contact=table.maybe("contact", url),
        allow=table.many("allow", reachable),
        callbacks=table.many("callbacks", reachable),
        proxies=table.many("proxies", network, _DEFAULT.proxies),
        key=_key(table, environ),
        key_file=None if "key" in table.values or "://" in where else Path(where).with_name("relay.key"),
        work=_work(table, where),
        reload=table.one("reload", choice("signal", "change"), _DEFAULT.reload),
    )


def _work(table: Table, where: str) -> str:
    """Several processes need a database that several machines can reach."""
    chosen: str = table.one("work", choice("here", "workers"), _DEFAULT.work)
    if chosen == "workers" and "://" not in where:
        table.report(("work",), Fault("R128"))
        return _DEFAULT.work
    return chosen


def _key(table: Table, environ: Mapping[str, str]) -> Secret | None:
    """Empty, with a warning, where it cannot be had: the rest of relay works without it."""
    if "key" not in table.values:
        return None
    reference = check_secret(table, "key")
    if reference is None:
        return Secret("")
    value = referred(reference, environ)
    if not value:
        form, name = reference
        table.report(("key", form), Fault(f"R127/{form}", {"name": name}))
    return Secret(value or "")


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _database(table: Table, environ: Mapping[str, str]) -> str:
    """The environment's address may hold a password; the file's may not."""
    written = table.one("database", database, _DEFAULT.database)
    if "://" in written and _has_password(written):
        table.report(("database",), Fault("R020/database"))
    override = environ.get("RELAY_DATABASE")
    if not override:
        return written
    found = database(override)
    if isinstance(found, Fault):
        table.report(("database",), found, at_key=True)
        return written
    return found


def _has_password(address: str) -> bool:
    """Whether there is one before the host, be it one that an address cannot have, or among the parameters (libpq)."""
    before, _, parameters = address.partition("://")[2].partition("?")
    return ":" in before.rpartition("@")[0] or "password=" in parameters
