from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier, Event
from unittest.mock import Mock

import pytest

from relay.intake.once import Once


def test_however_many_threads_come_first_it_is_made_once() -> None:
    everyone, numbers = Barrier(4, timeout=5), count()
    slow = Event()

    def make() -> int:
        slow.wait(0.05)  # long enough for the others to come
        return next(numbers)

    once = Once(make)

    def get(_: int) -> int:
        everyone.wait()
        return once()

    with ThreadPoolExecutor(4) as pool:
        assert [*pool.map(get, range(4))] == [0, 0, 0, 0]


def test_what_could_not_be_made_is_tried_again() -> None:
    once = Once(Mock(side_effect=[ImportError("no libcurl"), "made"]))

    with pytest.raises(ImportError):
        once()
    assert once() == "made"


def test_what_is_over_is_not_made_any_more() -> None:
    made, unmade = Once(lambda: "made"), Once[str](pytest.fail)
    made()

    assert (made.end(), made.end(), unmade.end()) == ("made", None, None)
    for once in (made, unmade):
        with pytest.raises(RuntimeError):
            once()


def test_whoever_ends_it_waits_for_whoever_makes_it() -> None:
    is_made, go_on = Event(), Event()

    def make() -> str:
        is_made.set()
        go_on.wait(5)
        return "made"

    once = Once(make)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(once)
        is_made.wait(5)
        end = pool.submit(once.end)
        go_on.set()
        assert (first.result(5), end.result(5)) == ("made", "made")
