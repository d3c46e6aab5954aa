"""Documents with changes, from the wire to what is published: nothing breaks, and what would is found."""

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from relay.publish import atom, jsonfeed
from tests.fuzz import walk as walking
from tests.fuzz.documents import ROOT, Report, mutate, one
from tests.fuzz.seeds import OWN, document, seeds
from tests.fuzz.walk import walk

SHORT = 120


def test_no_change_to_a_document_breaks_anything(tmp_path: Path) -> None:
    report = mutate(walk, 0, tmp_path, lambda report: report.runs < SHORT)
    assert report.wrong == {}
    assert (report.runs, report.reached > SHORT // 5) == (SHORT, True)


def test_there_are_seeds_of_every_format_on_every_machine() -> None:
    assert {*OWN} <= {*seeds()}
    assert all(walk(body).posts for body in OWN)
    assert {body[:5] for body in OWN} == {b"<rss ", b"<feed", b"<rdf:", b'{"ver'}


def test_what_is_rendered_wrongly_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonfeed, "render", lambda _: (type("D", (), {"body": b'{"items": []}'}),))
    report = Report("a test")
    one(walk, seeds()[0], report, tmp_path)
    assert "an entry is missing in the JSON feed" in report.wrong
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [seeds()[0]]


def test_what_breaks_is_found_and_its_document_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atom, "render", lambda _: 1 / 0)
    report = Report("a test")
    for _ in range(2):
        one(walk, seeds()[0], report, tmp_path)
    assert (len(report.wrong), len([*tmp_path.iterdir()])) == (1, 1)
    assert "ZeroDivisionError" in next(iter(report.wrong))


def test_a_reader_of_ours_that_raises_is_not_taken_for_a_library(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("a")

    monkeypatch.setattr(walking, "attempt", broken)
    with pytest.raises(KeyError):
        walk(seeds()[0])


def test_what_a_library_stumbles_over_is_refused_with_a_sentence() -> None:
    body = b"<rss><channel><title>a</title><item><media:player xmlns:media='http://search.yahoo.com/mrss/'/>"
    walked = walk(body + b"</media:player></item></channel></rss>")
    assert walked.wrong == ""


def test_the_command_says_what_it_did(tmp_path: Path) -> None:
    asked = [sys.executable, "-m", "tests.fuzz.documents", "--plain", "--minutes", "0.02", "--corpus", str(tmp_path)]
    said = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (said.returncode, "documents by changes of our own, seed 0" in said.stdout) == (0, True)
    assert "wrong: 0" in said.stdout


def test_the_same_seed_makes_the_same() -> None:
    once, again = Random(4), Random(4)  # noqa: S311  # no secret
    assert document(once) == document(again)
