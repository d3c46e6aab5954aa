"""Whatever happens to a configuration, mending makes it no worse."""

import pytest

from relay.config import mending
from relay.config.mending import Edit
from tests.fuzz.mending import run
from tests.fuzz.mutants import mutants


def test_no_mutated_file_suffers_by_being_mended() -> None:
    found = run(mutants(3, 120, largest=False))
    assert found.wrong == {}
    assert found.mended >= 15


def test_a_mender_that_looks_at_nothing_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mending, "_is_worse", lambda *_: False)
    edited = mending._edited
    monkeypatch.setattr(
        mending, "_edited", lambda text, edit: edited(text, Edit(edit.line, edit.start, edit.end, "x["))
    )
    assert run(mutants(3, 120, largest=False)).wrong
