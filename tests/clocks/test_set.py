"""Every way in which a clock is set, and every state in which something waits for it: nothing twice, nothing stalls."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import httpx
import pytest

from relay.core.account import Account
from relay.core.crosspost import Request, State
from relay.core.outcome import Finding
from relay.networks.sandbox import network
from tests.clocks.posts import GAP, PACES, SCHEDULES, WAIT, copies, place, resume
from tests.clocks.scene import Scene, staged
from tests.clocks.wall import NONE

HOUR, MONTH = timedelta(hours=1), timedelta(days=30)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
JUMPS: dict[str, tuple[timedelta, ...]] = {
    "an hour back": (NONE, -HOUR),
    "an hour ahead": (NONE, HOUR),
    "a month ahead": (NONE, MONTH),
    "an hour ahead and put right": (HOUR, NONE),
    "a month ahead and put right": (MONTH, NONE),
    "an hour behind and put right": (-HOUR, NONE),
    "a month ahead for two minutes": (NONE, MONTH, NONE),
}
"""How far the clock is ahead while things are placed, and then."""
AHEAD = {"an hour ahead", "a month ahead", "a month ahead for two minutes", "an hour behind and put right"}
"""After these, what waits may leave sooner than it would have."""
WAITS = {"fresh": HOUR, "busy": 20 * MINUTE, "broken": HOUR / 2, "gone": HOUR / 2, "asks-for-two-hours": 2 * HOUR}
"""After how long each source is to be asked again, longer by at most a twentieth; twice as long after a second failure."""


@contextmanager
def after(folder: Path, jump: str) -> Iterator[Scene]:
    first, *then = JUMPS[jump]
    with staged(folder, PACES, SCHEDULES) as scene:
        scene.wall.ahead = first
        place(scene)
        scene.tick()
        for number, ahead in enumerate(then):
            if number:
                scene.pass_(2 * MINUTE, MINUTE)
            scene.wall.ahead = ahead
        yield scene


def posts(folder: Path, jump: str) -> None:
    """Every post leaves once and in time, or an assertion says which did not."""
    with after(folder, jump) as scene:
        begun, chosen = scene.wall.real, scene.to("chosen").wanted_at
        is_chosen_far = chosen is not None and chosen - scene.wall.now() > MONTH / 2
        resume(scene)
        scene.pass_(35 * MINUTE, MINUTE)
        soon = {account: scene.to(account).state for account in PACES}
        scene.pass_(8 * HOUR, 20 * MINUTE)
        late = {account: scene.to(account).state for account in PACES}

        waits_on = {"slot", "chosen"}
        assert {name: state for name, state in soon.items() if name not in waits_on} == {
            **{name: State.SENT for name in PACES if name not in waits_on},
            "withdrawing": State.WITHDRAWN,
        }
        assert late["slot"] is State.SENT
        assert (late["chosen"] is State.SENT) != is_chosen_far
        assert copies(scene.board) == {**dict.fromkeys(PACES, 1), "paced": 2, "chosen": int(not is_chosen_far)}
        assert sorted(scene.board.changes) == ["DELETE withdrawing", "PUT updating"]
        _assert_not_early(scene, begun, is_ahead=jump in AHEAD)


def _assert_not_early(scene: Scene, begun: timedelta, *, is_ahead: bool) -> None:
    """By the wall for what has its hour there; by what really went by for what waits, unless the clock ran ahead."""
    board = scene.board
    chosen = scene.to("chosen").wanted_at
    assert chosen is not None
    assert all(one.wall >= chosen - SECOND for one in board.of("chosen"))
    hours = [one.wall.astimezone(ZoneInfo("Europe/Paris")) for one in board.of("slot")]
    assert all(one.hour % 6 == 0 and one.minute <= 30 for one in hours)
    if not is_ahead:
        assert board.of("retry")[0].real - begun >= WAIT - MINUTE
        first, second = (one.real for one in board.of("paced"))
        assert GAP <= second - first <= GAP + 2 * MINUTE


def sources(folder: Path, jump: str) -> None:
    """Every source is asked again after no longer a wait, and never twice at once, or an assertion says which."""
    with after(folder, jump) as scene:
        asked = {name: len(when) for name, when in scene.publishers.asked.items()}
        scene.tick()
        at_once = {name: len(when) - asked[name] for name, when in scene.publishers.asked.items()}
        scene.pass_(130 * MINUTE, MINUTE)

        for name, wait in WAITS.items():
            when = scene.publishers.asked[name]
            following = when[asked[name] - 1 : asked[name] + 1]
            failures = asked[name] if name in {"broken", "gone"} else 1
            assert len(following) == 2, f"{name} was not asked again in two hours"
            assert following[1] - following[0] <= wait * failures * 1.05 + MINUTE + 5 * SECOND, name
        assert all(number <= 1 for number in at_once.values())
        if jump not in AHEAD:
            assert not any(at_once.values())


@pytest.mark.parametrize("jump", JUMPS)
def test_every_post_leaves_once_and_in_time(tmp_path: Path, jump: str) -> None:
    posts(tmp_path, jump)


@pytest.mark.parametrize("jump", JUMPS)
def test_every_source_is_asked_after_no_longer_a_wait(tmp_path: Path, jump: str) -> None:
    sources(tmp_path, jump)


@pytest.mark.parametrize(
    ("step", "check"), [("pipeline.clearing.before_delivering", posts), ("service.before_polling", sources)]
)
def test_without_the_repair_they_stall(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, check: Callable[[Path, str], None]
) -> None:
    monkeypatch.setattr(f"relay.{step}", lambda *_: None)
    with pytest.raises(AssertionError):
        check(tmp_path, "a month ahead and put right")


def test_what_may_be_public_is_looked_for_from_before_it_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A network that lists by date would say that it has nothing of next month, and the post would leave again."""
    looked: list[datetime] = []

    def find(http: httpx.Client, account: Account, request: Request, since: datetime) -> Finding:
        looked.append(since)
        return network.find(http, account, request, since)

    with staged(tmp_path, PACES, SCHEDULES) as scene:
        scene.relay.poll()
        scene.wall.real, scene.wall.ahead = HOUR / 2, MONTH
        place(scene)
        scene.tick()
        scene.wall.ahead = NONE
        sandbox = SimpleNamespace(**{**vars(network), "find": find})
        monkeypatch.setitem(scene.relay.desk.networks, "sandbox", sandbox)
        left = scene.wall.start + scene.board.of("answered")[0].real
        scene.wall.real += HOUR  # it stood still meanwhile
        scene.pass_(5 * MINUTE, MINUTE)

    assert looked
    assert max(looked) <= left
