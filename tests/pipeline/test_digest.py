"""Approved posts leave as one mail at its hour, exactly once, whatever crashes; each has its own yes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from types import SimpleNamespace

import httpx
import pytest

from relay.core.account import Account, Pace
from relay.core.crosspost import Crosspost, State
from relay.core.outcome import Outcome
from relay.core.people import Editor, Role
from relay.core.review.moving import Refusal
from relay.core.review.transitions import Event
from relay.core.route import ApprovalRule, Quiet, Route, Schedule
from relay.networks.email import network as email
from relay.pipeline import review
from relay.pipeline.accounts import standing
from relay.storage import crossposts, journal
from relay.web.focus import departure
from tests.fakes.mailserver import Mailserver, receiving
from tests.fakes.wire import Fault, Wire
from tests.pipeline.world import CAMILLE, Crash, World

CLAIRE = (Editor("claire", Role.WRITER), "test")
ACTOR = (CAMILLE, "test")
TITLES = ["Un", "Deux", "Trois"]
FIVE = datetime(2026, 11, 24, 16, tzinfo=UTC)
"""17:00 in Paris."""
DAY = timedelta(days=1)


@dataclass
class Post:
    """The network, and what befalls a letter just before it leaves, or once it has."""

    before: Callable[[], None] = field(default=lambda: None)
    after: Callable[[], None] = field(default=lambda: None)
    calls: int = 0

    def publish(self, http: httpx.Client, account: Account, request: object) -> Outcome:
        self.calls += 1
        self.before()
        outcome = email.publish(http, account, request)  # type: ignore[arg-type]  # what the pipeline hands over
        self.after()
        return outcome

    def network(self) -> SimpleNamespace:
        names = ("SETTINGS", "limits", "directory_name", "abilities", "prepare", "find")
        return SimpleNamespace(publish=self.publish, **{name: getattr(email, name) for name in names})


@pytest.fixture
def server() -> Mailserver:
    return Mailserver(longest=100_000)


@pytest.fixture
def wire(server: Mailserver) -> Iterator[Wire]:
    with receiving(server) as found:
        yield found


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def waiting(world: World, wire: Wire, post: Post) -> World:
    """Three posts, waiting for a digest that leaves at 17:00 in Paris."""
    world.agency.titles = TITLES
    options = {"server": wire.url, "security": "none", "from": "veille@exemple.fr", "to": "liste@exemple.fr"}
    account = Account("lettre", "email", {**options, "digest": "17:00", "name": "La veille"})
    route = Route(0, ("cget",), ("lettre",), approval=ApprovalRule(), schedule=Schedule(zone="Europe/Paris"))
    network: dict[str, object] = {"email": post.network()}
    world.desk = replace(world.desk, accounts={"lettre": account}, networks=network, routes=(route,))  # type: ignore[arg-type]  # it has all their names
    world.poll()
    return world


@pytest.fixture
def approved(waiting: World) -> World:
    """All three with their yes, the recall windows over, an hour before the digest."""
    waiting.approve_all()
    waiting.deliver()
    waiting.now = FIVE - timedelta(hours=1)
    return waiting


def all_of(world: World) -> list[Crosspost]:
    with world.db.read() as tx:
        return crossposts.by_state(tx, tuple(State))


def states(world: World) -> list[State]:
    return [one.state for one in all_of(world)]


def at_five(world: World, **later: float) -> None:
    world.now = FIVE + timedelta(**later)
    world.deliver()


def act(world: World, one: Crosspost, event: Event) -> Crosspost:
    return review.move(world.db, world.desk, one.id, ACTOR, review.Act(event, "parce que"), world.now)


def history(world: World, one: Crosspost) -> list[str]:
    with world.db.read() as tx:
        return [line.what for line in journal.lines(tx, one.id)]


def crash() -> None:
    raise Crash


def test_what_is_approved_leaves_together_at_its_hour(approved: World, server: Mailserver) -> None:
    approved.deliver()
    assert server.mails == []

    at_five(approved)
    assert [mail["Subject"] for mail in server.mails] == ["3 nouvelles de La veille"]
    lines = [line for one in all_of(approved) for line in one.draft.text.split("\n")[1:]]
    assert all(f". {title}\n" in server.texts()[0] for title in TITLES)
    assert set(lines) <= set(server.texts()[0].split("\n"))
    assert states(approved) == [State.SENT] * 3
    assert len({one.remote_id for one in all_of(approved)}) == 1
    assert [history(approved, one)[-2:] for one in all_of(approved)] == [["attempt 1", "sent"]] * 3
    assert all_of(approved)[0].remote_id == server.mails[0]["Message-ID"]

    at_five(approved, days=1)
    assert len(server.mails) == 1


def test_the_page_says_when_the_digest_leaves(waiting: World) -> None:
    assert [leaves(waiting, one) for one in all_of(waiting)] == [FIVE] * 3
    waiting.now = FIVE
    assert leaves(waiting, all_of(waiting)[0]) == FIVE + DAY


def leaves(world: World, one: Crosspost) -> datetime | None:
    with world.db.read() as tx:
        return departure(tx, world.desk, one, world.now)


def test_a_post_without_its_yes_is_in_no_digest(waiting: World, server: Mailserver) -> None:
    waiting.approve(all_of(waiting)[1])
    waiting.pass_(minutes=2)
    waiting.deliver()
    at_five(waiting)
    [mail] = server.mails
    assert "2. " not in server.texts()[0]
    assert sorted(states(waiting)) == sorted([State.WAITING, State.SENT, State.WAITING])
    assert mail["Subject"] == all_of(waiting)[1].draft.title


def test_what_is_recalled_or_edited_in_time_does_not_leave(approved: World, server: Mailserver) -> None:
    first, second, third = all_of(approved)
    act(approved, first, Event.RECALL)
    words = review.Words(second.revision, "D’autres mots")
    review.edit(approved.db, approved.desk, second.id, CLAIRE, words, approved.now)
    at_five(approved)
    assert states(approved) == [State.WAITING, State.WAITING, State.SENT]
    assert third.draft.title in server.texts()[0]
    assert len(server.mails) == 1

    approved.approve_all()
    approved.deliver()
    at_five(approved, days=1)
    assert states(approved) == [State.SENT] * 3
    assert "D’autres mots" in server.texts()[1]


def test_the_oldest_yes_comes_first_and_what_does_not_fit_is_in_the_next(waiting: World, server: Mailserver) -> None:
    for one in reversed(all_of(waiting)):
        text = f"Texte {one.id} " + "x" * 9000
        words = review.Words(one.revision, text)
        edited = review.edit(waiting.db, waiting.desk, one.id, CLAIRE, words, waiting.now)
        waiting.approve(edited)
        waiting.pass_(minutes=1)
    waiting.pass_(minutes=2)
    waiting.deliver()
    at_five(waiting)
    first, second, third = all_of(waiting)
    assert [one.state for one in (first, second, third)] == [State.SCHEDULED, State.SENT, State.SENT]
    assert (first.not_before, first.note) == (FIVE + DAY, "This digest was full: it leaves with the next.")
    [text] = server.texts()
    assert text.index(f"Texte {third.id} ") < text.index(f"Texte {second.id} ")

    at_five(waiting, days=1)
    assert states(waiting) == [State.SENT] * 3
    assert f"Texte {first.id} " in server.texts()[1]


def test_a_digest_that_was_missed_leaves_at_its_next_hour(approved: World, server: Mailserver) -> None:
    at_five(approved, hours=2)
    assert server.mails == []
    assert {one.not_before for one in all_of(approved)} == {FIVE + DAY}
    at_five(approved, days=1)
    assert len(server.mails) == 1


def test_no_digest_leaves_in_quiet_hours(approved: World, server: Mailserver) -> None:
    [route] = approved.desk.routes
    quiet = Schedule(zone="Europe/Paris", quiet=(Quiet(days=frozenset({1})),))
    approved.desk = replace(approved.desk, routes=(replace(route, schedule=quiet),))
    at_five(approved)
    assert server.mails == []
    at_five(approved, days=1)
    assert len(server.mails) == 1


def test_its_hour_is_its_pace(approved: World, server: Mailserver) -> None:
    account = replace(approved.desk.accounts["lettre"], pace=Pace(timedelta(hours=2), per_day=1))
    approved.desk = replace(approved.desk, accounts={"lettre": account})
    at_five(approved)
    assert states(approved) == [State.SENT] * 3
    assert len(server.mails) == 1


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_crash_leaves_the_whole_digest_in_doubt_and_one_answer_is_for_all(
    approved: World, server: Mailserver, post: Post, moment: str
) -> None:
    setattr(post, moment, crash)
    with pytest.raises(Crash):
        at_five(approved)
    post.before = post.after = lambda: None
    for minutes in range(3, 40, 3):
        at_five(approved, minutes=minutes)
    at_five(approved, days=1)
    assert states(approved) == [State.UNCONFIRMED] * 3
    assert post.calls == 1
    assert {one.note.rpartition(". ")[2] for one in all_of(approved)} == {
        "What you say of it holds for every post of this digest."
    }

    act(approved, all_of(approved)[1], Event.CONFIRM)
    assert states(approved) == [State.SENT] * 3
    assert history(approved, all_of(approved)[0])[-1] == "confirm: parce que"


def test_a_digest_that_was_given_up_is_given_up_as_a_whole(approved: World, wire: Wire, post: Post) -> None:
    wire.faults.append(Fault.DROP_AFTER)
    at_five(approved)
    assert states(approved) == [State.UNCONFIRMED] * 3
    act(approved, all_of(approved)[2], Event.GIVE_UP)
    assert states(approved) == [State.ABANDONED] * 3
    at_five(approved, days=1)
    assert post.calls == 1


def test_a_crash_while_it_is_put_together_leaves_everything_as_it_was(
    approved: World, server: Mailserver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr("relay.pipeline.delivering.gathering.journal.begin_attempt", broken)
        with pytest.raises(Crash):
            at_five(approved)
    assert states(approved) == [State.SCHEDULED] * 3
    at_five(approved, minutes=1)
    assert len(server.mails) == 1


def test_a_server_that_says_later_gets_the_same_letter_again(approved: World, server: Mailserver, post: Post) -> None:
    server.says["DATA"] = "451 4.7.1 later"
    at_five(approved)
    assert states(approved) == [State.SCHEDULED] * 3
    [key] = {one.request.key for one in all_of(approved) if one.request}
    assert len({one.not_before for one in all_of(approved)}) == 1

    del server.says["DATA"]
    at_five(approved, minutes=6)
    assert [mail["Message-ID"] for mail in server.mails] == [key]
    assert states(approved) == [State.SENT] * 3
    assert post.calls == 2


def test_the_same_letter_waits_for_the_end_of_quiet_hours(approved: World, server: Mailserver) -> None:
    server.says["DATA"] = "451 4.7.1 later"
    at_five(approved)
    del server.says["DATA"]
    [key] = {one.request.key for one in all_of(approved) if one.request}
    [route] = approved.desk.routes
    quiet = Schedule(zone="Europe/Paris", quiet=(Quiet(start=time(17, 4), end=time(18, 0)),))
    approved.desk = replace(approved.desk, routes=(replace(route, schedule=quiet),))
    at_five(approved, minutes=6)
    assert {(one.state, one.not_before) for one in all_of(approved)} == {(State.SCHEDULED, FIVE + timedelta(hours=1))}
    assert server.mails == []
    at_five(approved, hours=1)
    assert [mail["Message-ID"] for mail in server.mails] == [key]


def test_nothing_else_comes_into_a_letter_that_was_frozen(waiting: World, server: Mailserver) -> None:
    first, second, third = all_of(waiting)
    waiting.approve(first)
    waiting.approve(second)
    waiting.pass_(minutes=2)
    waiting.deliver()
    server.says["DATA"] = "451 4.7.1 later"
    at_five(waiting)
    waiting.approve(third)
    waiting.pass_(minutes=2)
    del server.says["DATA"]
    at_five(waiting, minutes=6)
    assert states(waiting) == [State.SENT, State.SENT, State.SCHEDULED]
    assert third.draft.title not in server.texts()[0]
    at_five(waiting, days=1)
    assert states(waiting) == [State.SENT] * 3


@pytest.mark.parametrize("event", [Event.RECALL, Event.HOLD])
def test_a_letter_that_lost_a_post_before_anybody_took_it_never_leaves(
    approved: World, server: Mailserver, event: Event
) -> None:
    server.says["DATA"] = "451 4.7.1 later"
    at_five(approved)
    old = {one.request.key for one in all_of(approved) if one.request}
    gone = all_of(approved)[0]
    act(approved, gone, event)
    del server.says["DATA"]
    at_five(approved, minutes=6)
    at_five(approved, minutes=7)
    assert server.mails == []

    at_five(approved, days=1)
    [mail] = server.mails
    assert gone.draft.title not in server.texts()[0]
    assert mail["Message-ID"] not in old
    assert states(approved)[1:] == [State.SENT] * 2

    if event is Event.HOLD:
        act(approved, all_of(approved)[0], Event.RESUME)
        at_five(approved, days=1, minutes=1)
        at_five(approved, days=2)
        assert states(approved) == [State.SENT] * 3
        assert len(server.mails) == 2


def test_a_refusal_is_alike_for_all(approved: World, server: Mailserver) -> None:
    server.says["DATA"] = "554 5.7.1 no"
    at_five(approved)
    assert states(approved) == [State.FAILED] * 3
    assert len({one.note for one in all_of(approved)}) == 1


def test_a_lost_account_holds_all_and_the_same_letter_leaves_once_it_is_back(
    approved: World, server: Mailserver
) -> None:
    server.says["RCPT"] = "550 5.1.1 no such user"
    at_five(approved)
    assert states(approved) == [State.HELD] * 3
    del server.says["RCPT"]
    with approved.db.write() as tx:
        assert standing.free(tx, approved.desk, "lettre", approved.now) == 3
    at_five(approved, minutes=1)
    assert states(approved) == [State.SENT] * 3
    assert len(server.mails) == 1


def test_settings_that_cannot_be_hold_all_before_anything_is_frozen(approved: World, server: Mailserver) -> None:
    account = approved.desk.accounts["lettre"]
    wrong = replace(account, options={**account.options, "security": "ssl"})
    approved.desk = replace(approved.desk, accounts={"lettre": wrong})
    at_five(approved)
    assert states(approved) == [State.HELD] * 3
    approved.desk = replace(approved.desk, accounts={"lettre": account})
    with approved.db.write() as tx:
        standing.free(tx, approved.desk, "lettre", approved.now)
    at_five(approved, minutes=10)
    at_five(approved, days=1)
    assert len(server.mails) == 1
    assert states(approved) == [State.SENT] * 3


def test_a_frozen_digest_waits_for_its_account(approved: World, server: Mailserver) -> None:
    server.says["DATA"] = "451 4.7.1 later"
    at_five(approved)
    del server.says["DATA"]
    known, approved.desk = approved.desk, replace(approved.desk, accounts={})
    at_five(approved, minutes=6)
    assert states(approved) == [State.HELD] * 3

    approved.desk = known
    with approved.db.write() as tx:
        standing.free(tx, approved.desk, "lettre", approved.now)
    at_five(approved, minutes=7)
    assert states(approved) == [State.SENT] * 3
    assert len(server.mails) == 1


def test_a_worker_whose_lease_is_over_leaves_all_in_doubt(approved: World, server: Mailserver, post: Post) -> None:
    def slow() -> None:
        post.after = lambda: None
        approved.pass_(minutes=3)
        approved.deliver()

    post.after = slow
    at_five(approved)
    assert states(approved) == [State.UNCONFIRMED] * 3
    assert len(server.mails) == 1


def test_nobody_recalls_what_is_leaving(approved: World, post: Post) -> None:
    refused: list[str] = []

    def recall() -> None:
        for one in all_of(approved):
            with pytest.raises(Refusal) as found:
                act(approved, one, Event.RECALL)
            refused.append(str(found.value))

    post.before = recall
    at_five(approved)
    assert len(refused) == 3
    assert states(approved) == [State.SENT] * 3


def test_two_workers_send_one_digest(approved: World, server: Mailserver, post: Post) -> None:
    def other() -> None:
        post.before = lambda: None
        approved.deliver()

    post.before = other
    at_five(approved)
    assert len(server.mails) == 1
    assert post.calls == 1
    assert states(approved) == [State.SENT] * 3


def test_what_was_scheduled_before_there_was_a_digest_waits_for_its_hour(waiting: World, server: Mailserver) -> None:
    account = waiting.desk.accounts["lettre"]
    alone = replace(account, options={key: value for key, value in account.options.items() if key != "digest"})
    waiting.desk = replace(waiting.desk, accounts={"lettre": alone})
    waiting.approve_all()
    server.says["DATA"] = "451 4.7.1 later"
    waiting.deliver()
    del server.says["DATA"]
    waiting.desk = replace(waiting.desk, accounts={"lettre": account})
    waiting.pass_(minutes=10)
    waiting.deliver()
    assert len(server.mails) == 3, "what was frozen alone leaves alone"


def test_a_frozen_digest_leaves_as_it_is_where_there_are_no_digests_any_more(
    approved: World, server: Mailserver
) -> None:
    server.says["DATA"] = "451 4.7.1 later"
    at_five(approved)
    del server.says["DATA"]
    account = approved.desk.accounts["lettre"]
    alone = replace(account, options={key: value for key, value in account.options.items() if key != "digest"})
    approved.desk = replace(approved.desk, accounts={"lettre": alone})
    at_five(approved, minutes=6)
    assert states(approved) == [State.SENT] * 3
    assert len(server.mails) == 1
