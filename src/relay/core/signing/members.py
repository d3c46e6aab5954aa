"""Members as those see them who look after them, and which change would leave nobody to look after anything."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from relay.core.people import Editor, Role
from relay.core.review.moving import Refusal

SEES = frozenset({Role.ADMIN, Role.DIRECTOR, Role.EDITOR})
"""Who may see who the members are; only an admin changes anything."""


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody signed in. ``id`` is no secret; ``browser`` is empty where it did not say."""

    id: str
    begun_at: datetime
    seen_at: datetime | None
    browser: str
    way: str
    is_this: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """An editor with what is known of how they sign in."""

    editor: Editor
    seen_at: datetime | None = None
    passkeys: int = 0
    has_password: bool = False
    is_bound: bool = False
    sessions: int = 0


def check_left(everybody: Iterable[Editor], after: Editor) -> None:
    """Refuse a change by which nobody could sign in any more, or nobody were left who keeps members."""
    before = {one.name: one for one in everybody if not one.disabled}
    left = [one for one in ({**before, after.name: after}).values() if not one.disabled]
    if not left:
        raise Refusal(f"{after.name} is the last who can sign in: add somebody first.")
    had_admin = any(one.role is Role.ADMIN for one in before.values())
    if had_admin and not any(one.role is Role.ADMIN for one in left):
        raise Refusal(f"{after.name} is the last admin: make somebody else admin first.")
