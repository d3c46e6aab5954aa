"""Three hosts of one domain that ask to be left alone speak for all of it, for some hours."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest

from relay.core.polling.pause import LONGEST_UNASKED
from relay.storage.database import Database
from tests.pipeline.following import Following, following
from tests.pipeline.telling import answered, configured, free, running, told

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BLOGS = [f"{name}.blogs.fr" for name in ("un", "deux", "trois")]


@pytest.fixture
def relay(db: Database) -> Iterator[Following]:
    with following(db) as found:
        yield found


def test_three_hosts_of_a_domain_that_sources_are_on_speak_for_all_of_it(relay: Following) -> None:
    configured(relay, *(f"https://{host}/rss" for host in (*BLOGS, "quatre.blogs.fr", "blogs.fr")))
    told(relay, *BLOGS[:2])
    before = free(relay)
    told(relay, BLOGS[2])

    assert before == [f"https://{host}/rss" for host in ("blogs.fr", "quatre.blogs.fr", "trois.blogs.fr")]
    assert free(relay) == ["https://blogs.fr/rss"]


@pytest.mark.parametrize("hosts", [["a.blogs.fr", "b.blogs.fr", "c.blogs.fr"], [*BLOGS[:2], "c.blogs.fr"]])
def test_hosts_that_no_source_is_on_speak_for_nobody(relay: Following, hosts: Sequence[str]) -> None:
    """Somebody's feed may redirect to any three of them, and would silence their whole domain."""
    configured(relay, *(f"https://{host}/rss" for host in (*BLOGS[:2], "quatre.blogs.fr")))
    told(relay, *hosts)

    assert "https://quatre.blogs.fr/rss" in free(relay)
    assert "*.blogs.fr" not in running(relay)


@pytest.mark.parametrize(("wait", "longest"), [(HOUR, HOUR), (30 * DAY, LONGEST_UNASKED)])
def test_a_domain_is_left_alone_for_some_hours_whatever_its_hosts_ask(
    relay: Following, wait: timedelta, longest: timedelta
) -> None:
    configured(relay, *(f"https://{host}/rss" for host in BLOGS))
    told(relay, *BLOGS, wait=wait)

    assert running(relay) == {**dict.fromkeys(BLOGS, wait), "*.blogs.fr": longest}


def test_one_good_answer_ends_the_pause_of_a_domain_and_none_of_its_hosts(relay: Following) -> None:
    configured(relay, *(f"https://{host}/rss" for host in (*BLOGS, "quatre.blogs.fr")))
    told(relay, *BLOGS)
    answered(relay, "https://quatre.blogs.fr/rss")

    assert running(relay) == dict.fromkeys(BLOGS, HOUR)
