"""Whatever editors, the source, the clock, workers and the network do, in any order: what is published was approved."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from relay.core.crosspost import Crosspost, Keys, Request, State
from relay.core.outcome import AuthLost, CannotTell, Gone, NotThere, Outcome, Refused, Removal, Retry, Sent, Unsure
from relay.core.people import Editor, Role
from relay.core.review import corrections, settling, withdrawal, workflow
from relay.core.review.moving import Refusal
from relay.core.review.transitions import ALLOWED, Event
from relay.core.route import ApprovalRule
from tests.core.things import CROSSPOST, HOUR, MINUTE, NOW, WORDS

STEPS = ApprovalRule(steps=("editor", "director"), expires=9 * HOUR)
SOMEBODY = st.sampled_from(
    [
        Editor("anne", Role.EDITOR),
        Editor("benoit", Role.EDITOR),
        Editor("didier", Role.DIRECTOR),
        Editor("elise", Role.DIRECTOR),
        Editor("claire", Role.WRITER),
    ]
)
STALE = st.sampled_from([0, 0, 0, -1])
FAILURES = st.sampled_from([Retry("429"), Refused("422"), AuthLost("401")])


class Life(RuleBasedStateMachine):
    """One cross-post, with what its public sees and what people have said of its words, kept apart from the code."""

    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = NOW
        self.crosspost: Crosspost = CROSSPOST
        self.public: list[str] = []
        self.yeses: dict[str, list[Editor]] = {}
        self.writer: dict[str, str] = {}
        self.versions = 0
        self.was_withdrawn = False

    def attempt(self, step: Callable[[], Crosspost | None]) -> bool:
        self.now += MINUTE
        try:
            new = step()
        except Refusal:
            return False
        self.crosspost = new or self.crosspost
        return new is not None

    def words(self) -> str:
        self.versions += 1
        return f"version {self.versions}"

    @rule(editor=SOMEBODY, revision=STALE)
    def approve(self, editor: Editor, revision: int) -> None:
        seen, text = self.crosspost.revision + revision, self.crosspost.draft.text
        keys = Keys(self.now, self.versions)
        if self.attempt(lambda: workflow.approve(self.crosspost, editor, STEPS, seen, keys, self.now)):
            self.yeses.setdefault(text, []).append(editor)

    @rule(first=SOMEBODY, second=SOMEBODY)
    def approve_and_claim(self, first: Editor, second: Editor) -> None:
        self.approve(first, 0)
        self.approve(second, 0)
        self.window_over()
        self.claim()

    @rule(editor=SOMEBODY, revision=STALE)
    def edit(self, editor: Editor, revision: int) -> None:
        seen, text = self.crosspost.revision + revision, self.words()
        draft = replace(WORDS, text=text)
        if self.attempt(lambda: workflow.edit(self.crosspost, editor, seen, draft, self.now)):
            self.writer[text] = editor.name

    @rule(editor=SOMEBODY, event=st.sampled_from(sorted(ALLOWED)))
    def move(self, editor: Editor, event: Event) -> None:
        self.attempt(lambda: workflow.move(self.crosspost, event, editor, "because", self.now))

    @rule()
    def source_edited(self) -> None:
        draft = replace(WORDS, text=self.words())
        self.attempt(lambda: workflow.revise(self.crosspost, draft, self.now))

    @rule()
    def source_withdrawn(self) -> None:
        self.attempt(lambda: withdrawal.withdraw(self.crosspost, self.now))

    @rule()
    def source_restored(self) -> None:
        self.attempt(lambda: withdrawal.restore(self.crosspost, self.now))

    @rule()
    def expire(self) -> None:
        self.now += HOUR
        self.attempt(lambda: workflow.expire(self.crosspost, STEPS, self.now))

    @rule()
    def window_over(self) -> None:
        self.attempt(lambda: workflow.schedule(self.crosspost, self.now, self.now))

    @rule()
    def account_lost(self) -> None:
        self.attempt(lambda: workflow.hold_account(self.crosspost, "401", self.now))

    @rule()
    def claim(self) -> None:
        taken = self.attempt(lambda: workflow.claim(self.crosspost, MINUTE, self.now))
        if taken and self.crosspost.state is State.SENDING:
            request = self.crosspost.request or Request("key", self.crosspost.draft.text)
            self.crosspost = workflow.freeze(self.crosspost, request)

    def published(self) -> None:
        assert self.crosspost.request is not None
        self.public.append(self.crosspost.request.body)

    @precondition(lambda self: self.crosspost.state is State.SENDING)
    @rule(is_answered=st.booleans())
    def network_takes_it(self, *, is_answered: bool) -> None:
        self.published()
        self.attempt(lambda: settling.settle(self.crosspost, Sent("9") if is_answered else Unsure("lost"), self.now))

    @precondition(lambda self: self.crosspost.state is State.SENDING)
    @rule(outcome=FAILURES | st.just(Unsure("lost")))
    def network_does_not_take_it(self, outcome: Retry | Refused | AuthLost | Unsure) -> None:
        self.attempt(lambda: settling.settle(self.crosspost, outcome, self.now))

    @precondition(lambda self: self.crosspost.state is State.UPDATING and self.crosspost.lease_until is not None)
    @rule(outcome=FAILURES | st.sampled_from([Sent("9"), Unsure("lost")]), is_done=st.booleans())
    def network_is_asked_to_change_it(self, outcome: Outcome, *, is_done: bool) -> None:
        if isinstance(outcome, Sent) or (isinstance(outcome, Unsure) and is_done):
            self.public[-1:] = [self.crosspost.draft.text]
        self.attempt(lambda: corrections.settle_update(self.crosspost, outcome, self.now))

    @precondition(lambda self: self.crosspost.state is State.WITHDRAWING and self.crosspost.lease_until is not None)
    @rule(removal=FAILURES | st.sampled_from([Gone(), Unsure("lost")]))
    def network_is_asked_to_take_it_back(self, removal: Removal) -> None:
        self.was_withdrawn = self.was_withdrawn or isinstance(removal, Gone)
        self.attempt(lambda: corrections.settle_withdrawal(self.crosspost, removal, self.now))

    @precondition(lambda self: self.crosspost.state is State.EDIT_PROPOSED)
    @rule(first=SOMEBODY, second=SOMEBODY)
    def approve_a_change_and_claim_it(self, first: Editor, second: Editor) -> None:
        self.approve(first, 0)
        self.approve(second, 0)
        self.claim()

    @rule(is_readable=st.booleans())
    def look(self, *, is_readable: bool) -> None:
        found = Sent("9") if self.public else NotThere()
        self.attempt(lambda: settling.verify(self.crosspost, found if is_readable else CannotTell("503"), self.now))

    @invariant()
    def nothing_is_published_twice(self) -> None:
        assert len(self.public) <= 1

    @invariant()
    def what_leaves_was_approved_in_these_words_by_two_people_who_did_not_write_them(self) -> None:
        at_work = self.crosspost.state in {State.SENDING, State.UPDATING}
        leaving = [self.crosspost.draft.text] if at_work else []
        for text in [*leaving, *self.public]:
            yeses = self.yeses.get(text, [])
            assert len({yes.name for yes in yeses} - {self.writer.get(text)}) >= 2
            assert {yes.role for yes in yeses} <= {Role.EDITOR, Role.DIRECTOR}
            assert Role.DIRECTOR in {yes.role for yes in yeses}

    @invariant()
    def what_will_leave_is_what_was_approved(self) -> None:
        ready = self.crosspost.state in {State.APPROVED, State.SCHEDULED, State.SENDING}
        assert not ready or {yes.revision for yes in self.crosspost.approvals} == {self.crosspost.revision}
        assert not self.crosspost.request or self.crosspost.request.body == self.crosspost.draft.text

    @invariant()
    def what_is_said_to_be_withdrawn_was_taken_back_by_the_network_or_by_hand(self) -> None:
        by_hand = self.crosspost.note == "because"
        assert self.crosspost.state is not State.WITHDRAWN or self.was_withdrawn or by_hand

    @invariant()
    def words_stand_beside_those_that_are_public_only_while_they_are_proposed(self) -> None:
        proposing = {State.EDIT_PROPOSED, State.UPDATING}
        assert (self.crosspost.live is not None) <= (self.crosspost.state in proposing)

    @invariant()
    def what_is_public_is_never_shown_as_refused_or_forgotten(self) -> None:
        hidden = {State.REJECTED, State.EXPIRED, State.SKIPPED, State.WAITING, State.CHANGES, State.FAILED}
        assert not self.public or self.crosspost.state not in hidden


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=300, stateful_step_count=30)
