"""Sources that drip: none is waited for longer than its deadline, and none makes others late."""

from pathlib import Path

import pytest

from relay.core.document import Unreachable
from relay.pipeline import poll
from tests.slow.pool import AFTER, ends, ours, usual
from tests.slow.sources import ERROR, dripping, fetched, polled

DEADLINE = 0.5


@pytest.mark.parametrize("kind", sorted(dripping(DEADLINE)))
def test_no_way_of_dripping_holds_a_request_beyond_its_deadline(kind: str) -> None:
    found, seconds = fetched(kind, DEADLINE)
    assert isinstance(found, Unreachable)
    assert seconds < DEADLINE * 2


def test_a_hundred_sources_that_drip_make_twenty_others_hardly_late(tmp_path: Path) -> None:
    found = polled(tmp_path, 100, 20, DEADLINE)
    assert (found.new, found.error <= ERROR) == (20, True), found


def test_a_reader_that_asks_one_after_the_other_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(poll, "AT_ONCE", 1)
    assert polled(tmp_path, 30, 2, 0.1).error > ERROR


def test_a_client_whose_requests_are_given_up_goes_on() -> None:
    with ends() as far:
        found = ours(far, 1000)
    assert (found.given_up, found.answered) == (1000, AFTER)


def test_a_client_that_is_poisoned_by_what_was_given_up_is_found() -> None:
    with ends() as far:
        assert usual(far, 400).answered < AFTER
