"""``[notify.…]``: who hears of what. Read, so that a file is right when notifications come; not sent yet."""

from relay.config.sections.timing import slot
from relay.config.table import Fault, Table
from relay.config.values import choice, mailbox

_EVENTS = ("waiting", "failed", "unconfirmed", "token-expiring", "expired", "held")


def notify(table: Table, approvals: Table) -> None:
    """Check every notification, and say once that none will be sent."""
    for _, one in table.tables():
        one.only("email", "when", "digest")
        one.many("email", mailbox)
        one.many("when", choice(*_EVENTS))
        one.maybe("digest", slot)
    warn(table, approvals)


def warn(table: Table, approvals: Table) -> None:
    """The one warning stands at the first notification, or at the first reminder."""
    reminders = [one for _, one in approvals.tables() if "remind" in one.values]
    if table.values:
        table.report((next(iter(table.values)),), Fault("R042"), at_key=True)
    elif reminders:
        reminders[0].report(("remind",), Fault("R042"), at_key=True)
