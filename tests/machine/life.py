"""Two people who judge on pages of a while ago, a source, a clock, a network and a process that dies."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import ClassVar

import httpx
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from relay.core import thread
from relay.core.crosspost import Crosspost, Keys, State
from relay.core.people import Editor, Role
from relay.core.review.moving import Refusal
from relay.core.review.transitions import ALLOWED, Event
from relay.core.route import ApprovalRule
from relay.pipeline import auditing, review, stopping
from relay.pipeline.accounts import standing
from relay.pipeline.deliver import deliver
from relay.pipeline.poll import poll_due
from relay.pipeline.reading.reader import Reader
from relay.pipeline.tidy import tidy
from relay.storage import crossposts, ledger, stops
from relay.storage.database import open_database
from tests.machine.agency import Agency
from tests.machine.far_end import MOODS, FarEnd
from tests.machine.process import Process, empty
from tests.pipeline.world import NOON, desk

ANNE, DIDIER = Editor("anne", Role.EDITOR), Editor("didier", Role.DIRECTOR)
RULE = ApprovalRule(steps=("editor", "director"), undo=timedelta(seconds=60), expires=timedelta(days=2))
EDITORS = st.sampled_from([ANNE, DIDIER])
WHICH = st.integers(0, 3)
EVENTS = st.sampled_from(sorted(set(ALLOWED) - {Event.APPROVE, Event.APPROVE_STEP, Event.OVERRIDE, Event.EDIT}))
DYING = st.tuples(st.sampled_from([0, 0, 0, 1, 2, 3, 4, 5]), st.booleans())
FINISHED = frozenset({State.WAITING, State.EDIT_PROPOSED})


class Life(RuleBasedStateMachine):
    """One account, up to four entries; ``yeses`` is what people have said, kept apart from the code."""

    address = ""
    seen_so_far: ClassVar[Counter[str]] = Counter()
    """What the walks have come to, for whoever wants to know that they have come to anything."""

    def __init__(self) -> None:
        super().__init__()
        self.process = Process(self.address, open_database(self.address))
        empty(self.process.db)
        self.now, self.versions, self.stopped = NOON, 0, False
        whole = desk()
        route = replace(whole.routes[0], accounts=("masto",), approval=RULE)
        self.desk = replace(whole, accounts={"masto": whole.accounts["masto"]}, routes=(route,))
        self.agency = Agency()
        self.far_end = FarEnd(self.is_approved, lambda: self.stopped)
        self.pages: dict[str, list[Crosspost]] = {"anne": [], "didier": []}
        self.yeses: dict[tuple[int, int], tuple[str, set[str]]] = {}
        self.writers: dict[str, str] = {}

    def teardown(self) -> None:
        self.seen_so_far.update({"walks": 1, "published": self.far_end.taken, "deaths": self.process.deaths})
        with self.process.db.read() as tx:
            self.seen_so_far.update({str(line["to_state"]): 1 for line in ledger.lines(tx) if line["to_state"]})
        self.process.db.close()

    def is_approved(self, text: str) -> bool:
        """By the two of them, or by the director in place of both, who then has not written it."""
        said = [names for words, names in self.yeses.values() if text in thread.parts(words)]
        return any({"anne", "didier"} <= names or "over" in names for names in said)

    def version(self) -> str:
        self.versions += 1
        return f"version {self.versions}"

    @initialize(public=st.sampled_from([0, 1, 2]))
    def first_entries(self, public: int) -> None:
        """Two, of which some have left already: half of what can go wrong goes wrong afterwards."""
        self.agency.titles = {1: self.version(), 2: self.version()}
        self.poll((0, False))
        for which in range(public):
            self.both_approve_and_it_leaves(which, "well", (0, False))
        self.look(ANNE)
        self.look(DIDIER)

    @rule(number=st.integers(1, 4), act=st.sampled_from(["edit", "hide", "show"]), dying=DYING)
    def source(self, number: int, act: str, dying: tuple[int, bool]) -> None:
        match act:
            case "edit":
                self.agency.titles[number] = self.version()
            case "hide":
                self.agency.hidden.add(number)
            case _:
                self.agency.hidden.discard(number)
        self.poll(dying)

    def poll(self, dying: tuple[int, bool]) -> None:
        self.now += timedelta(minutes=1)
        with (
            self.process.dying(dying[0], committed=dying[1]),
            httpx.Client(transport=httpx.MockTransport(self.agency.answer)) as http,
        ):
            poll_due(self.process.db, Reader.over(http), self.desk, ["cget"], self.now)

    @rule(editor=EDITORS)
    def look(self, editor: Editor) -> None:
        """A page shows what is so now, and goes on showing it."""
        with self.process.db.read() as tx:
            self.pages[editor.name] = crossposts.by_state(tx, tuple(State))

    def seen(self, editor: Editor, which: int) -> Crosspost | None:
        page = self.pages[editor.name]
        return page[which % len(page)] if page else None

    def attempt(self, act: Callable[[], Crosspost]) -> Crosspost | None:
        self.now += timedelta(seconds=1)
        try:
            return act()
        except Refusal:
            return None

    @rule(editor=EDITORS, which=WHICH)
    def approve(self, editor: Editor, which: int) -> None:
        if one := self.seen(editor, which):
            self.say_yes(editor, one)

    def say_yes(self, editor: Editor, one: Crosspost) -> None:
        keys, actor, db = Keys(self.now, self.now.microsecond + self.versions), (editor, "page"), self.process.db
        if self.attempt(lambda: review.approve(db, self.desk, one.id, actor, one.revision, keys)):
            assert self.writers.get(one.draft.text) != editor.name
            self.yeses.setdefault((one.id, one.revision), (one.draft.text, set()))[1].add(editor.name)

    @rule(which=WHICH)
    def override(self, which: int) -> None:
        if one := self.seen(DIDIER, which):
            keys, actor, said = Keys(self.now, self.versions), (DIDIER, "page"), (one.revision, "urgent")
            if self.attempt(lambda: review.override(self.process.db, self.desk, one.id, actor, said, keys)):
                assert self.writers.get(one.draft.text) != "didier"
                self.yeses.setdefault((one.id, one.revision), (one.draft.text, set()))[1].add("over")

    @rule(which=WHICH, mood=st.sampled_from(("well",) * 6 + MOODS), dying=DYING)
    def both_approve_and_it_leaves(self, which: int, mood: str, dying: tuple[int, bool]) -> None:
        """The long way in one step, so that much of what is tried is beyond it."""
        for editor in (ANNE, DIDIER):
            self.look(editor)
            self.approve(editor, which)
        self.time_passes(2)
        self.deliver(mood, dying)

    @rule(which=WHICH, mood=st.sampled_from(MOODS), dying=DYING)
    def anne_corrects_it_and_didier_lets_it_leave(self, which: int, mood: str, dying: tuple[int, bool]) -> None:
        self.look(ANNE)
        self.edit(ANNE, which, is_thread=False)
        self.look(DIDIER)
        self.override(which)
        self.time_passes(2)
        self.deliver(mood, dying)

    @rule(which=WHICH, mood=st.sampled_from(MOODS), dying=DYING)
    def it_is_taken_back(self, which: int, mood: str, dying: tuple[int, bool]) -> None:
        self.look(ANNE)
        for event in (Event.WITHDRAW, Event.APPROVE_WITHDRAWAL):
            self.move(ANNE, which, event)
        self.deliver(mood, dying)

    @rule(editor=EDITORS, which=WHICH, is_thread=st.booleans())
    def edit(self, editor: Editor, which: int, *, is_thread: bool) -> None:
        if one := self.seen(editor, which):
            text = f"{self.version()}\n---\n{self.version()}" if is_thread else self.version()
            words, actor, db = review.Words(one.revision, text), (editor, "page"), self.process.db
            if done := self.attempt(lambda: review.edit(db, self.desk, one.id, actor, words, self.now)):
                self.writers[done.draft.text] = editor.name

    @rule(editor=EDITORS, which=WHICH, event=EVENTS)
    def move(self, editor: Editor, which: int, event: Event) -> None:
        if one := self.seen(editor, which):
            act, actor, db = review.Act(event, "because"), (editor, "page"), self.process.db
            done = self.attempt(lambda: review.move(db, self.desk, one.id, actor, act, self.now))
            if done and event is Event.REMOVED_BY_HAND:
                self.remove_by_hand(done)
            if done and done.state in FINISHED:
                self.yeses.pop((one.id, done.revision), None)

    def remove_by_hand(self, one: Crosspost) -> None:
        for part in one.parts:
            self.far_end.shown.pop(f"/accounts/masto/posts/{part.request.key}", None)

    @rule(minutes=st.sampled_from([1, 3, 30, 600]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(mood=st.sampled_from(MOODS), dying=DYING)
    def deliver(self, mood: str, dying: tuple[int, bool]) -> None:
        self.far_end.mood = mood
        with (
            self.process.dying(dying[0], committed=dying[1]),
            httpx.Client(transport=httpx.MockTransport(self.far_end.answer)) as http,
        ):
            tidy(self.process.db, http, self.desk, self.now)
            deliver(self.process.db, http, self.desk, lambda: self.now)

    @rule(mood=st.sampled_from(["answer lost", "crash after", "crash before", "down"]), which=WHICH)
    def it_breaks_off_and_is_looked_for(self, mood: str, which: int) -> None:
        """Whether the network had it or not, the next processes find out."""
        self.both_approve_and_it_leaves(which, mood, (0, False))
        for _ in range(3):
            self.time_passes(3)
            self.deliver("well", (0, False))

    @rule()
    def account_is_resumed(self) -> None:
        with self.process.db.write() as tx:
            standing.free(tx, self.desk, "masto", self.now)

    @rule(editor=EDITORS)
    def stop(self, editor: Editor) -> None:
        if not self.stopped:
            stopping.stop(self.process.db, (editor, "page"), "because", self.now)
            self.stopped = True

    @rule(editor=EDITORS)
    def resume(self, editor: Editor) -> None:
        if self.stopped:
            stopping.resume(self.process.db, self.desk, (editor, "page"), self.now)
            self.stopped = False

    @invariant()
    def nothing_was_published_that_was_not_approved_nor_while_everything_was_stopped(self) -> None:
        assert self.far_end.wrong == []

    @invariant()
    def nothing_is_public_twice(self) -> None:
        assert self.far_end.twice() == []

    @invariant()
    def the_audit_holds_and_the_queue_is_as_it_says(self) -> None:
        found, strays = auditing.verify(self.process.db)
        assert (found.wrong, strays) == ("", ())

    @invariant()
    def the_stop_is_in_force_as_long_as_nobody_lifts_it(self) -> None:
        with self.process.db.read() as tx:
            assert (stops.in_force(tx) is not None) == self.stopped
