"""What a server tells of itself: how long its texts may be, how it counts them, and what it is."""

from dataclasses import replace

import httpx
import pytest

from relay.core.account import Account, Limits, Unit
from relay.core.outcome import CannotTell
from relay.networks.abilities import Told
from relay.networks.mastodon import network as mastodon
from relay.networks.mastodon.instance import software
from tests.edges.conftest import FarEnd
from tests.fakes import mastodon_dialects as dialects
from tests.fakes.mastodon import Mastodon
from tests.fakes.mastodon_dialects import Dialect


def asked(http: httpx.Client, account: Account) -> Told | CannotTell:
    ask = mastodon.abilities(account).ask_limits
    assert ask is not None
    return ask(http, account)


def limits(unit: Unit, most: int, link: int | None = None, *, warning: bool = True) -> Limits:
    return Limits(((unit, most),), link, local_mentions=link is not None, threads=True, counts_warning=warning)


@pytest.mark.parametrize(
    ("dialect", "told"),
    [
        (dialects.MASTODON_45, Told(limits("graphemes", 500, 23), "Mastodon 4.5.2")),
        (replace(dialects.MASTODON_45, most=5_000, version="4.5.2+glitch"), Told(limits("graphemes", 5_000, 23), "Mastodon 4.5.2+glitch")),
        (replace(dialects.MASTODON_45, told_link_cost=30), Told(limits("graphemes", 500, 30), "Mastodon 4.5.2")),
        (replace(dialects.GOTOSOCIAL, most=5_000), Told(limits("code points", 5_000), "GoToSocial 0.20.2")),
        (replace(dialects.PLEROMA, most=5_000), Told(limits("graphemes", 5_000), "Pleroma 2.9.0")),
        (dialects.PIXELFED, Told(limits("code points", 500, warning=False), "Pixelfed 0.12.6")),
        (dialects.FRIENDICA, Told(limits("code points", 200_000, warning=False), "Friendica 2024.12")),
        (dialects.SNAC, Told(limits("code points", 100_000), "snac 2.75")),
        (replace(dialects.PLEROMA, version="2.7.2 (compatible; Iceshrimp 2025.1)"), Told(limits("code points", 500), "Iceshrimp 2025.1")),
    ],
)  # fmt: skip
def test_each_server_is_counted_as_it_counts(
    mastodon_45: FarEnd, http: httpx.Client, mastodon_server: Mastodon, dialect: Dialect, told: Told
) -> None:
    mastodon_server.dialect = dialect
    assert asked(http, mastodon_45.account) == told


@pytest.mark.parametrize(
    ("version", "source", "name"),
    [
        ("4.6.0-beta.1", "https://github.com/mastodon/mastodon", ("Mastodon", "4.6.0-beta.1")),
        ("2.7.2 (compatible; Akkoma 3.15.2-0-gabc)", "", ("Akkoma", "3.15.2-0-gabc")),
        ("3.0.0 (compatible; Pleroma 2.6.52-725-g987f44d8)", "", ("Pleroma", "2.6.52-725-g987f44d8")),
        ("4.0.0 (not true; really snac/2.75)", "https://comam.es/what-is-snac", ("snac", "2.75")),
        ("takahe/0.11.0", "", ("Takahe", "0.11.0")),
        ("0.17.3 git-8b6ff5c", "", ("GoToSocial", "0.17.3")),
        ("0.21.0", "https://codeberg.org/superseriousbusiness/gotosocial", ("GoToSocial", "0.21.0")),
        ("", "", ("Mastodon", "")),
    ],
)
def test_a_version_names_its_software(version: str, source: str, name: tuple[str, str]) -> None:
    assert software({"version": version, "source_url": source}) == name


def test_a_server_that_cannot_be_reached_tells_nothing(mastodon_45: FarEnd, http: httpx.Client) -> None:
    assert isinstance(asked(http, mastodon_45.elsewhere()), CannotTell)


def test_one_that_answers_something_else_tells_nothing(
    mastodon_45: FarEnd, http: httpx.Client, mastodon_server: Mastodon
) -> None:
    mastodon_server.overloaded = True
    assert asked(http, mastodon_45.account) == CannotTell(
        "127.0.0.1 answered 503: Service Unavailable: server is overloaded"
    )


@pytest.mark.parametrize(
    ("most", "believed"), [(0, 500), (-5, 500), (True, 500), ("5000", 500), (None, 500), (10**12, 1_000_000)]
)
def test_a_limit_that_is_none_is_not_believed(
    mastodon_45: FarEnd, http: httpx.Client, mastodon_server: Mastodon, most: int, believed: int
) -> None:
    mastodon_server.dialect = replace(dialects.MASTODON_45, most=most)
    told = asked(http, mastodon_45.account)
    assert isinstance(told, Told)
    assert told.limits.text == (("graphemes", believed),)


def test_without_a_word_from_its_server_an_account_has_mastodon_s_limits(mastodon_45: FarEnd) -> None:
    assert mastodon.limits(mastodon_45.account) == limits("graphemes", 500, 23)
