"""What of a cross-post is public: where it stands, what would change of it, and what relay cannot do to it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from relay.core.crosspost import Crosspost, Draft, State
from relay.pipeline.correctable import why_no_edit, why_no_removal
from relay.pipeline.desk import Desk
from relay.pipeline.queue import PUBLIC
from relay.web.differing import Change, changes

_DONE = PUBLIC | {State.UPDATING, State.DELETE_PROPOSED, State.WITHDRAWING, State.WITHDRAWN}
"""States that only what is public as a whole has, or had."""
_LEAVES = frozenset({State.APPROVED, State.SCHEDULED, State.SENDING})


@dataclass(frozen=True, slots=True)
class Published:
    """``addresses`` are those of its public posts, first to last, empty where the network gives none.

    It leaves as so many ``posts``. ``text`` and ``warning`` are what changes of the public words, and ``beside`` what
    else does: ``card`` or ``picture``. ``no_edit`` and ``no_removal`` say why relay cannot change it or take it back.
    """

    addresses: tuple[str, ...] = ()
    posts: int = 1
    is_public: bool = False
    leaves: bool = False
    """Whether what is missing of a thread follows by itself."""
    text: tuple[Change, ...] = ()
    warning: tuple[Change, ...] = ()
    beside: tuple[str, ...] = ()
    no_edit: str = ""
    no_removal: str = ""

    @property
    def is_partial(self) -> bool:
        """Whether only the first posts of a thread are public."""
        return not self.is_public and 0 < len(self.addresses) < self.posts

    @property
    def impossible(self) -> frozenset[str]:
        """Actions that relay cannot take there, whoever asks."""
        return (_WRITING if self.no_edit else _NONE) | (_TAKING if self.no_removal else _NONE)


_WRITING, _TAKING = frozenset({"edit", "correct"}), frozenset({"approve_withdrawal"})
_NONE: frozenset[str] = frozenset()


def published(tx: Connection, desk: Desk, crosspost: Crosspost, draft: Draft, now: datetime) -> Published:
    """What is public now, and what ``draft`` would change of it."""
    live, state = crosspost.live, crosspost.state
    return Published(
        addresses=_addresses(crosspost),
        posts=len(desk.posts(crosspost)) if crosspost.account in desk.accounts else 1,
        is_public=state in _DONE,
        leaves=state in _LEAVES,
        text=changes(live.text, draft.text) if live else (),
        warning=changes(live.warning, draft.warning) if live and live.warning != draft.warning else (),
        beside=_beside(live, draft) if live else (),
        no_edit=why_no_edit(tx, desk, crosspost, live or crosspost.draft, now) if state in PUBLIC else "",
        no_removal=why_no_removal(tx, desk, crosspost, now) if state is State.DELETE_PROPOSED else "",
    )


def _addresses(crosspost: Crosspost) -> tuple[str, ...]:
    if crosspost.state is State.WITHDRAWN:
        return ()
    known = tuple(part.sent.url or "" for part in crosspost.parts)
    return known or ((crosspost.remote_url,) if crosspost.remote_url else ())


def _beside(live: Draft, draft: Draft) -> tuple[str, ...]:
    """What changes without a word of the text."""
    found = {
        "card": (live.link, live.title, live.description) != (draft.link, draft.title, draft.description),
        "picture": live.image != draft.image,
    }
    return tuple(name for name, differs in found.items() if differs)
