"""Readers see whole documents, each of one version, whoever dies while they are written."""

import pytest

from tests.torn.tearing import Plan, run
from tests.torn.versions import marked, wrong


def test_every_read_is_of_a_whole_document_of_one_version() -> None:
    report = run(Plan(regenerations=4, kills=2, readers=4, breath=0.01))

    assert report.told == []
    assert report.wrong.total() == 0
    assert report.strays == 0
    assert report.reads > 100
    assert (report.kills, report.published >= 4) == (2, True)


def test_a_plain_write_is_found() -> None:
    report = run(Plan(regenerations=3, kills=0, readers=4, reads=400, plant="plain-write"))

    assert report.wrong["torn"] + report.wrong["empty"] > 0


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"", "empty"),
        (f"<feed><title>{marked('a', 1)}</title>".encode(), "torn"),
        (f"<feed><title>{marked('a', 1)}</title><entry>{marked('b', 2)}</entry></feed>".encode(), "mixed"),
        (b"<feed></feed>", "mixed"),
        (f"<feed><title>{marked('a', 1)}</title><entry>{marked('b', 1)}</entry></feed>\n".encode(), ""),
    ],
)
def test_what_is_wrong_with_a_document_is_seen(body: bytes, what: str) -> None:
    assert wrong("atom.xml", body) == what
