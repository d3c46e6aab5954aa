"""What is asked of a run, and the times that relay goes by in it."""

import json
from dataclasses import asdict, dataclass, field, replace

EACH_FOR_ITSELF = "each-for-itself"


@dataclass(frozen=True, slots=True)
class Times:
    """In seconds. ``lease``: a worker that was not heard of for so long is taken for dead; ``post``: how long it has a post.

    ``every``: between two polls of a source at least. ``first_look`` and ``second_look``: before relay looks for a post
    whose attempt is in doubt, and once more. Those of this class are relay's own, but for ``post`` and ``every``: two
    minutes and an hour, which are longer than a run has.
    """

    lease: float = 15
    post: float = 15
    every: float = 60
    first_look: float = 60
    second_look: float = 20

    def written(self) -> str:
        """As a process is told them."""
        return json.dumps(asdict(self))


def read(written: str) -> Times:
    """What a process is told."""
    return Times(**json.loads(written))


SHORT = Times(lease=4, post=10, every=6, first_look=1.5, second_look=1)
"""For a run of seconds. The far ends are done with a call long before anybody looks for what came of it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How many of each: ``alone`` are stops and deaths that come one at a time, so that it can be seen who takes over.

    ``stops``, ``kills`` and ``cuts`` are all of them, of any process; ``seconds``: for how long at most they go on.
    """

    sources: int = 1000
    posts: int = 1000
    workers: int = 4
    webs: int = 2
    stops: int = 20
    kills: int = 10
    cuts: int = 10
    alone: int = 4
    seconds: float = 240
    longest_cut: float = 120
    faulty: float = 0.02
    seed: int = 0
    plant: str = ""
    patience: float = 180
    """Seconds after which what is still open is not going to end, beside what a doubt takes."""
    slowest: float = 2
    """Seconds within which 95 of 100 pages come, whatever dies."""
    later: float = 10
    """Seconds after a lease in which somebody else must have taken over."""
    times: Times = field(default_factory=Times)

    @property
    def work(self) -> str:
        """``[service] work`` of every process. With this bug planted each worker is a whole relay that knows of no other."""
        return "here" if self.plant == EACH_FOR_ITSELF else "workers"

    @property
    def each(self) -> int:
        """Entries of a source."""
        return -(-self.posts // self.sources)

    def names(self) -> tuple[str, ...]:
        """Every process of relay's: workers, then webs."""
        return (*(f"worker{n}" for n in range(self.workers)), *(f"web{n}" for n in range(self.webs)))


def short(plant: str = "", **more: float) -> Plan:
    """The form that the suite has time for, on a machine that has much else to do."""
    few = Plan(20, 40, 2, 1, stops=1, kills=1, cuts=1, alone=0, seconds=14, longest_cut=2, faulty=0)
    return replace(few, patience=150, slowest=15, later=30, times=SHORT, plant=plant, **more)  # type: ignore[arg-type]  # the test names them
