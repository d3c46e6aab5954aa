"""The process that reads: one document after the other, from one pipe to another, until there is no more."""

import os
from typing import NamedTuple

import msgspec

from relay.intake.caged import frames, limits
from relay.intake.caged.allowance import Allowance
from relay.intake.caged.tasks import ENCODER, done

READY, ANSWER, LAST, MEMORY, ERROR = b"R", b"A", b"L", b"M", b"E"
"""The first byte of what is said: it reads; an answer follows; the last one does; there is no memory; words follow."""
MOST_QUESTION = 64 * 1024**2
GROWN = 96 * 1024**2
"""Bytes beyond an idle process after which this one ends, and another takes its place."""


class Question(NamedTuple):
    """What is asked of a document, and what it may take; its arguments, which hold the document, as they are sent."""

    task: str
    allowance: Allowance
    arguments: msgspec.Raw = msgspec.Raw()


_SMALL = b"<rss><channel><title>x</title><item><title>x</title></item></channel></rss>"
_QUESTIONS = msgspec.msgpack.Decoder(Question)


def main() -> None:
    """Read until nobody asks any more."""
    questions, answers = _pipes()
    _warm_up()
    idle = limits.confine()
    frames.send(answers, READY)
    said = b""
    while said not in {LAST, MEMORY}:
        try:
            question = _QUESTIONS.decode(frames.receive(questions, MOST_QUESTION))
        except EOFError:
            return
        answer = _answer(question, idle)
        frames.send(answers, answer)
        said = answer[:1]


def _pipes() -> tuple[int, int]:
    """Away from standard input and output: what a library prints must not stand among the answers."""
    questions, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for usual in (0, 1, 2):
        os.dup2(nothing, usual)
    os.close(nothing)
    return questions, answers


def _warm_up() -> None:
    """What nearly every document needs is loaded once, before any time is counted."""
    done("feed", ENCODER.encode((_SMALL, "", None)))


def _answer(question: Question, idle: int) -> bytes:
    limits.allow(question.allowance, idle)
    try:
        answer = done(question.task, question.arguments)
    except MemoryError:
        return MEMORY
    except Exception as error:  # noqa: BLE001  # the libraries beneath are fed by strangers
        return ERROR + f"{type(error).__name__}: {str(error)[:100]}".encode("utf-8", "replace")
    finally:
        limits.rest()
    return (LAST if limits.size() > idle + GROWN else ANSWER) + answer


if __name__ == "__main__":
    main()
