"""What each network answers to a repeat, and what relay makes of it, by itself: contracts of networks, one by one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from relay.core.crosspost import State
from tests.faults.kinds import Kind, Plan
from tests.faults.networks import ROWS
from tests.faults.staging import played
from tests.faults.verdict import Found

pytestmark = pytest.mark.filterwarnings(
    "ignore:'imghdr' is deprecated:DeprecationWarning",  # Apprise looks for it
    "ignore:Session.login_data is deprecated:DeprecationWarning",  # aiosmtpd's own
)
LOST = Plan(
    Kind.LOST,
    posts=1,
    after=0,
    row=1,
    effects=("now",),
    late=timedelta(0),
    reads=0,
    lag=timedelta(0),
    skew=timedelta(0),
    crash="",
    crashes_at=1,
    variant=0,
    patience=timedelta(minutes=20),
)
"""The post is public, and its answer is lost; nothing else goes wrong."""
BLIND = replace(LOST, lag=timedelta(minutes=20))
"""The same, where the list has not got it when relay looks: then only what a network says to a repeat can help."""
GUARDED = (
    *("mastodon-4.5", "mastodon-4.6.0", "mastodon-4.6.6", "mastodon-4.5-picture", "mastodon-4.6.0-picture"),
    *("pleroma", "pixelfed", "facebook", "linkedin-organisation", "x-oauth1", "x-oauth2", "matrix"),
)
"""What knows a repeat: by its key, its picture, its transaction, or its words."""
NAMED = ("bluesky", "threads", "nostr", "sandbox", "wordpress")
"""What is asked for the very post: it stands under a name that relay knows before it is public."""


def _played(names: Sequence[str], plan: Plan, folder: Path) -> list[Found]:
    return played([(name, ROWS[name], plan) for name in names], folder)


@pytest.mark.parametrize("name", GUARDED)
def test_a_repeat_that_the_network_knows_is_no_second_post(name: str, tmp_path: Path) -> None:
    [found] = _played([name], BLIND, tmp_path)
    assert found.sends > 1
    assert (found.state, found.copies, found.is_asked, found.wrong) == (State.SENT, 1, False, "")


def test_what_stands_under_a_known_name_is_found_and_not_sent_again(tmp_path: Path) -> None:
    for found in _played(NAMED, LOST, tmp_path):
        assert (found.sends, found.state, found.copies, found.is_asked) == (1, State.SENT, 1, False), found


def test_a_post_is_never_sent_again_because_a_key_might_still_hold(tmp_path: Path) -> None:
    """An hour and more goes by in which nothing can be looked up: Mastodon has forgotten the key, and relay waits."""
    for found in _played(["mastodon-4.5", "mastodon-4.6.0", "gotosocial"], replace(LOST, reads=16), tmp_path):
        assert (found.sends, found.state, found.copies) == (1, State.SENT, 1), found


def test_what_was_not_done_is_sent_again_after_two_looks(tmp_path: Path) -> None:
    able = [name for name, row in ROWS.items() if row.tells and row.speaks == "http"]
    for found in _played(able, replace(LOST, kind=Kind.RESET_AFTER, effects=("none",)), tmp_path):
        assert (found.sends, found.state, found.copies, found.is_asked) == (1, State.SENT, 1, False), found


def test_where_nobody_can_look_an_editor_is_asked_and_nothing_is_sent_again(tmp_path: Path) -> None:
    silent = [name for name, row in ROWS.items() if not row.tells and row.speaks == "http"]
    for found in _played(silent, LOST, tmp_path):
        assert (found.sends, found.state, found.copies, found.is_asked) == (1, State.SENT, 1, True), found


@pytest.mark.parametrize("name", ["gotosocial", "friendica", "bare-mastodon-api", "mastodon-4.5"])
def test_a_503_that_names_a_moment_may_hide_a_post(name: str, tmp_path: Path) -> None:
    busy = replace(LOST, kind=Kind.IN_FLIGHT, effects=("late",), late=timedelta(seconds=20), variant=4)
    [found] = _played([name], busy, tmp_path)
    assert (found.sends, found.state, found.copies) == (1, State.SENT, 1)
