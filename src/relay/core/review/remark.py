"""What members say to each other of a cross-post: who may, and how much."""

from relay.core.crosspost import Crosspost
from relay.core.people import Editor, Role
from relay.core.review.moving import Refusal, check_scope
from relay.core.review.transitions import WRITERS

MAY_REMARK = WRITERS | {Role.ADMIN}
LONGEST = 4000
"""Characters."""


def checked(crosspost: Crosspost, editor: Editor, text: str) -> str:
    """The remark as it is kept; a refusal of whoever may not speak here, of nothing, and of too much."""
    if editor.disabled or editor.role not in MAY_REMARK:
        raise Refusal(f"{editor.name} ({editor.role}) may not comment.")
    check_scope(crosspost, editor)
    kept = text.replace("\r\n", "\n").replace("\0", "").strip()
    if not kept:
        raise Refusal("A comment needs words.")
    if len(kept) > LONGEST:
        raise Refusal(f"A comment has at most {LONGEST} characters; this one has {len(kept)}.")
    return kept
