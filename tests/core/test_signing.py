"""Who signs in, how often it may be tried, and which change would leave nobody."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.core.people import Editor, Role
from relay.core.review.moving import Refusal
from relay.core.signing import browsers, lasting, passwords, waiting
from relay.core.signing.members import check_left
from relay.core.signing.waiting import Tries

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
ANNE, BOB = Editor("anne", Role.ADMIN), Editor("bob", Role.EDITOR)


@pytest.mark.parametrize(
    ("count", "seconds"),
    [(0, 0), (4, 0), (5, 2), (6, 4), (7, 8), (9, 32), (10, 900), (11, 1800), (12, 3600), (16, 3600), (5000, 3600)],
)
def test_whoever_errs_waits_twice_as_long_each_time_and_an_hour_at_most(count: int, seconds: int) -> None:
    assert waiting.wait(Tries(count, NOW - HOUR, NOW), NOW) == timedelta(seconds=seconds)


@given(st.integers(0, 10_000), st.timedeltas(timedelta(0), timedelta(days=2)))
def test_nobody_waits_for_more_than_an_hour_after_the_last_error(count: int, since: timedelta) -> None:
    assert waiting.wait(Tries(count, NOW - HOUR, NOW), NOW + since) <= max(HOUR - since, timedelta(0))


@given(st.lists(st.integers(0, 4000), max_size=60))
def test_in_no_quarter_of_an_hour_are_there_more_than_ten_tries(pauses: list[int]) -> None:
    now, tries, made = NOW, None, []
    for pause in pauses:
        now += pause * SECOND / 10
        if not waiting.wait(tries, now):
            tries = waiting.failed(tries, now)
            made.append(now)
    assert all(later - first >= timedelta(minutes=15) for first, later in zip(made, made[10:], strict=False))


def test_who_has_erred_ten_times_is_not_believed_for_a_quarter_of_an_hour() -> None:
    assert not waiting.is_spent(Tries(9, NOW, NOW), NOW)
    assert waiting.is_spent(Tries(10, NOW, NOW), NOW + 899 * SECOND)
    assert not waiting.is_spent(Tries(10, NOW, NOW), NOW + 900 * SECOND)


def test_errors_of_long_ago_do_not_count() -> None:
    assert waiting.failed(Tries(12, NOW - HOUR, NOW), NOW + HOUR + SECOND).count == 1
    assert waiting.failed(Tries(12, NOW - HOUR, NOW), NOW + HOUR).count == 13


def test_one_letter_a_minute_goes_to_an_address_and_forty_a_day() -> None:
    assert waiting.may_write(None, NOW)
    assert not waiting.may_write(Tries(1, NOW, NOW), NOW + 59 * SECOND)
    assert waiting.may_write(Tries(1, NOW, NOW), NOW + 60 * SECOND)
    assert not waiting.may_write(Tries(40, NOW, NOW + HOUR), NOW + 2 * HOUR)
    assert waiting.may_write(Tries(40, NOW, NOW + HOUR), NOW + 24 * HOUR)


def test_a_network_asks_for_ten_letters_an_hour() -> None:
    assert waiting.may_ask(Tries(9, NOW, NOW), NOW)
    assert not waiting.may_ask(Tries(10, NOW, NOW), NOW)
    assert waiting.may_ask(Tries(10, NOW, NOW), NOW + HOUR)


@pytest.mark.parametrize(
    ("one", "other", "are_same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:1:aa00::1", "2001:db8:1:aaff:ffff::2", True),
        ("2001:db8:1:aa00::1", "2001:db8:1:ab00::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("", "", True),
    ],
)
def test_a_house_is_one_network(one: str, other: str, *, are_same: bool) -> None:
    assert (waiting.network(one) == waiting.network(other)) is are_same


@pytest.mark.parametrize(
    ("password", "weakness"),
    [
        ("onze signes", "length"),
        ("douze signes", ""),
        ("x" * 201, "length"),
        ("aaaaaaaaaaaaaaaa", "plain"),
        ("mon nom est Camille", "name"),
        ("écrire à camille.d ici", "name"),
        ("cheval agrafe pile", ""),
        ("", "length"),
    ],
)
def test_a_password_is_long_and_not_ones_own_name(password: str, weakness: str) -> None:
    assert passwords.weakness(password, "camille", "camille.d@blog.example") == weakness


def test_a_password_is_the_same_on_every_keyboard() -> None:
    assert passwords.written("e\u0301crire bien des mots") == "\u00e9crire bien des mots"


@pytest.mark.parametrize(
    ("user_agent", "short"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36 Edg/139.0",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        ("<script>alert(1)</script>", ""),
        ("", ""),
    ],
)
def test_a_browser_is_named_in_two_words(user_agent: str, short: str) -> None:
    assert browsers.short(user_agent) == short


def test_a_session_ends_after_a_week_without_a_request_or_after_thirty_days() -> None:
    end = NOW + timedelta(days=30)
    assert not lasting.is_over(NOW, end, NOW + timedelta(days=7) - SECOND)
    assert lasting.is_over(NOW, end, NOW + timedelta(days=7))
    assert lasting.is_over(end - SECOND, end, end)
    assert not lasting.is_over(None, end, end - SECOND)


def test_the_last_admin_stays() -> None:
    for after in (Editor("anne", Role.DIRECTOR), Editor("anne", Role.ADMIN, disabled=True)):
        with pytest.raises(Refusal, match="anne is the last admin"):
            check_left([ANNE, BOB], after)
    check_left([ANNE, Editor("zoe", Role.ADMIN)], Editor("anne", Role.VIEWER))
    with pytest.raises(Refusal, match="anne is the last admin"):
        check_left([ANNE, Editor("zoe", Role.ADMIN, disabled=True)], Editor("anne", Role.VIEWER))


def test_the_last_who_can_sign_in_stays() -> None:
    with pytest.raises(Refusal, match="bob is the last who can sign in"):
        check_left([BOB], Editor("bob", Role.EDITOR, disabled=True))
    check_left([BOB, Editor("carl", Role.EDITOR)], Editor("bob", Role.EDITOR, disabled=True))
