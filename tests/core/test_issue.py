"""An issue of a digest: what its posts keep of it, when it is whole, and when it may be out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from relay.core.crosspost import Crosspost, Draft, Keys, Request, State
from relay.core.issue import Issue, alike, is_in_doubt, is_whole, key_of, keys_of, reference

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
LETTER = Request("<1@exemple.fr>", "a letter")
ISSUE = Issue("lettre", (1, 2), LETTER)


def member(id: int, state: State = State.SCHEDULED) -> Crosspost:
    draft = Draft("Une nouvelle", "fr", "")
    return Crosspost(id, id, "lettre", 0, state, 1, draft, keys=Keys(NOON, id), request=reference(LETTER))


def test_a_post_keeps_the_key_of_its_letter_and_no_words() -> None:
    assert (key_of(member(1)), member(1).request) == (LETTER.key, Request(LETTER.key, ""))


@pytest.mark.parametrize("request_", [None, LETTER])
def test_what_was_frozen_alone_or_not_at_all_is_in_no_issue(request_: Request | None) -> None:
    assert key_of(replace(member(1), request=request_)) == ""


@pytest.mark.parametrize(
    ("members", "whole", "in_doubt"),
    [
        ([member(1), member(2)], True, False),
        ([member(1)], False, False),
        ([member(1), member(2, State.HELD)], False, False),
        ([member(1), replace(member(2), request=None)], False, False),
        ([member(1), replace(member(2), request=Request("<2@exemple.fr>", ""))], False, False),
        ([member(1), member(2, State.UNCONFIRMED)], False, True),
        ([member(1), member(2, State.SENDING)], False, True),
        ([member(1), member(2, State.SENT)], False, True),
        ([member(1), replace(member(2, State.SENT), request=None)], False, False),
    ],
)
def test_a_letter_leaves_whole_and_is_taken_apart_only_if_it_surely_never_left(
    members: list[Crosspost], *, whole: bool, in_doubt: bool
) -> None:
    assert (is_whole(ISSUE, members), is_in_doubt(ISSUE, members)) == (whole, in_doubt)


def test_the_keys_are_of_the_account_the_moment_and_the_yeses() -> None:
    keys = keys_of("lettre", (member(1), member(2)), NOON)
    assert keys == keys_of("lettre", (member(1), member(2)), NOON)
    others = [
        keys_of("autre", (member(1), member(2)), NOON),
        keys_of("lettre", (member(1), member(3)), NOON),
        keys_of("lettre", (member(1), member(2)), NOON + timedelta(seconds=1)),
    ]
    assert len({keys, *others}) == 4
    assert 0 <= keys.nonce < 1 << 62


def test_those_that_leave_again_do_so_at_once() -> None:
    early, late = (replace(member(id), not_before=NOON + timedelta(hours=id)) for id in (1, 2))
    assert [one.not_before for one in alike((early, late))] == [late.not_before] * 2
    assert alike((early, member(2, State.SENT))) == (early, member(2, State.SENT))
