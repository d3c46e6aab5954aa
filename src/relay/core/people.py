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


@dataclass(frozen=True, slots=True)
class Editor:
    """A person who signs in, with one role."""

    name: str
    role: Role
    disabled: bool = False


_RANK = {Role.EDITOR: 1, Role.DIRECTOR: 2}


def may_approve(role: Role, step: str) -> bool:
    """Whether ``role`` can give the yes that ``step`` (a role's name) asks for; a director can give an editor's."""
    return _RANK.get(role, 0) >= _RANK[Role(step)]
