"""``python -m tests.ssrf`` says that it does not hold where it does not."""

import pytest

from tests.ssrf import __main__ as command
from tests.ssrf.enclosing import Told
from tests.ssrf.trials import Row

GOOD = Row("spellings", 3, 1, ())
FOUND = {"no check": ["spellings"]}


@pytest.mark.parametrize(
    ("rows", "found", "code"),
    [
        ((GOOD,), FOUND, 0),
        ((GOOD, Row("names", 3, 0, ("10.0.0.1",))), FOUND, 1),
        ((GOOD, Row("doors", 3, 0, (), "not reached")), FOUND, 1),
        ((GOOD,), {"no check": []}, 1),
    ],
)
def test_what_is_wrong_is_the_exit_code(
    rows: tuple[Row, ...],
    found: dict[str, list[str]],
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(
        "sys.argv", ["tests.ssrf", "--pairs", "2", "--redirects", "1", "--cases", "0", "--rebindings", "2"]
    )
    monkeypatch.setattr(command, "run", lambda *_: iter((GOOD,)))
    monkeypatch.setattr(command, "found", lambda *_: FOUND)
    monkeypatch.setattr(command, "why_not", lambda: "")
    monkeypatch.setattr(command, "tried", lambda *_, **__: Told(rows, found))
    assert command.main() == code
    assert ("it does not hold" in capsys.readouterr().out) == bool(code)


def test_a_machine_that_cannot_is_told_of(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["tests.ssrf"])
    monkeypatch.setattr(command, "run", lambda *_: iter((GOOD,)))
    monkeypatch.setattr(command, "found", lambda *_: FOUND)
    monkeypatch.setattr(command, "why_not", lambda: "namespaces are not allowed")
    assert command.main() == 1
    assert "no network of its own: namespaces are not allowed" in capsys.readouterr().out
