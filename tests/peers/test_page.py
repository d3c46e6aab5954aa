"""The page's example runs as it stands there."""

import re
from pathlib import Path

import pytest

from tests.peers.__main__ import main

ROOT = Path(__file__).parents[2]


def test_the_adapter_on_the_page_can_be_put_on_trial(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (example,) = re.findall(r"```py\n(.*?)```", (ROOT / "docs/delivery/peers.md").read_text(), re.DOTALL)
    (tmp_path / "mine.py").write_text(example)
    monkeypatch.chdir(ROOT)
    monkeypatch.syspath_prepend(tmp_path)
    code = main(["--tool", "mine:Mine", "--entries", "4", "--kills", "1", "--faults", "0"])

    assert code == 0
    assert "| mine | 1 | 4 | 1 |" in capsys.readouterr().out


def test_a_tool_that_there_is_not_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--tool", "nobody"])

    assert "there is no 'nobody'; there are: relay, feed2toot" in capsys.readouterr().err
