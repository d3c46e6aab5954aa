"""What is said of a configuration: broken files beside their messages, and files that nobody can read."""

import argparse
import json
import re
import string
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relay.cli import check
from relay.config.load import load
from relay.config.messages import annotations, as_json, report
from relay.config.wording.english import ENGLISH
from relay.config.wording.french import FRENCH
from relay.config.wording.reference import reference
from tests.edges.configurations import ENVIRONMENT, MASTODON, NETWORKS, ROOT, SAMPLE, SECRET, SOURCE, loaded

BROKEN = Path(__file__).parent / "broken_config"


@pytest.mark.parametrize("file", sorted(BROKEN.glob("*.toml")), ids=lambda file: file.stem)
def test_a_broken_file_gets_its_messages_with_their_carets(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BROKEN)
    expected = file.with_suffix(".expected").read_text()
    assert report(load(Path(file.name), ENVIRONMENT, NETWORKS)) + "\n" == expected


def test_no_message_shows_a_secret() -> None:
    expected = "".join(file.read_text() for file in BROKEN.glob("*.expected"))
    assert "xK3dF9" not in expected
    assert "aa8Hq2LmZ" not in expected


def test_every_code_has_a_broken_file() -> None:
    said = "".join(file.read_text() for file in BROKEN.glob("*.expected"))
    codes = {code.partition("/")[0] for code in ENGLISH if code.startswith("R")}
    assert codes - set(re.findall(r"\[(R\d{3})\]", said)) == {"R000", "R004"}


@pytest.mark.parametrize("code", ENGLISH)
def test_french_and_english_say_the_same_of_the_same(code: str) -> None:
    fields = [
        {field for _, field, _, _ in string.Formatter().parse(" ".join(table[code])) if field}
        for table in (ENGLISH, FRENCH)
    ]
    assert fields[0] == fields[1]
    assert ENGLISH.keys() == FRENCH.keys()


def test_the_documentation_of_messages_is_current() -> None:
    assert (ROOT / "docs" / "configuration-messages.md").read_text() == reference()


def test_json_gives_every_field_of_a_message(tmp_path: Path) -> None:
    value = json.loads(as_json(loaded(tmp_path, f'{SOURCE}evry = "30m"\n')))
    assert (value["file"], value["errors"], value["warnings"]) == (str(tmp_path / "relay.toml"), 1, 0)
    assert value["messages"] == [
        {
            "code": "R010",
            "severity": "error",
            "line": 4,
            "column": 1,
            "length": 4,
            "what": "clé inconnue « evry »",
            "hint": "vouliez-vous dire « every » ?",
            "snippet": 'evry = "30m"\n^^^^',
        }
    ]


def test_an_annotation_is_on_one_line(tmp_path: Path) -> None:
    said = annotations(loaded(tmp_path, f'{SOURCE}"a:b,%" = 1\n')).replace(str(tmp_path), "")
    assert said.startswith("::error file=/relay.toml,line=4,col=1,title=R010::clé inconnue « a:b,%25 » — clés")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("absent.toml", "there is no such file"),
        (".", "this is a folder, not a file"),
        ("a\0b", "there is no such file"),
        ("a" * 300, "this file cannot be read: File name too long"),
    ],
)
def test_a_file_that_cannot_be_read_gets_one_sentence(tmp_path: Path, name: str, expected: str) -> None:
    found = load(tmp_path / name, ENVIRONMENT, NETWORKS)
    assert ([message.what for message in found.messages], found.configuration) == ([expected], None)


def test_a_file_without_permission_gets_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    what = [message.what for message in load(tmp_path, ENVIRONMENT, NETWORKS).messages]
    assert what == ["this file cannot be read: permission denied"]


def test_a_file_without_end_gets_one_sentence() -> None:
    what = [message.what for message in load(Path("/dev/zero"), ENVIRONMENT, NETWORKS).messages]
    assert what == ["this file is too large for a configuration (more than 8 MiB)"]


@st.composite
def mutations(draw: st.DrawFn, text: str) -> str:
    """``text`` with up to four pieces taken out, each with something else in its place."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        size = draw(st.integers(0, 30))
        piece = draw(
            st.text(max_size=8) | st.sampled_from(['"', '"""', "[", "]", "[[", "{", "}", "=", "\\", "#", "\n"])
        )
        text = text[:start] + piece + text[start + size :]
    return text


@settings(max_examples=300, deadline=None)
@given(text=mutations(SAMPLE.read_text()))
def test_a_mutilated_sample_always_gets_a_report(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.getbasetemp() / "mutilated.toml"
    file.write_bytes(text.encode(errors="surrogatepass"))
    found = load(file, ENVIRONMENT, NETWORKS)
    assert report(found).endswith(".")
    assert (found.configuration is None) == ("error[" in report(found))


@settings(max_examples=300, deadline=None)
@given(content=st.binary(max_size=200))
def test_any_bytes_get_a_report(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "bytes.toml"
    file.write_bytes(content)
    assert report(load(file, ENVIRONMENT, NETWORKS)).endswith(".")


@settings(max_examples=300, deadline=None)
@given(before=mutations(SOURCE), after=mutations(SAMPLE.read_text()))
def test_a_secret_in_clear_never_shows_whatever_else_is_wrong(
    tmp_path_factory: pytest.TempPathFactory, before: str, after: str
) -> None:
    file = tmp_path_factory.getbasetemp() / "secret.toml"
    file.write_bytes(f'{before}\n{MASTODON}token = "{SECRET}"\n{after}'.encode(errors="surrogatepass"))
    found = load(file, ENVIRONMENT, NETWORKS)
    assert SECRET not in report(found) + as_json(found) + annotations(found)


@pytest.mark.parametrize(
    ("options", "begins"),
    [([], "{0}:4:1: error[R010]"), (["--json"], '{{"file": "{0}", '), (["--format", "github"], "::error file={0}")],
)
def test_the_check_command_ends_with_78_when_the_configuration_is_wrong(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    begins: str,
) -> None:
    file = tmp_path / "relay.toml"
    file.write_text(f'{SOURCE}evry = "30m"\n')
    assert checked(monkeypatch, file, options) == 78
    assert capsys.readouterr().out.startswith(begins.format(file))


def test_the_check_command_ends_with_0_when_there_are_only_warnings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checked(monkeypatch, SAMPLE, []) == 0
    assert capsys.readouterr().out.endswith("0 erreur, 6 avertissements. La configuration peut servir.\n")


def checked(monkeypatch: pytest.MonkeyPatch, file: Path, options: list[str]) -> int:
    """Run the command with the networks of these tests and without the sample's variables."""
    wiring = ModuleType("relay.wiring")
    monkeypatch.setattr(wiring, "network_keys", lambda: NETWORKS, raising=False)
    monkeypatch.setitem(sys.modules, "relay.wiring", wiring)
    monkeypatch.delenv("RELAY_MASTO_TOKEN", raising=False)
    monkeypatch.delenv("RELAY_DATABASE", raising=False)
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", type=Path)
    check.configure(parser)
    return check.run(parser.parse_args(["--config", str(file), *options]))
