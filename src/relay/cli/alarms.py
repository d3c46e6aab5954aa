"""What needs somebody, as ``relay status`` shows it: the tables, this machine, and what the daemon alone knows."""

from datetime import datetime

import httpx
from sqlalchemy import Connection

from relay.cli.health import asked
from relay.cli.output import utc
from relay.core.alarm import full_sentence
from relay.core.unread import Unread
from relay.pipeline.alarms import Moment, raised
from relay.service import Relay


def unread(relay: Relay) -> Unread | None:
    """A configuration that is not taken is known to the daemon alone; nothing is said of it where that is silent."""
    try:
        _, told = asked(relay.configuration.service)
        since = datetime.fromisoformat(told["configuration"]["not_taken_since"])
    except (httpx.HTTPError, ValueError, LookupError, TypeError):
        return None
    return Unread(since, "")


def alarms(tx: Connection, relay: Relay, refused: Unread | None) -> list[dict[str, object]]:
    """All of them, the most pressing first; ``refused`` is the configuration that is not taken."""
    moment = Moment(relay.desk, relay.clock(), relay.ailments.found(), refused)
    return [
        {"alarm": one.alarm, "of": one.of, "since": utc(one.since), "what": full_sentence(one)}
        for one in raised(tx, moment)
    ]
