"""Why a source is asked when it is, in French too: whatever ``core/polling/rules.py`` says is in the table."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from relay.core.document import Answer, Busy, Fetched, Gone, NotModified, Unreachable
from relay.core.polling.pause import Pause
from relay.core.polling.pollstate import Hints, Lesson, PollState, Rhythm
from relay.core.polling.rules import next_poll
from relay.core.source import Source
from relay.web.wording.said import said

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SOURCE = Source("cget", "https://agence.example/rss", "Source : CGET", every=HOUR)
SAME = Lesson(is_same=True)


def fetched(**hints: timedelta) -> Fetched:
    return Fetched("https://agence.example/rss", b"", **hints)  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(
    ("source", "state", "answer", "lesson", "french"),
    [
        (SOURCE, PollState(), fetched(), Lesson(), "fréquence : 1 h, comme configuré"),
        (SOURCE, PollState(), NotModified(), Lesson(), "elle ne se lit qu’en entier : fréquence 1 j"),
        (replace(SOURCE, every=None), PollState(), fetched(), Lesson(), "fréquence : 1 h, plus souvent serait impoli"),
        (
            replace(SOURCE, every=None),
            PollState(rhythm=Rhythm(NOW, 20 * HOUR)),
            fetched(),
            Lesson(),
            "fréquence : 5 h, au rythme de ses nouvelles",
        ),
        (
            SOURCE,
            PollState(rhythm=Rhythm(NOW - 40 * DAY)),
            fetched(),
            Lesson(),
            "silencieuse depuis plus d’un mois : fréquence 1 j",
        ),
        (
            SOURCE,
            PollState(rhythm=Rhythm(NOW - 400 * DAY)),
            fetched(),
            Lesson(),
            "silencieuse depuis plus d’un an : fréquence 7 j",
        ),
        (SOURCE, PollState(), fetched(), SAME, "elle ne se lit qu’en entier : fréquence 1 j"),
        (
            SOURCE,
            PollState(),
            fetched(max_age=12 * HOUR),
            Lesson(),
            "l’éditeur de la source demande 12 h (Cache-Control)",
        ),
        (
            SOURCE,
            PollState(),
            fetched(max_age=100 * DAY),
            Lesson(),
            "l’éditeur de la source demande 100 j (Cache-Control), retenu : 7 j",
        ),
        (
            SOURCE,
            PollState(),
            fetched(),
            Lesson(hints=Hints(skip_hours=frozenset({3}))),
            "fréquence : 1 h, comme configuré, hors des heures qu’elle exclut",
        ),
        (SOURCE, PollState(), Unreachable("refused"), Lesson(), "premier échec : nouvel essai après 30 min"),
        (SOURCE, PollState(backoff=2), Unreachable("refused"), Lesson(), "3 échecs de suite : nouvel essai après 2 h"),
        (SOURCE, PollState(), Gone(), Lesson(), "premier échec : nouvel essai après 30 min"),
        (SOURCE, PollState(gone_at=NOW - DAY), Gone(), Lesson(), "disparue : elle n’est plus interrogée"),
        (SOURCE, PollState(), Busy("429", "agence.example"), Lesson(), "prié d’attendre : nouvel essai après 1 h"),
    ],
)
def test_every_reason_has_its_french(
    source: Source, state: PollState, answer: Answer, lesson: Lesson, french: str
) -> None:
    after = next_poll(source, state, answer, lesson, NOW, Pause(NOW + HOUR, 1, "429"))

    assert said(after.reason, "fr") == (french, "fr")


def test_a_source_that_was_never_asked_says_so_in_french() -> None:
    assert said(PollState().reason, "fr") == ("jamais lue", "fr")
