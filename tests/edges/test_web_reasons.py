"""Why a source is asked when it is, in French too: whatever ``core/polling.py`` says is in the table."""

from datetime import UTC, datetime, timedelta

import pytest

from relay.core.document import Answer, Blocked, Fetched, Gone, NotModified, Unreachable
from relay.core.polling import next_poll
from relay.core.source import PollState, Source
from relay.web.wording.said import said

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SOURCE = Source("cget", "https://agence.example/rss", "Source : CGET")


@pytest.mark.parametrize(
    ("answer", "failures", "french"),
    [
        (Fetched("https://agence.example/rss", b""), 0, "fréquence : 1 h, comme configuré"),
        (NotModified(), 0, "fréquence : 1 h, comme configuré"),
        (Fetched("", b"", max_age=timedelta(hours=12)), 0, "l’éditeur de la source demande 12 h"),
        (Unreachable("refused"), 0, "premier échec : nouvel essai après 30 min"),
        (Unreachable("refused"), 2, "3 échecs de suite : nouvel essai après 2 h"),
        (Gone(), 0, "premier échec : nouvel essai après 30 min"),
        (Blocked("429", timedelta(hours=1)), 0, "prié d’attendre : nouvel essai après 1 h"),
    ],
)
def test_every_reason_has_its_french(answer: Answer, failures: int, french: str) -> None:
    after = next_poll(SOURCE, PollState(failures=failures), answer, NOW)

    assert said(after.reason, "fr") == (french, "fr")


def test_a_source_that_was_never_asked_says_so_in_french() -> None:
    assert said(PollState().reason, "fr") == ("jamais lue", "fr")
