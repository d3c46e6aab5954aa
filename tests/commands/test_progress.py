"""Long work says how far it is where a person looks on, and nowhere else."""

import io

import pytest

from relay.cli.progress import progress


class Terminal(io.StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        return True


def shown(stream: io.StringIO) -> list[str]:
    """The lines as they replaced one another."""
    return stream.getvalue().replace("\x1b[K", "").split("\r")[1:]


def test_each_step_replaces_the_line_and_the_end_clears_it() -> None:
    stream = Terminal()
    with progress("Polling", 3, stream) as tell:
        tell("cget")
        tell("anru")

    assert shown(stream) == ["Polling…", "Polling: 1 of 3, cget", "Polling: 2 of 3, anru", ""]


def test_where_nobody_knows_how_many_there_are_they_are_counted() -> None:
    stream = Terminal()
    with progress("Polling", None, stream) as tell:
        tell("cget")

    assert shown(stream)[1] == "Polling: 1, cget"


def test_the_line_is_cleared_when_the_work_fails() -> None:
    stream = Terminal()
    with pytest.raises(ValueError, match="cut off"), progress("Polling", 3, stream):
        raise ValueError("cut off")

    assert shown(stream)[-1] == ""


def test_a_long_name_does_not_break_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    stream = Terminal()
    with progress("Polling", 3, stream) as tell:
        tell("a-very-long-name-of-a-source")

    assert max(map(len, shown(stream))) == 19


def test_a_pipe_gets_nothing() -> None:
    stream = io.StringIO()
    with progress("Polling", 3, stream) as tell:
        tell("cget")

    assert stream.getvalue() == ""
