"""Whatever happens to a configuration or to the environment, `relay check` ends soon with a sentence and a place."""

import re
from argparse import Namespace
from functools import partial
from pathlib import Path
from time import process_time
from unittest.mock import Mock

import pytest

from relay.cli import daemon
from relay.cli.main import run as command
from relay.config import load as loading
from relay.config.configuration import Loaded, Service
from relay.config.messages import report
from relay.config.sections.templates import LONGEST
from relay.config.table import MOST
from relay.config.toml.positions import Span
from relay.config.wording.snippet import Excerpt
from relay.core.account import Limits
from relay.core.compose import compose, headline
from relay.schedule.renewing import Renewal
from tests.core.things import DIRECTORY, POST
from tests.edges.configurations import MASTODON, SOURCE, good, loaded
from tests.edges.newsroom import NOON
from tests.fuzz.configurations import run
from tests.fuzz.literals import NASTY_TEMPLATES
from tests.fuzz.mutants import Mutant, mutants, seeds

SHORT = 1000
RELOADED = 300


def test_no_mutation_of_a_configuration_breaks_anything(tmp_path: Path) -> None:
    found = run(tmp_path, mutants(0, SHORT, largest=False), every=20)
    assert found.wrong == {}
    assert (found.tried, found.taken >= 20, found.served >= 1, len(found.codes) >= 60) == (SHORT, True, True, True)


def test_a_daemon_takes_a_changed_file_whole_or_goes_on_and_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(daemon, "_out_of_reach", lambda *_, **__: "")  # a mutant may name any file as its database
    file, taken = tmp_path / "relay.toml", 0
    for mutant in mutants(1, RELOADED, largest=False):
        file.write_bytes(mutant.content)
        ended = Mock()
        renewal = Renewal(partial(daemon.wrong, Namespace(config=file), Service()), lambda: NOON)
        renewal.look(ended)
        assert renewal.is_due == ended.called == (renewal.unread is None)
        assert renewal.unread is None or re.match(r"relay\.toml:\d+:\d+: .", renewal.unread.why)
        taken += renewal.is_due
    assert 0 < taken < RELOADED


def test_every_piece_of_the_documentation_is_a_seed() -> None:
    assert len(seeds()) > 150


@pytest.mark.parametrize(
    "content", ["#" * 10_000_000, "a = " + "[" * 100_000, "a = " + '"x" ' * 100_000, "é" * 100_000]
)
def test_a_file_that_is_out_of_all_measure_is_refused_soon(tmp_path: Path, content: str) -> None:
    began = process_time()
    assert run(tmp_path, [Mutant(content.encode())]).wrong == {}
    assert process_time() - began < 2


def test_a_key_of_very_many_parts_costs_no_memory(tmp_path: Path) -> None:
    for text in ("a" + ".a" * 100_000 + " = 1", "[" + '"é" . ' * 50_000 + "a]", "b = { a" + ".a" * 100_000 + " = 1 }"):
        said = loaded(tmp_path, text).messages
        assert [message.code for message in said] == ["R001"]


def test_a_text_with_many_points_is_no_key(tmp_path: Path) -> None:
    good(tmp_path, SOURCE + f'attribution = "{"a, b. " * 70}{"…." * 70}"\n')


def test_after_a_hundred_errors_nothing_more_is_looked_at(tmp_path: Path) -> None:
    began = process_time()
    found = loaded(tmp_path, MASTODON + "".join(f"a{number} = 1\n" for number in range(20_000)))
    assert (found.configuration, len(found.messages)) == (None, MOST)
    assert process_time() - began < 5


def test_warnings_do_not_hide_an_error_that_comes_after_them(tmp_path: Path) -> None:
    waiting = "".join(
        f'[accounts.a{n}]\nnetwork = "mastodon"\ninstance = "https://a.example"\ntoken = {{ env = "A{n}" }}\n'
        for n in range(2 * MOST)
    )
    found = loaded(tmp_path, f'version = 1\n{waiting}[service]\nlisten = "nowhere"\n')
    assert found.configuration is None
    assert sum(message.severity == "error" for message in found.messages) == 1
    assert sum(message.severity == "warning" for message in found.messages) == MOST


def test_a_long_line_is_shown_near_its_fault_and_its_secret_is_not(tmp_path: Path) -> None:
    found = loaded(
        tmp_path, f'version = 1\n[sources.a]\nurl = "https://a:geheim@b.example/{"x" * 5000}"\nevery = "1x"\n'
    )
    assert "geheim" not in report(found)
    far = loaded(tmp_path, SOURCE + f"mentions = [{'1, ' * 3000}]\n")
    assert {message.line for message in far.messages} == {4}
    assert all(len(line) < 400 for line in report(far).splitlines())


@pytest.mark.parametrize("where", [".", "/", "data/", "..", "a/.."])
def test_a_folder_is_no_database(tmp_path: Path, where: str) -> None:
    """``RELAY_DATABASE=.`` ended in a traceback."""
    if where != "data/":
        assert [one.code for one in loaded(tmp_path, SOURCE, {"RELAY_DATABASE": where}).messages] == ["R062"]
        assert [one.code for one in loaded(tmp_path, f'{SOURCE}[service]\ndatabase = "{where}"\n').messages] == ["R062"]
    else:
        good(tmp_path, SOURCE, {"RELAY_DATABASE": where})


@pytest.mark.parametrize(
    "text", ['[templates.a]\nlike = ["fr"]\n', '[feeds.a]\ntemplate = ["fr"]\n[templates.b]\nlike = "fr"\n']
)
def test_a_list_where_a_template_is_named_is_an_error(tmp_path: Path, text: str) -> None:
    """It ended in a traceback: no list is a key."""
    assert "R013" in {one.code for one in loaded(tmp_path, f"version = 1\n{text}").messages}


def test_a_template_has_a_bound(tmp_path: Path) -> None:
    feed = 'version = 1\n[feeds.a]\ntitle = "A"\nlink = "https://a.example/"\nfrom = []\ntitle_template = "{}"\n'
    began = process_time()
    codes = {one.code for one in loaded(tmp_path, feed.format("{title}" * 20_000)).messages}
    assert ("R018" in codes, process_time() - began < 2) == (True, True)
    assert "R018" not in {one.code for one in loaded(tmp_path, feed.format("x" * LONGEST)).messages}


@pytest.mark.parametrize("template", NASTY_TEMPLATES)
def test_no_template_reaches_anything_but_its_fields(template: str) -> None:
    """Whatever it is: no attribute, no call, no sum, and no more than the fields' own words."""
    began = process_time()
    made = (
        headline(POST, template, DIRECTORY)
        + compose(POST, "CGET", template, Limits((("graphemes", 500),)), "mastodon", DIRECTORY).text
    )
    assert not any(
        word in made for word in ("49", "<class", "object at", "bound method", "Post(", "headline=", "root:")
    )
    assert len(made) < 20_000
    assert process_time() - began < 2


def test_a_loader_that_breaks_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "language_of", lambda text: text[5000])
    found = run(tmp_path, mutants(0, 20, largest=False))
    assert any("IndexError" in what for what in found.wrong)


def test_a_refusal_without_a_place_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "_focus", lambda *_: Span(-1, -1))
    monkeypatch.setattr(loading, "excerpt", lambda *_: Excerpt(line=9_999_999))
    assert any("names a line that there is not" in what for what in run(tmp_path, [Mutant(b"a = 1")]).wrong)


def test_a_configuration_that_is_taken_in_spite_of_an_error_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    half = good(tmp_path, SOURCE)
    monkeypatch.setattr(loading, "Loaded", lambda file, tongue, _, messages: Loaded(file, tongue, half, messages))
    assert "taken in spite of an error" in run(tmp_path, [Mutant(f"{SOURCE}evry = 1".encode())]).wrong


@pytest.mark.parametrize("literal", ['["', '"\\u0000"', "[" * 300])
def test_the_command_ends_with_78_and_a_place(tmp_path: Path, literal: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "relay.toml"
    file.write_text(f"{SOURCE}every = {literal}\n", encoding="utf-8")
    assert command(["check", "--config", str(file)]) == 78
    assert f"{file}:4:" in capsys.readouterr().out
