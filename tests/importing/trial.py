"""The promise, whole: a real tool posts to a server, its files are imported, and relay goes on from there."""

import io
import json
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from random import Random

from relay.cli.main import run as relay
from tests.edges.opened import migrated
from tests.fakes.mastodon import TOKEN
from tests.peers.adapter import Place, Tool
from tests.peers.far_end import FarEnd, standing
from tests.peers.process import once
from tests.peers.publisher import OLD, Publisher, publishing
from tests.peers.tools.relay import OUT
from tests.torture import clock as clocks
from tests.torture.clock import Clock

FILES = {
    "feed2toot": ("feed2toot.ini", "cache.db"),
    "feed2fedi": ("config.json", "cache.sqlite"),
    "feediverse": ("feediverse.yml",),
    "rss2toot": ("rss2toot.dir",),
}
"""What each tool leaves in its folder that is worth importing."""
_BEFORE = """version  = 1
language = "fr"

[service]
database = "{folder}/relay.db"
feeds    = "{folder}/feeds"
allow    = ["127.0.0.1"]
"""
_SOURCE = """
[sources.agence]
url = "{feed}"
"""


@dataclass(frozen=True, slots=True)
class Result:
    """Of so many ``entries``: how many the tool posted, how many came ``twice`` or were ``lost``, and what was published."""

    entries: int
    posted: int
    twice: int
    lost: int
    published: int
    skipped: tuple[str, ...]

    @property
    def is_kept(self) -> bool:
        """Whether all are public once, and all stand in relay's own feed."""
        return self.posted > 0 and not (self.twice or self.lost) and self.published == self.entries


@dataclass(frozen=True, slots=True)
class Plan:
    """So many entries that the tool posts and relay posts; ``forgets`` is the planted fault: nothing is remembered."""

    before: int = 3
    after: int = 2
    seed: int = 0
    forgets: bool = False


def run(tool: Tool, plan: Plan, folder: Path) -> Result:
    """One tool's last run, the import, and relay's first."""
    chance = Random(plan.seed)  # noqa: S311  # chance, and no secret
    with publishing() as (publisher, _), standing(clock := clocks.made(folder), chance) as far:
        place = Place(folder, f"{publisher.url}/rss", far.url, TOKEN)
        _post(tool, place, publisher, clock, plan.before)
        posted = len(far.mastodon.statuses)
        source = _bring_over(tool, place, forgets=plan.forgets)
        _work(folder, clock)
        if plan.after:
            publisher.newest += plan.after
            _work(folder, clock)
        assert relay(["publish", "--config", str(folder / "relay.toml"), "--at", clock.now().isoformat()]) == 0
        return _judged(far, publisher, folder, source, posted)


def _post(tool: Tool, place: Place, publisher: Publisher, clock: Clock, before: int) -> None:
    """It sees what is old, then it posts what is new."""
    tool.prepare(place)
    publisher.newest += before
    ended = once(tool.command(place, clock.now()), place.folder, lambda: 0, None)
    assert ended.code == 0, (place.folder / "said").read_text()


def _bring_over(tool: Tool, place: Place, *, forgets: bool) -> str:
    """The tool's files, then the account by hand; all that the feed shows at first is to be offered."""
    migrated(place.folder / "relay.db").close()
    file = place.folder / "relay.toml"
    file.write_text(_BEFORE.format(folder=place.folder))
    (place.folder / "token").write_text(place.token)
    (place.folder / "token").chmod(0o600)
    names = [str(place.folder / name) for name in FILES[tool.name]]
    if forgets:
        file.write_text(file.read_text() + _SOURCE.format(feed=place.feed))
    else:
        assert relay(["import", tool.name, *names, "--write", "--config", str(file)]) == 0
    text = file.read_text()
    if "[sources." not in text:
        text += _SOURCE.format(feed=place.feed)
    source = text.partition("[sources.")[2].partition("]")[0]
    text = text.replace(f'url = "{place.feed}"', f'url = "{place.feed}"\nbacklog = "latest 1000"\npictures = "none"')
    file.write_text(text + OUT.format(source=source, server=place.server, folder=place.folder))
    assert relay(["user", "add", "camille", "--config", str(file)]) == 0
    return source


def _work(folder: Path, clock: Clock) -> None:
    """What is new is read, an editor says yes to all that waits, and it leaves."""
    now = ("--config", str(folder / "relay.toml"), "--at", clock.now().isoformat())
    assert relay(["poll", "--all", *now]) == 0
    for one in _listed(["queue", "list", "--state", "waiting", "--json", *now]):
        assert relay(["queue", "approve", str(one["id"]), "--as", "camille", *now]) == 0
    assert relay(["deliver", *now]) == 0


def _listed(words: Sequence[str]) -> list[dict[str, object]]:
    with redirect_stdout(io.StringIO()) as listed:
        assert relay(words) == 0
    found: list[dict[str, object]] = json.loads(listed.getvalue())
    return found


def _judged(far: FarEnd, publisher: Publisher, folder: Path, source: str, posted: int) -> Result:
    public = far.public()
    known = ["queue", "list", "--state", "skipped", "--json", "--config", str(folder / "relay.toml")]
    feed = next((folder / "feeds").rglob("*.atom"), None) or next((folder / "feeds").rglob("*.xml"))
    return Result(
        entries=publisher.newest,
        posted=posted,
        twice=sum(max(count - 1, 0) for count in public.values()),
        lost=sum(not public[number] for number in range(OLD + 1, publisher.newest + 1)),
        published=feed.read_text().count("<entry>"),
        skipped=tuple(str(one["note"]) for one in _listed(known)),
    )
