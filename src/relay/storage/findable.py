"""What cross-posts are found by, written down beside them whenever their words change."""

from collections.abc import Sequence

import regex
from sqlalchemy import Connection, bindparam, insert, select, update

from relay.core.crosspost import Crosspost, Draft
from relay.core.identity import headline
from relay.core.language.stems import fold
from relay.storage.tables.editorial import entries
from relay.storage.tables.finding import findable

_LINK = regex.compile(r"https?://\S+")


def add(tx: Connection, new: Sequence[Crosspost]) -> None:
    """New cross-posts can be found."""
    tx.execute(_INSERT, [{"crosspost": one.id, "entry": one.entry_id, **found_by(one.draft)} for one in new])


_INSERT = insert(findable).values(
    crosspost_id=bindparam("crosspost"),
    source_id=select(entries.c.source_id).where(entries.c.id == bindparam("entry")).scalar_subquery(),
    alike=bindparam("alike"),
    words=bindparam("words"),
)


def change(tx: Connection, crosspost: Crosspost) -> None:
    """It has other words."""
    own = update(findable).where(findable.c.crosspost_id == crosspost.id)
    tx.execute(own.values(**found_by(crosspost.draft)))


def found_by(draft: Draft) -> dict[str, str]:
    """The columns that come of its words. Links are none, and a headline that the text repeats counts once."""
    text = fold(" ".join(_LINK.sub(" ", f"{draft.warning} {draft.text}").split())).replace("\0", "")
    title = fold(" ".join(draft.title.split())).replace("\0", "")
    words = text if title in text else f"{title} {text}"
    return {"alike": headline.key(draft.title, draft.language), "words": words}
