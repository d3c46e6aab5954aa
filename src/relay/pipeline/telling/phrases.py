"""The sentences of letters and of rooms, made of what a bulletin tells."""

from dataclasses import dataclass
from datetime import datetime

from relay.core.crosspost import State
from relay.core.telling.listener import Kind
from relay.core.telling.notice import Notice
from relay.pipeline.telling.items import Bulletin, Item
from relay.pipeline.telling.wishes import Wishes
from relay.pipeline.telling.wording import word

_BY_STATE = frozenset({State.CHANGES, State.EDIT_PROPOSED, State.DELETE_PROPOSED})
_WAS = {
    State.REJECTED: "was.rejected",
    State.CHANGES: "was.changes",
    State.HELD: "was.held",
    State.WAITING: "was.waiting",
    State.EXPIRED: "was.expired",
}
_APPROVED = frozenset({State.APPROVED, State.SCHEDULED, State.SENDING, State.UPDATING, State.WITHDRAWING})
_LIFTED = "lifted"


@dataclass(frozen=True, slots=True)
class Phrases:
    """How one language says it, at one moment; ``public_url`` is where the pages are."""

    wishes: Wishes
    language: str
    public_url: str
    now: datetime

    def say(self, key: str, **values: object) -> str:
        """A word of the table."""
        return word(key, self.language, **values)

    def hour(self, moment: datetime) -> str:
        """A time, with its zone."""
        return self.wishes.hour(moment, self.now, self.language)

    def page(self, item: Item) -> str:
        """Where a cross-post is judged."""
        return f"{self.public_url}/review/{item.crosspost.id}"

    def kind(self, item: Item) -> str:
        """What has happened to a cross-post."""
        return self.say(f"kind.{_named(item)}")

    def todo(self, item: Item) -> str:
        """What somebody can do now."""
        return self.say(f"do.{_named(item)}")

    def whose(self, item: Item) -> str:
        """``masto (Mastodon)``."""
        network = self.wishes.label(item.network) if item.network else ""
        account = item.crosspost.account
        return f"{account} ({network})" if network and network.lower() != account.lower() else account

    def standing(self, item: Item) -> str:
        """When it would leave, or who judged it since, or why it stands where it does."""
        if item.judged:
            return self._judged(item)
        yeses = [self.say("yes", who=one.by, hour=self.hour(one.at)) for one in item.crosspost.approvals]
        why = self.wishes.said(item.crosspost.note, self.language)
        leaves = self.say("leaves", when=self.hour(item.leaves)) if item.leaves else why
        stuck = self.say("stuck", n=item.stuck) if item.stuck else ""
        return " – ".join(filter(None, [leaves, stuck, *yeses, self.say("again") if item.is_reminder else ""]))

    def other(self, notice: Notice) -> str:
        """What is about no cross-post."""
        if notice.kind is Kind.TOKEN_EXPIRING:
            when = self.hour(datetime.fromisoformat(notice.said))
            return self.say("ends", account=notice.account, when=when, address=f"{self.public_url}/accounts")
        who, _, what = notice.said.partition(": ")
        if what == _LIFTED:
            return self.say("lifted", who=who)
        return self.say("stopped", who=who, why=what.partition(": ")[2] or what, address=f"{self.public_url}/review")

    def subject(self, told: Bulletin) -> str:
        """One line on all of it: the title, where there is one, or how many of each kind."""
        kinds = [self.kind(item) for item in told.items if item.is_open]
        kinds += [self.say(f"kind.{one.kind}") for one in told.others]
        counted = {kind: kinds.count(kind) for kind in kinds}
        titles = [one.title for one in told.news if one.title and any(item.is_open for item in one.items)]
        if len(counted) == 1 and len(titles) == 1 and not told.more:
            return self.say("subject.one", kind=kinds[0], title=titles[0])
        several = ", ".join(self.say("subject.n", n=n, kind=kind) if n > 1 else kind for kind, n in counted.items())
        rest = f" + {told.more}" if told.more else ""
        return f"{several}{rest}" if several else self.say("subject.none")

    def more(self, told: Bulletin) -> str:
        """How many entries are not told in words, empty for none."""
        key = "more.1" if told.more == 1 else "more"
        return self.say(key, n=told.more, address=f"{self.public_url}/review") if told.more else ""

    def _judged(self, item: Item) -> str:
        line, state = item.judged, item.crosspost.state
        assert line
        yes = item.crosspost.approvals[-1] if item.crosspost.approvals else None
        who, at = (yes.by, yes.at) if yes and state in {*_APPROVED, State.SENT} else (line.who, line.at)
        key = "was.approved" if state in _APPROVED else "was.sent" if state is State.SENT and yes else _WAS.get(state)
        return self.say(key or "was.other", who=who, hour=self.hour(at))


def _named(item: Item) -> str:
    return item.state if item.state in _BY_STATE else item.kind
