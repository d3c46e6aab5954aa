"""The page of the configuration's keys has every key that relay takes, with its true default and a good example."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from docs.reference.keys import Key, Section, configuration, is_literal, of_network, sections

from relay.config.configuration import Configuration, Loaded
from relay.config.load import load
from relay.config.table import Table
from relay.wiring import NETWORKS, network_keys

ROOT = Path(__file__).parents[2]
HEAD = "version = 1\n"
ELSEWHERE = {"accounts": {"network", "pace"}}
"""Sections whose other keys come from what is connected: the page has these by themselves."""
SECRETS = {
    f"RELAY_{name}": "sesame-sesame-sesame-sesame" for name in ("KEY", "MAIL_PASSWORD", "HOOK_SECRET", "OIDC_SECRET")
}
SECTIONS = {section.name: section for section in sections()}
ROWS = [(section, key) for section in SECTIONS.values() for key in section.keys]
WITH_EXAMPLE = [(section, key) for section, key in ROWS if key.example]
WITH_DEFAULT = [(section, key) for section, key in ROWS if is_literal(key.default)]


def named(row: object) -> str:
    return row.name or "top" if isinstance(row, Section) else row.name if isinstance(row, Key) else str(row)


def read(folder: Path, text: str) -> Loaded:
    file = folder / "relay.toml"
    file.write_text(text, encoding="utf-8")
    for name in ("logo.png",):
        (folder / name).write_bytes((ROOT / "docs/images/archive.png").read_bytes())
    for name in ("mail", "hook", "oidc"):
        (folder / "secrets").mkdir(exist_ok=True)
        (folder / "secrets" / name).write_text("sesame-sesame-sesame-sesame")
    return load(file, {**SECRETS, "PATH": os.environ["PATH"]}, network_keys())


def written(section: Section, key: Key, line: str) -> str:
    """A file in which ``line`` stands for whatever the surroundings say of the key."""
    lines = section.around.strip().splitlines()
    table = max((place for place, one in enumerate(lines) if one.startswith("[")), default=0)
    names = {one.partition(" = ")[0] for one in line.splitlines()} | {key.name}
    kept = [one for place, one in enumerate(lines) if place <= table or one.partition(" = ")[0] not in names]
    text = "\n".join([*kept, line])
    return text + "\n" if "version" in names else f"{HEAD}{text}\n"


def errors(found: Loaded) -> list[str]:
    return [message.code for message in found.messages if message.severity == "error"]


@pytest.mark.parametrize(("section", "key"), WITH_EXAMPLE, ids=named)
def test_every_example_is_good(section: Section, key: Key, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert errors(read(tmp_path, written(section, key, key.example))) == []


@pytest.mark.parametrize(("section", "key"), WITH_DEFAULT, ids=named)
def test_every_default_changes_nothing_when_it_is_written_out(section: Section, key: Key, tmp_path: Path) -> None:
    without = read(tmp_path, written(section, key, ""))
    with_it = read(tmp_path, written(section, key, f"{key.name} = {key.default}"))
    assert isinstance(without.configuration, Configuration)
    assert without.configuration == with_it.configuration


@pytest.mark.parametrize(("section", "key"), ROWS, ids=named)
def test_every_key_has_a_type_a_meaning_and_a_default_or_none(section: Section, key: Key) -> None:
    assert key.type
    assert key.says.endswith(".")
    assert bool(key.default) is not key.required
    assert key.example or "](#" in key.says


def test_every_key_that_relay_takes_is_on_the_page_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = dict(taken(tmp_path, monkeypatch))
    assert set(asked) == set(SECTIONS)
    assert {name: sorted(keys) for name, keys in asked.items()} == {
        name: sorted(key.name for key in section.keys) for name, section in SECTIONS.items()
    }


def taken(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, set[str]]]:
    """The keys that relay looks for in each table, by the name of its section, while it reads all examples."""
    seen: dict[str, set[str]] = {}
    plain = Table.only

    def only(table: Table, *known: str) -> None:
        seen.setdefault(section_of(table.path), set()).update(known)
        plain(table, *known)

    read(folder, HEAD)  # templates that come with relay are read once, and are tables of no file
    monkeypatch.setattr(Table, "only", only)
    for section in SECTIONS.values():
        read(folder, f"{HEAD}{section.around}\n")
    networks = {*NETWORKS, "sandbox"}
    own = {key for name in NETWORKS for key, *_ in of_network(NETWORKS[name].SETTINGS)}
    for name, keys in seen.items():
        if name not in {"max_on", "verified", "words"}:
            yield name, keys & ELSEWHERE[name] if name in ELSEWHERE else keys - networks if name == "handles" else keys
    assert seen["accounts"] - ELSEWHERE["accounts"] <= own


def section_of(path: tuple[str | int, ...]) -> str:
    """``sources.x`` is of ``sources``; ``sources.x.select`` of ``select``."""
    names = [str(part) for part in path]
    return (
        "" if not names else names[0] if len(names) < 3 and names[-1] != "oidc" and names[-1] != "max_on" else names[-1]
    )


def test_the_page_is_current() -> None:
    assert (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8") == configuration()


@pytest.mark.parametrize("network", NETWORKS)
def test_every_key_of_a_network_is_on_the_page(network: str) -> None:
    part = configuration().partition(f"\n### {network}\n")[2].partition("\n### ")[0]
    assert [key for key, *_ in of_network(NETWORKS[network].SETTINGS) if f"| `{key}` |" not in part] == []
