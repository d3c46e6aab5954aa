"""How whole files are shared out to processes, one of which may die: the others go on, and its place is taken."""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController


class Sharing(LoadFileScheduling):  # type: ignore[misc]  # xdist says nothing of its types
    """xdist 3.8 hands out again what the dead one had done, and the run then waits for ever (its issues 1189, 1327, 1378)."""

    def remove_node(self, node: WorkerController) -> str | None:
        """The test that a process died in has failed; only what it had not begun is for others."""
        work = self.assigned_work[node]
        died_in = next((test for unit in work.values() for test, is_done in unit.items() if not is_done), None)
        if died_in:
            work[self._split_scope(died_in)][died_in] = True
        for scope in [scope for scope, unit in work.items() if all(unit.values())]:
            del work[scope]
        super().remove_node(node)
        return died_in

    def _reschedule(self, node: WorkerController) -> None:
        """A process begins a test when it knows the next one, or that there is none; a new one first looks for tests."""
        if node not in self.registered_collections:
            return
        while self.workqueue and not node.shutting_down and self._pending_of(self.assigned_work[node]) < 2:
            self._assign_work_unit(node)
        super()._reschedule(node)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Sharing | None:
    """In the place of ``--dist loadfile``."""
    return Sharing(config, log) if config.getvalue("dist") == "loadfile" else None
