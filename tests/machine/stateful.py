"""The same rules, chosen by Hypothesis, which looks for the shortest way to what goes wrong."""

from typing import ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.machine import invariants
from tests.machine.draining import drain
from tests.machine.far_end import KINDS
from tests.machine.life import Life
from tests.machine.process import Process
from tests.machine.rules import RULES, Step, take
from tests.machine.walk import begun

WEIGHED = [name for name, one in RULES.items() for _ in range(one.weight)]


def steps_of(name: str) -> st.SearchStrategy[Step]:
    """One of its words for each of its choices."""
    words = st.tuples(*(st.sampled_from(some) for some in RULES[name].choices))
    return words.map(lambda chosen: (name, chosen))


class Machine(RuleBasedStateMachine):
    """One rule: the next step. What is public is counted at the end, unless something went wrong before."""

    process: ClassVar[Process]
    life: Life | None = None

    @initialize(kind=st.sampled_from(KINDS))
    def begin(self, kind: str) -> None:
        self.life = begun(self.process, kind)

    @rule(step=st.sampled_from(WEIGHED).flatmap(steps_of))
    def next_step(self, step: Step) -> None:
        life = self._let_go()
        take(life, step)
        self.life = life

    @invariant()
    def holds(self) -> None:
        if self.life:
            life = self._let_go()
            invariants.check(life)
            self.life = life

    def teardown(self) -> None:
        if self.life:
            drain(self.life)
            invariants.check(self.life)

    def _let_go(self) -> Life:
        """Whoever does not come back with it has found something."""
        life, self.life = self.life, None
        assert life is not None
        return life


def live(process: Process, how: settings) -> None:
    """Walks on this database."""

    class Here(Machine):
        """The same, there."""

    Here.process = process
    run_state_machine_as_test(Here, settings=settings(how, suppress_health_check=list(HealthCheck), deadline=None))
