"""Messages over a pipe, whoever writes them."""

import os
import tracemalloc

import pytest

from relay.intake.caged import frames

LENGTH = 20_000


def test_a_message_in_small_pieces_takes_no_more_room_than_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    questions, answers = os.pipe()
    frames.send(answers, b"ab" * (LENGTH // 2))
    read = os.read
    monkeypatch.setattr(os, "read", lambda pipe, most: read(pipe, min(most, 2)))
    tracemalloc.start()
    try:
        assert frames.receive(questions, LENGTH) == b"ab" * (LENGTH // 2)
        assert tracemalloc.get_traced_memory()[1] < 5 * LENGTH
    finally:
        tracemalloc.stop()
        os.close(questions)
        os.close(answers)
