"""``[handles.…]``: who is who on each network."""

from collections.abc import Collection

from relay.config.table import Table
from relay.config.values import text
from relay.core.handles import Body


def body(name: str, table: Table, networks: Collection[str]) -> Body:
    """One body: its plain name, and a handle for each network that has one."""
    table.only("name", *networks)
    handles = {network: table.one(network, text, "") for network in networks if network in table.values}
    return Body(name, table.need("name", text, name), handles)
