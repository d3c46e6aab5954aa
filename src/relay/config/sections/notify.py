"""``[notify.…]``: who hears of what. Read, so that a file is right when notifications come; not sent yet."""

from relay.config.sections.timing import slot
from relay.config.table import Fault, Table
from relay.config.values import choice, mailbox

_EVENTS = ("waiting", "failed", "unconfirmed", "token-expiring", "expired", "held")


def notify(section: Table, approvals: Table) -> None:
    """Check every notification and every reminder, and say of each that it will not be sent."""
    for name, one in section.tables():
        section.report((name,), Fault("R042"), at_key=True)
        one.only("email", "when", "digest")
        one.many("email", mailbox)
        one.many("when", choice(*_EVENTS))
        one.maybe("digest", slot)
    for _, approval in approvals.tables():
        if "remind" in approval.values:
            approval.report(("remind",), Fault("R042"), at_key=True)
