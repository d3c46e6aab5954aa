"""``[hooks.…]``: programs that are told what happens to cross-posts."""

from collections.abc import Mapping

from relay.config.sections.secrets import secret
from relay.config.table import Fault, Table
from relay.config.values import choice, url
from relay.core.account import Secret
from relay.core.programs.happening import Happening
from relay.core.programs.hook import Hook


def hook(key: str, table: Table, environ: Mapping[str, str]) -> Hook:
    """One hook; without ``events`` it is told of all of them."""
    table.only("url", "secret", "events")
    return Hook(
        id=key,
        url=table.need("url", url, ""),
        secret=_secret(table, environ),
        events=frozenset(table.some("events", choice(*Happening), tuple(Happening))),
    )


def _secret(table: Table, environ: Mapping[str, str]) -> Secret | None:
    """``None`` where it cannot be had: the hook waits, and the rest of relay works without it."""
    if "secret" not in table.values:
        table.report((), Fault("R011", {"name": "secret"}), at_key=True)
        return None
    return secret(table, "secret", environ)
