"""``[approvals.…]``: who says yes."""

from datetime import timedelta

from relay.config.table import Table
from relay.config.values import choice, duration
from relay.core.people import Role
from relay.core.route import ApprovalRule

_DEFAULT = ApprovalRule()


def approval(name: str, table: Table) -> ApprovalRule:
    """One rule of approval."""
    table.only("steps", "self", "expires", "undo", "remind")
    return ApprovalRule(
        id=name,
        steps=table.some("steps", choice(Role.EDITOR.value, Role.DIRECTOR.value), _DEFAULT.steps),
        self_approval=table.flag("self", default=_DEFAULT.self_approval),
        undo=table.one("undo", duration, timedelta(seconds=60)),
        expires=table.maybe("expires", duration),
        remind=table.maybe("remind", duration),
    )
