"""What happens to relay: time, a clock that is set, news, a copy that is put back, an account that can be used again."""

from datetime import timedelta

from relay.core import thread
from relay.core.crosspost import Crosspost
from relay.pipeline.accounts import standing
from tests.machine.far_end import Post
from tests.machine.life import PUBLIC, Life


def time_passes(life: Life, seconds: int) -> None:
    """For everybody."""
    life.pass_(seconds=seconds)


def clock_is_set(life: Life, hours: int) -> None:
    """Relay's, to so much before or after the true time. Whoever sets it forward has waited for calls that were cut."""
    skew = timedelta(hours=hours)
    if skew > life.skew:
        life.far_end.hurry()
    life.skew = skew


def source(life: Life, number: int, act: str, dying: tuple[int, bool]) -> None:
    """News, other words, news taken back or shown again; then it is asked."""
    match act:
        case "edit":
            life.agency.titles[number] = life.version()
        case "hide":
            life.agency.hidden.add(number)
        case _:
            life.agency.hidden.discard(number)
    life.poll(dying)


def news(life: Life, dying: tuple[int, bool]) -> None:
    """One entry more, of twelve at most."""
    if (number := len(life.agency.titles) + 1) <= 12:
        source(life, number, "edit", dying)


def copy_is_made(life: Life) -> None:
    """Of the database; what the copy knows is remembered beside it."""
    if life.process.template:
        life.process.back_up(life.now)
        life.copy = life.said.copied()


def copy_is_put_back(life: Life) -> None:
    """The daemon was ended for it, and people look at their pages anew."""
    if life.copy is None:
        return
    life.pass_(minutes=2)
    life.process.put_back(life.now)
    life.said = life.copy.copied()
    rows = life.rows()
    life.unknown |= {one.draft.link for one in rows if not _is_known(one, life.far_end.of(one.draft.link))}
    changed = life.unknown | life.far_end.reworded()
    kept = {one.id for one in rows if one.state not in PUBLIC and one.draft.link not in changed}
    life.said.owed = {id: text for id, text in life.said.owed.items() if id in kept}
    life.pages = {name: [] for name in life.pages}
    life.is_restored = True
    life.verified = (0, "", -1)
    life.far_end.faults.update(life.far_end.calls.keys())


def _is_known(one: Crosspost, public: list[Post]) -> bool:
    """Whether it has left, if it has, in words that the copy has seen: nobody can look for others."""
    return {post.sent_as for post in public} <= set(thread.parts(one.draft.text))


def account_is_resumed(life: Life) -> None:
    """Somebody has connected it anew."""
    with life.process.db.write() as tx:
        standing.free(tx, life.desk, "masto", life.now)
