"""Two cross-posts with the same news: one is kept, the other is dropped by a person, and can come back."""

from dataclasses import replace

import pytest

from relay.core.crosspost import Part, Request, State
from relay.core.identity import headline
from relay.core.outcome import Sent
from relay.core.people import Editor, Role
from relay.core.review import workflow
from relay.core.review.moving import Refusal
from relay.core.review.transitions import Event
from tests.core.things import CROSSPOST, NOW

ANNE = Editor("anne", Role.EDITOR)
WHY = "the same news as cross-post 2"


@pytest.mark.parametrize("state", [State.WAITING, State.HELD])
def test_what_has_not_been_approved_can_be_dropped_for_another_and_opened_again(state: State) -> None:
    dropped = workflow.move(replace(CROSSPOST, state=state), Event.MERGE, ANNE, WHY, NOW)
    assert (dropped.state, dropped.note) == (State.SKIPPED, WHY)
    assert workflow.move(dropped, Event.REOPEN, ANNE, "", NOW).state is State.WAITING


@pytest.mark.parametrize("state", [State.APPROVED, State.SCHEDULED, State.SENDING, State.SENT, State.UNCONFIRMED])
def test_what_is_leaving_or_public_cannot(state: State) -> None:
    with pytest.raises(Refusal):
        workflow.move(replace(CROSSPOST, state=state), Event.MERGE, ANNE, WHY, NOW)


def test_no_public_post_hides_behind_it() -> None:
    part = Part(Request("key", "{}"), Sent("1", "https://a.fr/1"))
    with pytest.raises(Refusal, match="public"):
        workflow.move(replace(CROSSPOST, state=State.HELD, parts=(part,)), Event.MERGE, ANNE, WHY, NOW)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.WRITER, Role.ADMIN, Role.TOKEN])
def test_only_who_judges_says_so(role: Role) -> None:
    with pytest.raises(Refusal, match="may not"):
        workflow.move(CROSSPOST, Event.MERGE, Editor("x", role), WHY, NOW)


@pytest.mark.parametrize(
    ("one", "other", "are_alike"),
    [
        ("Quartiers prioritaires : un plan pour l’habitat", "Habitat, plan : les QUARTIERS prioritaires", True),
        ("Quartiers prioritaires : un plan pour l’habitat", "Quartiers prioritaires : un plan pour l’école", False),
        ("Écoles rénovées à Nantes en 2026", "Ecoles renovees a Nantes en 2026", True),
        ("Écoles rénovées à Nantes en 2026", "Écoles rénovées à Nantes en 2027", False),
    ],
)
def test_headlines_of_the_same_words_have_one_key(one: str, other: str, *, are_alike: bool) -> None:
    assert (headline.key(one, "fr") == headline.key(other, "fr")) is are_alike


@pytest.mark.parametrize("says_little", ["", "Agenda", "Les nouvelles de la semaine", "…"])
def test_a_headline_that_says_little_has_none(says_little: str) -> None:
    assert headline.key(says_little, "fr") == ""
