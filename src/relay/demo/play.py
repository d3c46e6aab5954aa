"""The whole service on loopback: sample sources, sandbox networks, one editor."""

import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from relay.config.configuration import Configuration
from relay.config.load import load
from relay.config.messages import report
from relay.core.people import Editor, Role
from relay.daemon import serve
from relay.demo import site, sources, timelines
from relay.demo.walk import walk
from relay.storage import people
from relay.wiring import Relay, build, clock, network_keys

CAMILLE = Editor("camille", Role.DIRECTOR)

GREETING = """
relay demo: everything on this machine, nothing leaves it.

  Open      {page}
            (good once, for 15 minutes; you are {editor}, {role})

  Then see  {timelines}   the sandbox networks' timelines
            {public}/feeds/blog/   the archive page and the feeds
            {agency}   a sample source; it can publish more news

Ctrl-C ends it.
"""


def play(listen: tuple[str, int], keep: Path | None, *, once: bool) -> int:
    """Run the demo until it is stopped, or walk one entry through it; the exit code."""
    with _world(listen, keep, once=once) as (relay, places):
        if once:
            return walk(relay, CAMILLE)
        return serve(relay, ready=lambda: _greet(relay, places), wanted=tuple(relay.desk.sources))
