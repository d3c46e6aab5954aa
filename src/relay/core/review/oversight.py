"""What is done to the whole queue at once, or asked about it: who may stop it, resume it, and take the audit away."""

from relay.core.people import Editor, Role
from relay.core.review.moving import Refusal

MAY_STOP = frozenset({Role.EDITOR, Role.DIRECTOR, Role.ADMIN, Role.TOKEN})
MAY_RESUME = MAY_STOP - {Role.TOKEN}
"""A program can stop everything; that all is well again is for a person to say."""
MAY_EXPORT = frozenset({Role.DIRECTOR, Role.ADMIN})


def check_stop(editor: Editor, reason: str) -> None:
    """Whoever may judge anything may stop everything, if they say why."""
    _check(editor, MAY_STOP, "stop everything")
    if not reason.strip():
        raise Refusal("To stop everything, give a reason: the others need to know.")


def check_resume(editor: Editor) -> None:
    """What holds all accounts is lifted by somebody who works for all of them."""
    _check(editor, MAY_RESUME, "lift an emergency stop")
    if editor.accounts:
        raise Refusal(f"{editor.name} works for {', '.join(editor.accounts)}; the stop holds every account.")


def check_export(editor: Editor) -> None:
    """The audit says what everybody did."""
    _check(editor, MAY_EXPORT, "export the audit")


def _check(editor: Editor, roles: frozenset[Role], what: str) -> None:
    if editor.disabled or editor.role not in roles:
        raise Refusal(f"{editor.name} ({editor.role}) may not {what}.")
