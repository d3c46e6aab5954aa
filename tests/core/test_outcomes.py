"""What time and the networks do to a cross-post."""

from dataclasses import replace
from datetime import timedelta

import pytest

from relay.core.crosspost import State
from relay.core.outcome import AuthLost, CannotTell, NotThere, Outcome, Refused, Retry, Sent, Unsure
from relay.core.review import settling, workflow
from relay.core.review.moving import Refusal
from relay.core.review.settling import FIRST_CHECK, SECOND_LOOK
from relay.core.review.transitions import Event
from tests.core.acts import LATER, REQUEST, YES, standing
from tests.core.things import (
    ANNE,
    CROSSPOST,
    DAY,
    HOUR,
    KEYS,
    MINUTE,
    NOW,
    RULE,
)


def test_it_expires_after_the_time_that_the_rule_gives() -> None:
    rule = replace(RULE, expires=DAY)
    assert workflow.expire(CROSSPOST, rule, NOW + DAY - MINUTE) is None
    expired = workflow.expire(CROSSPOST, rule, NOW + DAY)
    assert expired is not None
    assert expired.state is State.EXPIRED


def test_without_a_limit_nothing_expires() -> None:
    assert workflow.expire(CROSSPOST, RULE, NOW + 365 * DAY) is None


def test_what_was_reopened_has_its_time_again() -> None:
    reopened = workflow.move(standing(State.EXPIRED), Event.REOPEN, ANNE, "", NOW + 9 * DAY)
    assert workflow.expire(reopened, replace(RULE, expires=DAY), NOW + 9 * DAY + HOUR) is None


def test_a_claim_is_leased_and_numbered() -> None:
    claimed = workflow.claim(standing(State.SCHEDULED, attempt=2), MINUTE, NOW)
    assert (claimed.attempt, claimed.lease_until) == (3, NOW + MINUTE)


def test_the_schedule_says_when_it_leaves() -> None:
    assert workflow.schedule(standing(State.APPROVED), LATER, NOW).not_before == LATER


def test_what_is_deferred_stays_scheduled_and_says_why() -> None:
    deferred = workflow.defer(standing(State.SCHEDULED), LATER, "pace")
    assert (deferred.state, deferred.not_before, deferred.note) == (State.SCHEDULED, LATER, "pace")


def test_a_frozen_request_stays_until_its_words_change() -> None:
    frozen = workflow.freeze(standing(State.SENDING, request=None), REQUEST)
    assert settling.settle(frozen, Retry("429"), NOW).request == REQUEST


@pytest.mark.parametrize(
    ("outcome", "state", "note", "not_before"),
    [
        (Sent("9", "https://a.fr/9"), State.SENT, "", NOW),
        (Retry("429", timedelta(minutes=7)), State.SCHEDULED, "429", LATER + timedelta(minutes=7)),
        (Refused("422"), State.FAILED, "422", NOW),
        (AuthLost("401"), State.HELD, "401", NOW),
        (Unsure("timeout"), State.UNCONFIRMED, "timeout", LATER + FIRST_CHECK),
        (Unsure("lag", timedelta(minutes=5)), State.UNCONFIRMED, "lag", LATER + timedelta(minutes=5)),
    ],
)
def test_an_outcome_settles_an_attempt(outcome: Outcome, state: State, note: str, not_before: object) -> None:
    settled = settling.settle(standing(State.SENDING, lease_until=LATER), outcome, LATER)
    assert (settled.state, settled.note, settled.not_before, settled.lease_until) == (state, note, not_before, None)
    assert (settled.keys, settled.request, settled.approvals) == (KEYS, REQUEST, (YES,))


def test_what_was_sent_or_found_has_its_address() -> None:
    sent = settling.settle(standing(State.SENDING), Sent("9", "https://a.fr/9"), NOW)
    found = settling.verify(standing(State.UNCONFIRMED), Sent("9", "https://a.fr/9"), NOW)
    assert [(one.remote_id, one.remote_url, one.state) for one in (sent, found)] == [
        ("9", "https://a.fr/9", State.SENT)
    ] * 2


def test_what_is_proved_absent_is_sent_again_as_it_was() -> None:
    once = settling.verify(standing(State.UNCONFIRMED), NotThere(), NOW)
    again = settling.verify(once, NotThere(), LATER)
    assert (again.state, again.not_before, again.request, again.keys) == (State.SCHEDULED, LATER, REQUEST, KEYS)


def test_one_look_that_finds_nothing_proves_nothing() -> None:
    once = settling.verify(standing(State.UNCONFIRMED), NotThere(), NOW)
    assert (once.state, once.unseen_at, once.not_before) == (State.UNCONFIRMED, NOW, NOW + SECOND_LOOK)
    assert settling.verify(once, Sent("9"), LATER).state is State.SENT


def test_what_was_never_frozen_never_left_and_one_look_is_enough() -> None:
    again = settling.verify(standing(State.UNCONFIRMED, request=None), NotThere(), NOW)
    assert again.state is State.SCHEDULED


def test_every_attempt_is_looked_for_twice() -> None:
    seen_before = standing(State.SCHEDULED, unseen_at=NOW)
    assert workflow.claim(seen_before, MINUTE, LATER).unseen_at is None


def test_what_cannot_be_told_is_asked_again_and_did_not_happen_now() -> None:
    unsure = settling.verify(standing(State.UNCONFIRMED), CannotTell("503"), LATER)
    assert (unsure.state, unsure.note, unsure.not_before) == (State.UNCONFIRMED, "503", LATER + 5 * MINUTE)
    assert unsure.changed_at == NOW


@pytest.mark.parametrize("state", sorted(set(State) - {State.UNCONFIRMED}))
def test_only_what_is_unconfirmed_is_looked_for(state: State) -> None:
    with pytest.raises(Refusal):
        settling.verify(standing(state), CannotTell("503"), LATER)


@pytest.mark.parametrize(("attempt", "minutes"), [(1, 1), (2, 2), (4, 8), (6, 32), (7, 60), (1000, 60)])
def test_a_network_that_is_down_is_asked_less_and_less_often(attempt: int, minutes: int) -> None:
    sending = replace(standing(State.SENDING), attempt=attempt)
    assert settling.settle(sending, Retry("refused"), NOW).not_before == NOW + minutes * MINUTE


def test_a_network_that_names_a_longer_wait_gets_it() -> None:
    sending = replace(standing(State.SENDING), attempt=2)
    assert settling.settle(sending, Retry("429", 3 * HOUR), NOW).not_before == NOW + 3 * HOUR
