"""Editors and what each role may do to a cross-post."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Roles of ``docs/architecture.md``; an admin keeps keys and members but does not judge words."""

    VIEWER = "viewer"
    WRITER = "writer"
    EDITOR = "editor"
    DIRECTOR = "director"
    ADMIN = "admin"
    TOKEN = "token"  # noqa: S105  # the name of a role
    """A program that comes with an API token: no member, and never one who approves."""


MEMBERS = tuple(role for role in Role if role is not Role.TOKEN)
"""The roles that a person can have."""


@dataclass(frozen=True, slots=True)
class Editor:
    """Somebody with one role, which counts for these ``accounts``, or for all where none is named."""

    name: str
    role: Role
    disabled: bool = False
    accounts: tuple[str, ...] = ()
    email: str = ""

    def is_for(self, account: str) -> bool:
        """Whether the role counts for this account."""
        return not self.accounts or account in self.accounts


_RANK = {Role.EDITOR: 1, Role.DIRECTOR: 2}


def may_approve(role: Role, step: str) -> bool:
    """Whether ``role`` can give the yes that ``step`` (a role's name) asks for; a director can give an editor's."""
    return _RANK.get(role, 0) >= _RANK[Role(step)]
