"""``relay check --fix``: what a machine can mend is mended, in place, and nothing else is touched."""

import argparse
import os
import stat
from pathlib import Path

import pytest

from relay.cli import check
from relay.cli.ending import Ending
from relay.cli.fixing import as_lines, fix
from relay.config.sections.accounts import Means
from relay.wiring import network_keys

MEANS = Means(network_keys(), {})
GOOD = """\
version = 1
# my own words, é and all

[sources.cget]
url   = "https://www.cget.gouv.fr/rss.xml"
every = "30m"   # polite
push  = true

[service]
listen = "127.0.0.1:8080"
"""


def mended(tmp_path: Path, text: str) -> str:
    file = tmp_path / "relay.toml"
    file.write_bytes(text.encode())
    fix(file, MEANS)
    after = file.read_bytes().decode()
    assert fix(file, MEANS) == (), "once more there is nothing left"
    return after


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ('"30m"', "30m"),
        ('"30m"', '"30 min"'),
        ('"30m"', '"30 minutes"'),
        ('"30m"', '"PT30M"'),
        ('"30m"', "'30M'"),
        ("push  = true", "push  = oui"),
        ("push  = true", "push  = True"),
        ("every =", "evry ="),
        ("every =", "Every ="),
        ("[sources.cget]", "[source.cget]"),
        ("[service]", "[servce]"),
        ("listen", "lisen"),
    ],
)
def test_it_is_as_it_was_meant(tmp_path: Path, good: str, bad: str) -> None:
    assert good in GOOD
    assert mended(tmp_path, GOOD.replace(good, bad)) == GOOD


def test_several_are_mended_and_the_line_ends_stay(tmp_path: Path) -> None:
    bad = GOOD.replace('"30m"', "30m").replace("every", "evry").replace("= true", "= Oui").replace("listen", "listne")
    assert mended(tmp_path, bad.replace("\n", "\r\n")) == GOOD.replace("\n", "\r\n")


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        GOOD.replace('"30m"', '"P30M"'),  # thirty months
        GOOD.replace('"30m"', '"half an hour"'),
        GOOD.replace('"30m"', "30"),
        GOOD.replace("push  =", 'everyy = "1h"\npush  ='),  # what it could mean is there already
        GOOD.replace("push  =", 'zzz = "1h"\npush  ='),
        GOOD + '[[routes]]\nfrom = "cgte"\nto = ["masto"]\n',  # where a post goes is not guessed
        GOOD.replace("version = 1", "version = ["),
        "",
    ],
)
def test_what_is_not_sure_is_left(tmp_path: Path, text: str) -> None:
    assert mended(tmp_path, text) == text


def test_the_file_keeps_its_rights_and_a_link_stays_one(tmp_path: Path) -> None:
    file, link = tmp_path / "real.toml", tmp_path / "relay.toml"
    file.write_text(GOOD.replace('"30m"', "30m"))
    file.chmod(0o640)
    link.symlink_to(file)
    fix(link, MEANS)
    assert link.is_symlink()
    assert (file.read_text(), stat.S_IMODE(file.stat().st_mode)) == (GOOD, 0o640)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["real.toml", "relay.toml"]


def test_who_may_not_give_it_back_to_its_owner_leaves_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else relay, of whose group it was, could not read it any more."""
    file, stat_of = tmp_path / "relay.toml", Path.stat
    file.write_text(bad := GOOD.replace('"30m"', "30m"))

    def owned(path: Path, **how: bool) -> os.stat_result:
        found = stat_of(path, **how)
        return os.stat_result((*found[:4], 12345, *found[5:])) if path == file else found

    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted", str(file))

    monkeypatch.setattr(Path, "stat", owned)
    monkeypatch.setattr(os, "chown", refused)
    with pytest.raises(Ending, match="Operation not permitted; nothing of it was changed"):
        fix(file, MEANS)
    assert [one.read_text() for one in tmp_path.iterdir()] == [bad]


def test_each_line_is_shown_without_its_secrets(tmp_path: Path) -> None:
    file = tmp_path / "relay.toml"
    account = '[accounts.m]\nnetwork = "mastodon"\ninstance = "https://m.example"\ntokn = "s3cr3t-of-mine"\n'
    file.write_text(GOOD.replace('"30m"', "30m") + account)
    said = "\n".join(as_lines(file, fix(file, MEANS)))
    assert "  - every = 30m   # polite\n" in said
    assert '  + every = "30m"   # polite\n' in said
    assert "  - tokn = " in said
    assert "  + token = " in said
    assert "s3cr3t" not in said


def test_a_file_that_changes_meanwhile_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, fsync = tmp_path / "relay.toml", os.fsync
    file.write_text(GOOD.replace('"30m"', "30m"))

    def change(number: int) -> None:
        fsync(number)
        file.write_text("version = 1\n")

    monkeypatch.setattr(os, "fsync", change)
    with pytest.raises(Ending, match="changed meanwhile"):
        fix(file, MEANS)
    assert [one.read_text() for one in tmp_path.iterdir()] == ["version = 1\n"]


def test_a_full_disk_leaves_the_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, bad = tmp_path / "relay.toml", GOOD.replace('"30m"', "30m")
    file.write_text(bad)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device", "relay.toml")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Ending, match="No space left on device; nothing of it was changed"):
        fix(file, MEANS)
    assert [one.read_text() for one in tmp_path.iterdir()] == [bad]


def test_the_command_says_what_it_did_and_what_is_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "relay.toml"
    file.write_text(GOOD.replace('"30m"', "30m").replace("[service]", '[service]\nlisten_on = "x"\ncontact = "x"'))
    code = check.run(argparse.Namespace(config=file, format="human", live=False, fix=True))
    said = capsys.readouterr().out
    assert code == 78
    assert f'{file}:6:\n  - every = 30m   # polite\n  + every = "30m"   # polite\n' in said
    assert "error[R017]" in said


def test_a_line_of_a_file_that_cannot_be_read_is_shown_without_its_secrets(tmp_path: Path) -> None:
    file = tmp_path / "relay.toml"
    file.write_text(GOOD + "[mail]\npassword = 30m   # before: s3cr3t-of-mine\n")
    steps = fix(file, MEANS)
    assert steps, "it lacks its quotation marks"
    assert "s3cr3t" not in "\n".join(as_lines(file, steps))


def test_there_is_no_moment_at_which_it_is_half_written(tmp_path: Path) -> None:
    """Whoever reads it meanwhile has the one or the other; what cannot be put in its place leaves it."""
    file, bad = tmp_path / "relay.toml", GOOD.replace('"30m"', "30m")
    file.write_text(bad)
    with file.open() as before:
        fix(file, MEANS)
        assert before.read() == bad
    assert file.read_text() == GOOD


def test_a_group_alone_is_given_back_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, stat_of, given = tmp_path / "relay.toml", Path.stat, list[tuple[int, int]]()
    file.write_text(GOOD.replace('"30m"', "30m"))
    own = file.stat().st_uid

    def of_group(path: Path, **how: bool) -> os.stat_result:
        found = stat_of(path, **how)
        return os.stat_result((*found[:5], 12345, *found[6:])) if path == file else found

    monkeypatch.setattr(Path, "stat", of_group)
    monkeypatch.setattr(os, "chown", lambda _, user, group: given.append((user, group)))
    fix(file, MEANS)
    assert given == [(own, 12345)]
