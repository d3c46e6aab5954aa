"""What a good configuration becomes."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from relay.config.configuration import Service
from relay.config.load import load, locate
from relay.core.account import Account, Pace, Secret
from relay.core.expression.tree import Comparison
from relay.core.feed import OutgoingFeed
from relay.core.route import ApprovalRule, Quiet, Schedule, Slot
from relay.core.source import Backlog, Source
from tests.edges.configurations import ENVIRONMENT, MASTODON, NETWORKS, SAMPLE, SECRET, SOURCE, good, loaded


def test_the_sample_has_no_error_and_says_what_it_lacks() -> None:
    found = load(SAMPLE, ENVIRONMENT, NETWORKS)
    said = [message.code for message in found.messages]
    assert said == ["R040", "R040", "R022", "R023", "R022", "R141"]
    assert {message.severity for message in found.messages} == {"warning"}
    assert found.configuration is not None


def test_the_sample_becomes_the_blogs_source_and_feed(tmp_path: Path) -> None:
    found = good(tmp_path, SAMPLE.read_text())
    cget = Source(
        id="cget",
        url="https://www.cget.gouv.fr/actualites/rss.xml",
        attribution="Source : CGET",
        every=timedelta(minutes=30),
        mentions=("cget", "min-territoires"),
        hashtags=("SMCL",),
        keep=(Comparison("title", "~", "(?i)quartier|ville|territoire"),),
        drop=(Comparison("category", "=", "Offres d'emploi"),),
    )
    blog = OutgoingFeed(
        id="blog",
        title="Politique de la ville — veille",
        link="https://blog.exemple.fr/",
        sources=("cget",),
        formats=("atom", "rss", "json", "html"),
        fallback_picture=str(tmp_path / "cget-logo.png"),
    )
    assert (found.sources, found.feeds) == ((cget,), (blog,))
    assert found.directory.handle("cget", "mastodon") == "@cget@social.numerique.gouv.fr"


def test_the_sample_becomes_two_routes_with_one_calendar(tmp_path: Path) -> None:
    route, other = good(tmp_path, SAMPLE.read_text()).routes
    weekdays = frozenset(range(5))
    hours = (time(8, 45), time(12, 30), time(17, 45))
    quiet = (Quiet(start=time(20), end=time(8)), Quiet(frozenset({5, 6})), Quiet(holidays_of="fr"))
    assert (route.number, route.sources, route.accounts) == (0, ("cget",), ("masto", "bsky"))
    assert (other.number, other.sources, other.accounts) == (1, ("cget",), ("linkedin",))
    assert (
        route.schedule
        == other.schedule
        == Schedule("bureau", "Europe/Paris", tuple(Slot(weekdays, hour) for hour in hours), quiet)
    )
    assert (
        route.approval
        == other.approval
        == ApprovalRule("relecture", expires=timedelta(days=7), remind=timedelta(hours=4))
    )


def test_an_account_has_the_secret_of_its_variable(tmp_path: Path) -> None:
    text = f'{MASTODON}token = {{ env = "TOKEN" }}\npace = {{ min_gap = "20m", per_day = 8 }}\n'
    expected = Account(
        id="masto",
        network="mastodon",
        options={"instance": "https://mastodon.social"},
        secrets={"token": Secret(SECRET)},
        pace=Pace(timedelta(minutes=20), 8),
    )
    assert good(tmp_path, text, {"TOKEN": SECRET}).accounts == (expected,)


def test_a_secrets_file_loses_the_one_line_end_that_editors_add(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{SECRET}\n")
    account = good(tmp_path, f'{MASTODON}token = {{ file = "{tmp_path}/token" }}\n').accounts[0]
    assert account.secrets == {"token": Secret(SECRET)}


def test_an_account_without_its_secret_stays_without_it(tmp_path: Path) -> None:
    account = good(tmp_path, f'{MASTODON}token = {{ env = "TOKEN" }}\n').accounts[0]
    assert (account.id, account.secrets) == ("masto", {})


def test_what_a_source_does_not_say_has_a_default(tmp_path: Path) -> None:
    expected = Source("cget", "https://cget.example/rss.xml", "Source: CGET", language="en")
    assert good(tmp_path, f'language = "en"\n{SOURCE}').sources == (expected,)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("none", Backlog()),
        ("latest 3", Backlog("latest", count=3)),
        ("since 2026-11-01", Backlog("since", moment=datetime(2026, 10, 31, 23, tzinfo=UTC))),
    ],
)
def test_a_backlog_begins_in_the_files_time_zone(tmp_path: Path, written: str, expected: Backlog) -> None:
    text = f'timezone = "Europe/Paris"\n{SOURCE}backlog = "{written}"\n'
    assert good(tmp_path, text).sources[0].backlog == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("20:00-08:00", Quiet(start=time(20), end=time(8))),
        ("sat-mon", Quiet(frozenset({5, 6, 0}))),
        ("mon,wed 12:00-14:00", Quiet(frozenset({0, 2}), time(12), time(14))),
        ("22:00-24:00", Quiet(start=time(22), end=time(0))),
        ("holidays:fr", Quiet(holidays_of="fr")),
        ("holidays:fr-57", Quiet(holidays_of="fr-57")),
        ("holidays:fr-Moselle", Quiet(holidays_of="fr-57")),
        ("holidays:fr-alsace", Quiet(holidays_of="fr-6ae")),
    ],
)
def test_a_quiet_time_is_hours_days_or_holidays(tmp_path: Path, written: str, expected: Quiet) -> None:
    text = (
        f'{SOURCE}[accounts.a]\nnetwork = "sandbox"\n[schedules.s]\nquiet = ["{written}"]\ntimezone = "Europe/Rome"\n'
        '[[routes]]\nfrom = "cget"\nto = "a"\nschedule = "s"\n'
    )
    assert good(tmp_path, text).routes[0].schedule == Schedule("s", "Europe/Rome", quiet=(expected,))


def test_the_service_has_defaults_and_the_environment_names_the_database(tmp_path: Path) -> None:
    found = good(tmp_path, 'version = 1\n[service]\nlisten = "[::1]:0"\n', {"RELAY_DATABASE": "postgresql://u:p@db/r"})
    assert found.service == Service("::1", 0, "http://[::1]:0", "postgresql://u:p@db/r", key_file=None)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://u:a/secret@h/r",
        "postgresql://u:a#secret@h/r",
        "postgresql://u:a@secret@h/r",
        "postgresql://u@h/r?password=secret",
        "postgresql://u@h/r?application_name=relay&sslpassword=secret",
    ],
)
def test_a_password_of_the_database_is_seen_wherever_it_stands(tmp_path: Path, address: str) -> None:
    found = loaded(tmp_path, f'version = 1\n[service]\ndatabase = "{address}"\n')
    assert [message.code for message in found.messages] == ["R020"]
    assert "secret@" not in f"{found.messages}"
    assert "=secret" not in f"{found.messages}"


def test_the_argument_comes_before_the_folders_file_and_that_before_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    environ = {"RELAY_CONFIG": "elsewhere.toml"}
    without = locate(None, environ)
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "relay.toml").touch()
    found = [str(path) for path in (locate(Path("a.toml"), environ), locate(None, environ), without, locate(None, {}))]
    assert found == ["a.toml", "config/relay.toml", "elsewhere.toml", "config/relay.toml"]


@pytest.mark.parametrize("kept", ["page", "feed", "link", "none"])
def test_a_source_says_where_its_pictures_come_from(tmp_path: Path, kept: str) -> None:
    found = good(tmp_path, f'{SOURCE}pictures = "{kept}"\n')
    assert [source.pictures for source in found.sources] == [kept]
    assert good(tmp_path, SOURCE).sources[0].pictures == "page"


def test_a_fallback_picture_is_beside_the_file(tmp_path: Path) -> None:
    feed = '[feeds.blog]\ntitle = "B"\nlink = "https://b.example/"\nimage = { fallback = "logo.png" }\n'
    missing = loaded(tmp_path, SOURCE + feed)
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    there = loaded(tmp_path, SOURCE + feed)

    assert [message.code for message in missing.messages] == ["R044"]
    assert there.messages == ()
    assert there.configuration is not None
    assert there.configuration.feeds[0].fallback_picture == str(tmp_path / "logo.png")
