"""What is said of many cross-posts at once, as a form says it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import parse_qsl

import anyio.from_thread
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from relay.core.review.transitions import Event
from relay.pipeline import review
from relay.web import search
from relay.web.done import number
from relay.web.listing import TABS

MOST = 20
"""Cross-posts that are read one below the other."""
FIELDS = 500
"""Of a form: those of ``MOST``, and what else was chosen."""
ACTS = {
    "approve": Event.APPROVE,
    "hold": Event.HOLD,
    "changes": Event.ASK_CHANGES,
    "reject": Event.REJECT,
    "recall": Event.RECALL,
    "same": Event.MERGE,
}
"""What can be said of several at once."""


@dataclass(frozen=True, slots=True)
class Said:
    """One form: what is to be done with ``seen`` (identifier, revision), and why.

    ``shown`` were on the page, ``later`` are to come after them; ``back`` is where the list was. Of the same news as
    ``kept`` they are dropped.
    """

    act: str
    seen: tuple[tuple[int, int], ...]
    shown: tuple[int, ...]
    later: tuple[int, ...]
    back: str
    reason: str = ""
    kept: int | None = None

    @property
    def event(self) -> Event:
        """What happens to each."""
        return ACTS[self.act]

    @property
    def why(self) -> str:
        """What the history says of it."""
        return f"the same news as cross-post {self.kept}" if self.event is Event.MERGE else self.reason

    @property
    def unseen(self) -> tuple[int, ...]:
        """What was shown and is left as it was."""
        ids = {id for id, _ in self.seen}
        return tuple(id for id in self.shown if id not in ids)


def read(request: Request) -> Said:
    """A form of ours; one that is none is not guessed at."""
    form = anyio.from_thread.run(_form, request)
    texts = {name: [text for text in form.getlist(name) if isinstance(text, str)] for name in form}
    act = _only(texts.get("act"))
    pairs = [text.partition(":") for text in texts.get("seen", ())]
    seen = [(number(id), number(revision)) for id, _, revision in pairs]
    said = Said(
        act=act,
        seen=tuple((id, revision) for id, revision in dict(seen).items() if id is not None and revision is not None),
        shown=numbers(texts.get("id", ())),
        later=numbers(texts.get("later", ())),
        back=back(_only(texts.get("back"))),
        reason=_only(texts.get("reason"))[: review.LONGEST],
        kept=number(_only(texts.get("kept"))),
    )
    if act not in ACTS or len(said.seen) > MOST or (act == "same" and said.kept is None):
        raise HTTPException(400)
    return said


async def _form(request: Request) -> FormData:
    return await request.form(max_files=0, max_fields=FIELDS)


def numbers(texts: Sequence[str]) -> tuple[int, ...]:
    """Identifiers, each once."""
    found = dict.fromkeys(id for text in texts if (id := number(text)) is not None)
    return tuple(islice(found, FIELDS // 2))


def _only(texts: Sequence[str] | None) -> str:
    return texts[0].replace("\0", "") if texts else ""


def back(query: str) -> str:
    """Where the list was: a query of ours, made anew from what it says."""
    parts = dict(parse_qsl(query.lstrip("?"))[:20])
    places = {name: parts[name] for name in ("after", "before") if number(parts.get(name, "")) is not None}
    return search.asked(parts, tabs=TABS).query(**places)
