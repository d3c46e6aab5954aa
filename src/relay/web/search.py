"""What is looked for in the queue, as an address says it; every part of it can be sent, kept and followed as a link."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from relay.core.crosspost import State
from relay.core.language.stems import fold
from relay.core.people import Editor
from relay.pipeline.desk import Desk
from relay.storage.finding import Order, Wanted, Word
from relay.web.queue import BY_NAME, TABS, Tab

LONGEST = 200
"""Characters of a search."""
MOST = 8
"""Words of a search."""
MINE = ("judge", "words")
"""What an editor can judge, or has written."""
ALL = Tab("all", tuple(State), is_past=True)
"""Every state; it has no tab in the review."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A tab and what narrows it; ``order`` is empty where the tab's own holds."""

    tab: Tab = TABS[0]
    text: str = ""
    account: str = ""
    source: str = ""
    mine: str = ""
    order: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether not all of the tab is looked for."""
        return bool(self.text or self.account or self.source or self.mine)

    @property
    def sorting(self) -> Order:
        """In which order it is shown."""
        if self.order:
            return Order(self.order)
        return Order.NEW if self.tab.is_past else Order.OLD

    @property
    def parts(self) -> dict[str, str]:
        """As an address has it; what is empty is left out."""
        own = {"state": self.tab.name, "q": self.text, "account": self.account, "source": self.source}
        return {name: value for name, value in {**own, "mine": self.mine, "sort": self.order}.items() if value}

    def query(self, **other: str | int | None) -> str:
        """The address' query, beginning with ``?``; ``other`` takes the place of parts, or away what is empty."""
        return "?" + urlencode({name: value for name, value in {**self.parts, **other}.items() if value})


def asked(query: Mapping[str, str], tab: Tab | None = None, tabs: Mapping[str, Tab] = BY_NAME) -> Asked:
    """What ``query`` asks for; what is unknown asks for nothing. ``tab`` is for where it names none of ``tabs``."""
    order, mine = query.get("sort", ""), query.get("mine", "")
    return Asked(
        tab=tabs.get(query.get("state", ""), tab or TABS[0]),
        text=_clean(query, "q"),
        account=_clean(query, "account"),
        source=_clean(query, "source"),
        mine=mine if mine in MINE else "",
        order=order if order in set(Order) else "",
    )


def wanted(asked: Asked, desk: Desk, editor: Editor) -> Wanted:
    """The same as the tables are asked for it; what editors may judge ends with their accounts."""
    words = tuple(Word(word, _named(desk, word)) for word in fold(asked.text).split()[:MOST])
    return Wanted(
        states=asked.tab.states,
        accounts=(asked.account,) if asked.account else editor.accounts if asked.mine == "judge" else (),
        sources=_named(desk, fold(asked.source)) if asked.source else None,
        words=words,
        written_by=editor.name if asked.mine == "words" else "",
        for_=editor.name if asked.mine == "judge" else "",
    )


def offered(desk: Desk, some: Iterable[str] = ()) -> list[str]:
    """The accounts that can be chosen."""
    return sorted({*desk.accounts, *(one for one in some if one)})


def _named(desk: Desk, folded: str) -> tuple[str, ...]:
    """The sources that are called so, or whose name has it."""
    ids = (id for id, source in desk.sources.items() if folded == fold(id) or folded in fold(source.name))
    return tuple(ids)


def _clean(query: Mapping[str, str], name: str) -> str:
    """Without what no database takes."""
    text = query.get(name, "")[:LONGEST].encode("utf-8", "ignore").decode().replace("\0", "")
    return " ".join(text.split())
