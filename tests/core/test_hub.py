"""What relay's own hub makes of a request, and when it tells again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.core.hub.delivery import FORSAKEN, LONGEST_ASKED, QUESTIONS, WAITS, asked_again, is_forsaken, told
from relay.core.hub.request import LONGEST_LEASE, SHORTEST_LEASE, USUAL_LEASE, Published, Rejected, Wanted, read
from relay.core.hub.subscriber import Arrived, Errand, Failed, Over, Progress, Spared

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TOPIC = "https://blog.example/atom.xml"
CALLBACK = "https://reader.example/push?id=1"
FORM = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.callback": CALLBACK}


def asked(**more: str) -> Wanted | Published | Rejected:
    return read(FORM | {f"hub.{name}": text for name, text in more.items()}, {TOPIC})


def test_a_request_is_read() -> None:
    assert asked(secret="s", lease_seconds="864001") == Wanted(
        "subscribe", TOPIC, CALLBACK, "s", timedelta(seconds=864_001)
    )


def test_a_leave_has_neither_lease_nor_secret() -> None:
    left = asked(mode="unsubscribe", secret="s" * 300, lease_seconds="nonsense")
    assert left == Wanted("unsubscribe", TOPIC, CALLBACK)


@pytest.mark.parametrize(
    ("asked_for", "given"),
    [
        ("", USUAL_LEASE),
        ("1", SHORTEST_LEASE),
        ("86399", SHORTEST_LEASE),
        ("172800", timedelta(days=2)),
        ("2592001", LONGEST_LEASE),
        ("9" * 400, LONGEST_LEASE),
    ],
)
def test_a_lease_is_within_bounds(asked_for: str, given: timedelta) -> None:
    wanted = asked(lease_seconds=asked_for)
    assert isinstance(wanted, Wanted)
    assert wanted.lease == given


@pytest.mark.parametrize("seconds", ["0", "000", "-1", "1.5", "ten", "²", "1 "])
def test_a_lease_that_is_no_number_is_rejected(seconds: str) -> None:
    assert asked(lease_seconds=seconds) == Rejected(400, "hub.lease_seconds is no positive whole number.")


@pytest.mark.parametrize(
    "callback",
    [
        "",
        "/push",
        "reader.example/push",
        "ftp://reader.example/",
        "https://",
        "https:///push",
        "https://reader.example:0/",
        "https://reader.example:99999/",
        "https://reader.example/push#here",
        "https://camille:secret@reader.example/",
        "https://reader.example/a b",
        "https://reader.example/é",
        "https://reader.example/\x00",
        "https://[::1/",
        "https://reader.example/" + "a" * 1500,
    ],
)
def test_a_callback_that_nothing_can_be_sent_to_is_rejected(callback: str) -> None:
    rejected = asked(callback=callback)
    assert isinstance(rejected, Rejected)
    assert (rejected.status, rejected.why.startswith("hub.callback")) == (400, True)


@pytest.mark.parametrize(("size", "is_taken"), [(0, True), (199, True), (200, False)])
def test_a_secret_has_less_than_200_bytes(size: int, is_taken: bool) -> None:  # noqa: FBT001  # a column of the table
    assert isinstance(asked(secret="s" * size), Wanted) == is_taken


def test_bytes_of_a_secret_are_counted_not_signs() -> None:
    assert isinstance(asked(secret="é" * 100), Rejected)


def test_what_is_said_of_something_new_may_name_it_in_either_way() -> None:
    for name in ("url", "topic"):
        assert read({"hub.mode": "publish", f"hub.{name}": TOPIC}, {TOPIC}) == Published(TOPIC)


@given(st.dictionaries(st.sampled_from([*FORM, "hub.secret", "hub.lease_seconds", "hub.url", "x"]), st.text()))
def test_whatever_is_asked_there_is_an_answer(form: dict[str, str]) -> None:
    found = read(FORM | form, {TOPIC})
    assert not isinstance(found, Rejected) or (400 <= found.status < 500 and found.why.endswith("."))


def test_waits_grow_and_then_stay() -> None:
    progress, waits = Progress("v1", NOON), []
    for _ in range(len(WAITS) + 2):
        after = told(progress, "v2", Failed("It answered 500."), NOON)
        assert after
        assert after.not_before
        waits.append(after.not_before - NOON)
        progress = after
    assert waits == [*WAITS, WAITS[-1], WAITS[-1]]
    assert waits == sorted(waits)
    assert (progress.version, progress.failing_since) == ("v1", NOON)


def test_what_arrived_ends_a_series_of_failures() -> None:
    failing = Progress("v1", NOON, 3, NOON, NOON, "It answered 500.")
    assert told(failing, "v2", Arrived(), NOON) == Progress("v2", NOON)


def test_who_is_gone_is_told_nothing_more() -> None:
    assert told(Progress("v1"), "v2", Over(), NOON) is None


def test_who_was_spared_has_not_failed() -> None:
    spared = told(Progress("v1", attempts=2), "v2", Spared(), NOON)
    assert spared
    assert (spared.attempts, spared.failing_since, spared.not_before) == (2, None, NOON + WAITS[0])


@pytest.mark.parametrize(
    ("asked_for", "waited"),
    [
        (timedelta(seconds=1), WAITS[0]),
        (timedelta(hours=1), timedelta(hours=1)),
        (timedelta(days=9), LONGEST_ASKED),
    ],
)
def test_who_asks_to_wait_is_waited_for_within_reason(asked_for: timedelta, waited: timedelta) -> None:
    after = told(Progress(), "v1", Failed("busy", wait=asked_for), NOON)
    assert after
    assert after.not_before == NOON + waited


def test_after_days_of_failure_nobody_can_be_there() -> None:
    failing = Progress("v1", NOON, 9, NOON, NOON)
    assert not is_forsaken(failing, NOON + FORSAKEN - timedelta(seconds=1))
    assert is_forsaken(failing, NOON + FORSAKEN)
    assert not is_forsaken(Progress("v1", NOON), NOON + 10 * FORSAKEN)


def test_a_callback_that_does_not_answer_is_asked_a_few_times() -> None:
    errand: Errand | None = Errand(1, "subscribe", TOPIC, CALLBACK, "", USUAL_LEASE, NOON)
    moments = []
    while errand:
        moments.append(errand.not_before)
        errand = asked_again(errand, errand.not_before)
    assert moments == [NOON, NOON + QUESTIONS[0], NOON + QUESTIONS[0] + QUESTIONS[1]]
