"""The whole service on loopback: sample sources, sandbox networks, one editor."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from errno import EEXIST
from pathlib import Path

from relay.config.configuration import Configuration
from relay.config.load import load
from relay.core.people import Editor, Role
from relay.daemon import serve
from relay.demo import site, sources, timelines
from relay.demo.board import SandboxAccount
from relay.demo.far_ends import NONE, FarEnds, far_ends
from relay.demo.serving import LOOPBACK
from relay.demo.walk import walk
from relay.intake.wire.pace import Turns
from relay.service import Relay
from relay.storage import people
from relay.wiring import build, clock, network_keys

CAMILLE = Editor("camille", Role.DIRECTOR)

ACCOUNTS = (
    SandboxAccount("masto", "Veille Politique de la ville", "veille@bac-a-sable.exemple", "mastodon"),
    SandboxAccount("bsky", "Veille Politique de la ville", "veille.exemple.fr", "bluesky"),
)

GREETING = """
relay demo: everything on this machine, nothing leaves it.

  Open      {page}
            (good once, for 15 minutes; you are {editor}, {role})

  See also  {public}/feeds/blog/   the archive page and the feeds
            {timelines}/   the timelines of the sandbox networks
            {sources}/   the sample sources, which can publish more news
{others}
Ctrl-C ends it.
"""


@dataclass(frozen=True, slots=True)
class Stage:
    """The demo's service, and the addresses of the world around it."""

    relay: Relay
    sources: str
    timelines: str
    others: FarEnds


def play(
    listen: tuple[str, int],
    keep: Path | None,
    *,
    once: bool,
    tests: bool = False,
    met: Callable[[Configuration], None] = lambda _: None,
) -> int:
    """Run the demo until it is stopped, or walk one entry through it; the exit code. ``keep``: where its files stay.

    ``tests``: the networks of the tests are there too. ``met`` is told the configuration before it is used.
    """
    with staged(listen, keep, tests=tests, met=met) as stage:
        if once:
            return walk(stage.relay, CAMILLE)
        return serve(stage.relay, ready=lambda: _greet(stage), always_due=True)


@contextmanager
def staged(
    listen: tuple[str, int],
    keep: Path | None,
    *,
    tests: bool = False,
    met: Callable[[Configuration], None] = lambda _: None,
) -> Iterator[Stage]:
    """The service with everything around it, but without its loops and pages."""
    with ExitStack() as stack:
        folder = keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="relay-demo-")))
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / site.DATABASE).exists():
            raise FileExistsError(EEXIST, "an earlier demo is kept there; name another folder", str(folder))
        news = sources.serve(clock(), clock, _beside(listen, 2))
        stack.callback(news.stop)
        networks = timelines.serve(ACCOUNTS, _beside(listen, 1))
        stack.callback(networks.stop)
        others = stack.enter_context(far_ends()) if tests else NONE
        feeds = (news.url + sources.AGENCY_FEED, news.url + sources.TOWN_FEED)
        file = site.write(folder.resolve(), listen, feeds, networks.url, others)
        configuration = load(file, {**os.environ, **others.environment}, network_keys()).configuration
        if configuration is None:
            raise RuntimeError(f"the demo wrote a configuration that is not good: {file}")
        met(configuration)
        relay = stack.enter_context(build(configuration, turns=Turns(gap=0)))  # all of it is ours
        with relay.db.write() as tx:
            people.add(tx, CAMILLE.name, CAMILLE.role, relay.clock())
        yield Stage(relay, news.url, networks.url, others)


def _beside(listen: tuple[str, int], number: int) -> tuple[str, int]:
    """Any port of loopback; but beside the pages where those are for others to reach, as out of a container."""
    host, port = listen
    return LOOPBACK if host in {"127.0.0.1", "localhost"} else (host, port + number)


def _greet(stage: Stage) -> None:
    public = stage.relay.configuration.service.public_url
    text = GREETING.format(
        page=stage.relay.sign_in_address(CAMILLE.name),
        editor=CAMILLE.name,
        role=CAMILLE.role,
        public=public,
        timelines=stage.timelines,
        sources=stage.sources,
        others=f"            {stage.others.page}/   the networks of the tests\n" if stage.others.page else "",
    )
    print(text, flush=True)
