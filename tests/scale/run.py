"""One run: everything is set up, torn at, left alone until nothing is open, and judged."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import httpx

from relay.storage import workers
from relay.storage.database import Database, open_database
from tests.real.ports import free_port
from tests.scale import caddy, editor, far, proxy, rows, site
from tests.scale.database import Server
from tests.scale.editor import Desk
from tests.scale.far import Far
from tests.scale.plan import Plan
from tests.scale.site import Site
from tests.scale.staff import Staff
from tests.scale.torment import Torment
from tests.scale.verdict import Verdict, judge, unwell

STEADY = 240.0
"""Seconds that a start of all may take on a machine that has much else to do."""
Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Scene:
    """What a run has: the far ends, the processes, the editor, and the database past the proxy."""

    plan: Plan
    far: Far
    staff: Staff
    desk: Desk
    db: Database
    torment: Torment

    @property
    def site(self) -> Site:
        """Its folder."""
        return self.staff.site


def run(plan: Plan, folder: Path, server: Server, told: Told = lambda _: None) -> Verdict:
    """On an empty database; what came of it."""
    with scene(plan, folder, server) as found:
        with found.desk.working():
            _polled(found)
            told("every process is at work")
            found.torment.run()
            told(f"{len(found.torment.incidents)} incidents; now it is left alone")
            _drained(found, told)
        seen = found.far.seen()
        found.staff.end()
        return judge(found.plan, seen, found.torment.incidents, found.db, found.desk, _wrong(found))


@contextmanager
def scene(plan: Plan, folder: Path, server: Server) -> Iterator[Scene]:
    """Everything at work, until the end of the block; every process of ours is gone then."""
    folder.mkdir(exist_ok=True)
    ports = {name: free_port() for name in plan.names()}
    webs = [port for name, port in ports.items() if name.startswith("web")]
    public = free_port()
    place = Site(folder, f"http://127.0.0.1:{public}", ports, server.name)
    staff = Staff(plan, place)
    with (
        far.standing(plan.each, plan.faulty, plan.seed) as ends,
        proxy.standing(plan.names(), server.socket) as doors,
        caddy.before(webs, public, folder),
    ):
        common = site.rest(plan, ends)
        for name in plan.names():
            place.write(name, common, doors.ports[name], plan.work)
        _migrated(place)
        db = open_database(server.address)
        try:
            desk = editor.hired(db, place.public, plan.posts / max(plan.seconds * 0.9, 1))
            for name in plan.names():
                staff.start(name)
            torment = Torment(plan, staff, doors, Random(plan.seed))  # noqa: S311  # no secret
            yield Scene(plan, ends, staff, desk, db, torment)
        finally:
            staff.stop()
            db.close()


def _migrated(place: Site) -> None:
    """As an operator would, before the first start."""
    line = [sys.executable, "-m", "relay", "migrate", "--config", str(place.file("web0"))]
    subprocess.run(line, check=True, capture_output=True, env=site.environment(), timeout=120)  # ours


def _polled(found: Scene) -> None:
    """Until the pages answer, sources are asked, and every worker says that it is there."""
    end = time.monotonic() + STEADY
    while time.monotonic() < end:
        if _present(found) and found.far.seen().asked and _answers(found.site.public):
            return
        found.staff.look()
        time.sleep(0.25)
    raise RuntimeError("not every worker is there, or no page answers; see the logs")


def _present(found: Scene) -> bool:
    if found.plan.work == "here":
        return True
    with found.db.read() as tx:
        return len(workers.every(tx)) >= found.plan.workers


def _answers(public: str) -> bool:
    try:
        return httpx.get(f"{public}/", trust_env=False, timeout=5).status_code < 500
    except httpx.HTTPError:
        return False


def _drained(found: Scene, told: Told) -> None:
    """Until every post has its yes and nothing is open."""
    times = found.plan.times
    end = time.monotonic() + found.plan.patience + times.post + times.lease + 2 * (times.first_look + times.second_look)
    while time.monotonic() < end:
        found.staff.look()
        left = rows.open_ones(found.db)
        late = unwell(found.plan, found.far.seen())
        if not left and not late and len(found.desk.acked) >= found.plan.sources * found.plan.each:
            return
        states = ", ".join(f"{many} {state}" for state, many in left.items())
        told(f"{len(found.desk.acked)} with a yes, {states or 'all at an end'}; {len(late)} sources are late")
        time.sleep(1)


def _wrong(found: Scene) -> list[str]:
    """What the processes themselves got wrong, and whether the chain of the audit holds."""
    line = [sys.executable, "-m", "relay", "audit", "verify", "--config", str(found.site.file("web0"))]
    said = subprocess.run(line, check=False, capture_output=True, text=True, env=site.environment(), timeout=120)
    bad = [] if said.returncode == 0 else [f"the audit does not verify: {said.stdout}{said.stderr}"]
    return [*bad, *found.staff.ended, *found.staff.sayings()]
