"""Whatever everybody does, in any order, on a real database: a short walk in the suite, a long one by a command."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from relay.core.outcome import NotThere
from relay.core.review import workflow
from relay.pipeline import tidy
from relay.pipeline.accounts import standing
from relay.storage.database import Database, open_database
from relay.storage.schema import migrate
from tests.machine.life import Life

SHORT = settings(max_examples=10, stateful_step_count=20, suppress_health_check=list(HealthCheck), print_blob=False)
UNTIL_FOUND = settings(SHORT, max_examples=40, phases=(Phase.generate,), report_multiple_bugs=False)


def live(address: str, how: settings) -> None:
    """Walks on the database at this address, which has its tables."""

    class Here(Life):
        """The same, there."""

    Here.address = address
    run_state_machine_as_test(Here, settings=how)


def test_whatever_happens_nothing_leaves_unapproved_or_twice_and_the_audit_holds(
    db: Database, database_address: str
) -> None:
    db.close()
    live(database_address, SHORT)


Plant = Callable[[pytest.MonkeyPatch], None]


def nothing(*_: object) -> None:
    """What is left out."""


def sends_what_may_be_there(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(tidy, "_find", lambda *_: NotThere())


def lets_writers_approve(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(workflow, "_check_yes", nothing)


def forgets_the_stop(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(standing, "is_barred", lambda *_: False)
    patch.setattr("relay.pipeline.deliver.stops.in_force", nothing)


def forgets_a_line(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("relay.storage.journal.write", nothing)


@pytest.mark.parametrize("plant", [sends_what_may_be_there, lets_writers_approve, forgets_the_stop, forgets_a_line])
def test_a_planted_bug_is_found(
    plant: Plant, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    address = str(tmp_path_factory.mktemp("machine") / "relay.db")
    db = open_database(address)
    migrate(db)
    db.close()
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        live(address, UNTIL_FOUND)
