"""The blog served by relay, with what stands behind it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.edges.newsroom import Newsroom, open_newsroom, served
from tests.wire.site import FEED, RETIRED, Site, daemon


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with daemon(tmp_path) as site:
        site.publish(2)
        yield site


@pytest.fixture
def planned(tmp_path: Path) -> Iterator[tuple[Newsroom, Site]]:
    """The blog and the room behind it, whose clock and tables can be moved."""
    with open_newsroom(tmp_path) as room:
        office = replace(room.office, desk=replace(room.office.desk, feeds=(FEED,)), retired=RETIRED)
        with served(office) as url:
            site = Site(f"{url}/feeds/", office.feeds)
            site.publish(2)
            yield room, site
