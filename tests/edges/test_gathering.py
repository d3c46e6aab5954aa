"""Threads that write at the same moment: one transaction for all, none left behind, and nobody waits for nothing."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep

import pytest

from relay.storage.gathering import Gathering

LONG = 10.0


def doubled(some: Sequence[int]) -> list[int]:
    return [2 * one for one in some]


def test_one_alone_is_written_at_once() -> None:
    gathering, began = Gathering(patience=LONG), monotonic()
    with gathering.expected():
        found = gathering.put(3, doubled)

    assert found == 6
    assert monotonic() - began < LONG / 2


def test_all_that_are_expected_are_written_together_and_each_has_its_own() -> None:
    gathering, batches, all_here = Gathering(patience=LONG), list[Sequence[int]](), threading.Barrier(8)

    def write(some: Sequence[int]) -> list[int]:
        batches.append(tuple(some))
        return doubled(some)

    def run(number: int) -> int:
        with gathering.expected():
            all_here.wait()
            return gathering.put(number, write)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(run, range(8)))

    assert found == [2 * number for number in range(8)]
    assert [sorted(batch) for batch in batches] == [[*range(8)]]


def test_who_is_expected_and_does_not_come_is_not_waited_for_for_long() -> None:
    gathering = Gathering(patience=0.05)
    with gathering.expected(), gathering.expected():
        assert gathering.put(1, doubled) == 2


def test_who_leaves_without_a_word_is_not_waited_for() -> None:
    gathering, came, began = Gathering(patience=LONG), threading.Event(), monotonic()

    def leave() -> None:
        with gathering.expected():
            came.wait(LONG)

    other = threading.Thread(target=leave)
    other.start()
    with ThreadPoolExecutor(1) as pool, gathering.expected():
        found = pool.submit(gathering.put, 1, doubled)
        came.set()
        assert found.result(LONG / 2) == 2
    other.join()

    assert monotonic() - began < LONG / 2


def test_what_comes_while_others_are_written_is_written_next() -> None:
    gathering, batches = Gathering(patience=0), list[int]()
    writing, may_end = threading.Event(), threading.Event()

    def slow(some: Sequence[int]) -> list[int]:
        batches.append(len(some))
        writing.set()
        may_end.wait(LONG)
        return doubled(some)

    with ThreadPoolExecutor(5) as pool:
        first = pool.submit(gathering.put, 1, slow)
        writing.wait(LONG)
        rest = [pool.submit(gathering.put, number, slow) for number in (2, 3, 4)]
        while len(gathering._batch.items) < 3:  # until they are in line
            sleep(0.001)
        may_end.set()
        found = [one.result(LONG) for one in (first, *rest)]

    assert (found, batches) == ([2, 4, 6, 8], [1, 3])


def test_an_error_is_told_to_all_of_its_batch_and_the_next_is_written() -> None:
    gathering, all_here = Gathering(patience=LONG), threading.Barrier(3)

    def broken(_: Sequence[int]) -> list[int]:
        raise ZeroDivisionError

    def run(number: int) -> None:
        with gathering.expected():
            all_here.wait()
            with pytest.raises(ZeroDivisionError):
                gathering.put(number, broken)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(run, range(3)))

    assert gathering.put(1, doubled) == 2
