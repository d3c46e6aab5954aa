"""Being told off: how long a host is left alone, by which name, and whom that concerns."""

from datetime import timedelta

import pytest

from relay.core.polling.pause import FIRST, LONGEST, LONGEST_UNASKED, Pause, host_of, longest, name, names, pause
from tests.core.things import DAY, HOUR, MINUTE, NOW

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("asked", "gap"),
    [
        (SECOND, FIRST),
        (9 * MINUTE, FIRST),
        (11 * MINUTE, 11 * MINUTE),
        (29 * DAY, 29 * DAY),
        (31 * DAY, LONGEST),
        (timedelta(0), FIRST),
        (None, FIRST),
    ],
)
def test_a_server_gets_the_wait_it_asks_for_and_ten_minutes_at_least(asked: timedelta | None, gap: timedelta) -> None:
    assert pause(None, asked, "429", NOW) == Pause(NOW + gap, 1, "429")


@pytest.mark.parametrize(
    ("refusals", "gap"),
    [(1, 20 * MINUTE), (2, 40 * MINUTE), (5, 320 * MINUTE), (6, LONGEST_UNASKED), (9999, LONGEST_UNASKED)],
)
def test_without_a_word_every_refusal_doubles_the_wait_up_to_six_hours(refusals: int, gap: timedelta) -> None:
    before = Pause(NOW - SECOND, refusals, "429")
    assert pause(before, None, "429", NOW) == Pause(NOW + gap, refusals + 1, "429")


@pytest.mark.parametrize("asked", [SECOND, HOUR, None])
def test_a_pause_that_runs_is_never_shortened(asked: timedelta | None) -> None:
    assert pause(Pause(NOW + DAY, 1, "429"), asked, "503", NOW) == Pause(NOW + DAY, 2, "503")


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://agence.test/rss", "agence.test"),
        ("https://Agence.TEST/rss", "agence.test"),
        ("https://agence.test:443/rss", "agence.test"),
        ("http://agence.test:80/rss", "agence.test"),
        ("http://agence.test:443/rss", "agence.test:443"),
        ("https://agence.test:8443/rss", "agence.test:8443"),
        ("https://user:secret@agence.test/rss", "agence.test"),
        ("https://user:secret@Agence.test:8443/rss", "agence.test:8443"),
        ("https://musée.test/rss", "xn--muse-dpa.test"),
        ("https://MUSÉE.test:443/rss", "xn--muse-dpa.test"),
        ("https://xn--muse-dpa.test/rss", "xn--muse-dpa.test"),
        ("http://192.0.2.1:8080/rss", "192.0.2.1:8080"),
        ("http://[2001:DB8::1]/rss", "[2001:db8::1]"),
        ("http://[2001:db8::1]:8080/rss", "[2001:db8::1]:8080"),
        ("http://[2001:db8::1/rss", ""),
        ("http://agence.test:99999/rss", ""),
        ("http://agence.test:rss/", ""),
        (f"http://{'é' * 300}.test/", ""),
        ("nonsense", ""),
        ("", ""),
    ],
)
def test_a_host_has_one_name_however_it_is_written(url: str, host: str) -> None:
    assert host_of(url) == host


OWN = frozenset({"intranet.example.fr"})


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("agence.test", "agence.test"),
        ("agence.test:8443", "agence.test:8443"),
        ("8.8.8.8", "8.8.8.8"),
        ("[2a00:1450::1]:8080", "[2a00:1450::1]:8080"),
        ("", "source s"),
        ("intranet.example.fr", "source s"),
        ("intranet.example.fr:8080", "source s"),
        ("localhost:8080", "source s"),
        ("127.0.0.1:8080", "source s"),
        ("10.0.0.1", "source s"),
        ("[::1]", "source s"),
        ("[::1]:8080", "source s"),
        ("wiki.local", "source s"),
        ("wiki.internal", "source s"),
    ],
)
def test_a_host_is_left_alone_but_of_machines_of_one_s_own_only_the_source(host: str, expected: str) -> None:
    assert name(host, "s", OWN) == expected


@pytest.mark.parametrize(
    ("host", "domains"),
    [
        ("agence.test", []),
        ("blog.agence.test", ["*.agence.test"]),
        ("a.blog.agence.test:8443", ["*.blog.agence.test", "*.agence.test"]),
    ],
)
def test_a_request_is_concerned_by_the_pauses_of_its_host_and_of_the_domains_above(
    host: str, domains: list[str]
) -> None:
    found = names(host, "s", OWN)

    assert found[0] == host
    assert [one for one in found if one.startswith("*.")] == domains


RUNNING = {
    "agence.test": Pause(NOW + HOUR, 1, "429"),
    "*.example.fr": Pause(NOW + 2 * HOUR, 1, "429"),
    "www.example.fr": Pause(NOW + 3 * HOUR, 1, "429"),
    "source t": Pause(NOW + DAY, 1, "429"),
}


@pytest.mark.parametrize(
    ("urls", "until"),
    [
        (["https://agence.test/b"], HOUR),
        (["https://Agence.test/b"], HOUR),
        (["https://agence.test:443/c"], HOUR),
        (["https://user:secret@agence.test/c"], HOUR),
        (["https://agence.test:8443/c"], None),
        (["https://blog.example.fr/"], 2 * HOUR),
        (["https://www.example.fr/"], 3 * HOUR),
        (["https://agence.test/b", "https://www.example.fr/"], 3 * HOUR),
        (["https://autre.test/", "https://agence.test/"], HOUR),
        (["https://autre.test/", ""], None),
        (["http://127.0.0.1/"], None),
    ],
)
def test_the_longest_pause_that_concerns_any_of_its_addresses_holds_a_source(
    urls: list[str], until: timedelta | None
) -> None:
    found = longest(RUNNING, urls, "s", OWN)
    assert (found and found.until) == (NOW + until if until else None)


def test_a_pause_of_a_source_holds_it_on_every_machine_of_one_s_own() -> None:
    assert longest(RUNNING, ["http://127.0.0.1/", "http://127.0.0.1:8080/"], "t", OWN) == RUNNING["source t"]
