"""Whether an answer is that nothing is new: seen by its status, or by its bytes, before anything is read."""

from datetime import timedelta
from time import monotonic

from relay.core.document import Fetched, NotModified, ParsedFeed
from relay.core.polling.pollstate import Lesson, PollState
from relay.intake.fetch import plain
from relay.intake.wire.exchange import Reply
from relay.pipeline.polling.asking import Begun
from relay.pipeline.polling.heard import Heard
from relay.pipeline.polling.lesson import unchanged
from relay.pipeline.polling.quiet import Quiet
from relay.pipeline.polling.record import Exchange
from relay.pipeline.polling.turns import Asking

_NONE = ParsedFeed()
_NOTHING = Lesson()


def quiet(asking: Asking, begun: Begun) -> Quiet | None:
    """What there is to write then; ``None``: it takes more than a glance."""
    first, *others = asking.members
    answer = plain(begun.said, asking.url) if isinstance(begun.said, Reply) and not others else None
    lesson = _lesson(answer, first.state)
    if answer is None or lesson is None:
        return None
    seconds = monotonic() - begun.since
    heard = Heard(Exchange(asking.url, answer, seconds), _NONE, lesson, (), first.state.polled_at)
    return Quiet(first, heard, begun.at + timedelta(seconds=int(seconds)))


def _lesson(answer: NotModified | Fetched | None, state: PollState) -> Lesson | None:
    return unchanged(answer, state) if isinstance(answer, Fetched) else _NOTHING
