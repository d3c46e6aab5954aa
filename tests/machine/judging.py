"""What two people do on their pages, which show how things were when they last looked."""

from relay.core.crosspost import Crosspost, Keys
from relay.core.review.transitions import Event
from relay.core.review.warning import HELD, MAY_BE_PUBLIC
from relay.pipeline import review, stopping
from tests.machine.life import PEOPLE, Life

WARNED = (MAY_BE_PUBLIC, HELD)
"""What asks whoever approves to look at the account first."""


def look(life: Life, name: str) -> None:
    """A page shows what is so now, and goes on showing it."""
    life.pages[name] = life.rows()


def seen(life: Life, name: str, which: int) -> Crosspost | None:
    """The one in this place of the page: from the newest, where most happens."""
    page = life.pages[name]
    return page[-1 - which % len(page)] if page else None


def is_public_already(life: Life, one: Crosspost) -> bool:
    """What a person finds who is asked to look."""
    return not one.parts and bool(life.far_end.of(one.draft.link))


def approve(life: Life, name: str, which: int) -> None:
    """A yes, by somebody who looks at the account if the page says so."""
    one = seen(life, name, which)
    if one is None or (one.note in WARNED and is_public_already(life, one)):
        return
    keys, actor = Keys(life.now, life.versions), (PEOPLE[name], "page")
    if done := life.attempt(lambda: review.approve(life.process.db, life.desk, one.id, actor, one.revision, keys)):
        assert life.said.writers.get(one.draft.text) != name, f"{name} approved words of their own"
        life.said.yes(one, done, name, keys.created_at)


def override(life: Life, which: int) -> None:
    """The director's word for all."""
    one = seen(life, "didier", which)
    if one is None or (one.note in WARNED and is_public_already(life, one)):
        return
    keys, actor, said = Keys(life.now, life.versions), (PEOPLE["didier"], "page"), (one.revision, "urgent")
    if done := life.attempt(lambda: review.override(life.process.db, life.desk, one.id, actor, said, keys)):
        assert life.said.writers.get(one.draft.text) != "didier", "didier approved words of their own"
        life.said.yes(one, done, "over", keys.created_at)


def edit(life: Life, name: str, which: int, *, posts: int) -> None:
    """Other words: of one post, or of a thread."""
    if one := seen(life, name, which):
        text = "\n---\n".join(life.version() for _ in range(posts))
        words, actor = review.Words(one.revision, text), (PEOPLE[name], "page")
        if done := life.attempt(lambda: review.edit(life.process.db, life.desk, one.id, actor, words, life.now)):
            life.said.writers[done.draft.text] = name
            life.said.moved(one, done)


def move(life: Life, name: str, which: int, event: str) -> None:
    """Any other word. Of what is in doubt, people say what they see."""
    one = seen(life, name, which)
    if one is None or not _is_true(life, one, Event(event)):
        return
    act, actor = review.Act(Event(event), "because"), (PEOPLE[name], "page")
    if done := life.attempt(lambda: review.move(life.process.db, life.desk, one.id, actor, act, life.now)):
        life.said.moved(one, done)
        if Event(event) is Event.REMOVED_BY_HAND:
            _remove_by_hand(life, done)
        if Event(event) is Event.GIVE_UP and (one.parts or life.far_end.of(one.draft.link)):
            life.given_up.add(one.draft.link)


def _is_true(life: Life, one: Crosspost, event: Event) -> bool:
    """Somebody confirms what they see there, and gives up what they do not see once all calls are over."""
    if event not in {Event.CONFIRM, Event.GIVE_UP}:
        return True
    one = next((now for now in life.rows() if now.id == one.id), one)
    number = len(life.far_end.of(one.draft.link))
    is_there = number > len(one.parts)
    if event is Event.CONFIRM:
        return is_there
    identity = one.draft.link if not one.parts else one.parts[-1].sent.id
    return not life.far_end.is_coming(identity) and (not is_there or is_thread(one))


def is_thread(one: Crosspost) -> bool:
    """What relay cannot finish once a person alone has found a part of it."""
    return "\n---\n" in one.draft.text


def _remove_by_hand(life: Life, one: Crosspost) -> None:
    for post in life.far_end.of(one.draft.link):
        life.far_end.public.pop(post.place, None)


def stop(life: Life, name: str) -> None:
    """Nothing leaves from now on."""
    if not life.said.is_stopped:
        stopping.stop(life.process.db, (PEOPLE[name], "page"), "because", life.now)
        life.said.is_stopped = True


def resume(life: Life, name: str) -> None:
    """All goes on."""
    if life.said.is_stopped:
        stopping.resume(life.process.db, life.desk, (PEOPLE[name], "page"), life.now)
        life.said.is_stopped = False
