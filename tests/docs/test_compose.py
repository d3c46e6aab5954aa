"""The compose files and units that ``deploy/`` hands out: what they start is relay as it is, and as confined as is said."""

import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from relay.cli import main

ROOT = Path(__file__).parents[2]
FILES = [ROOT / "compose.yaml", *sorted((ROOT / "deploy").glob("*/compose.yaml"))]
SCALED = ROOT / "deploy" / "scaled"
UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
CONFINED = {
    "read_only": True,
    "tmpfs": "/tmp",  # noqa: S108  # of the container
    "cap_drop": ["ALL"],
    "security_opt": ["no-new-privileges:true"],
    "restart": "unless-stopped",
}
Service = Mapping[str, Any]


def services(file: Path) -> dict[str, Service]:
    found: dict[str, Service] = yaml.safe_load(file.read_text(encoding="utf-8"))["services"]
    return found


def ours(file: Path) -> dict[str, Service]:
    return {name: one for name, one in services(file).items() if "build" in one}


def parses(words: list[str]) -> bool:
    """Whether relay takes them, as its command line is today."""
    try:
        _, rest = main._config(words)
        main.whole().parse_args(rest)
    except SystemExit:
        return False
    return True


def health_checks(file: Path) -> Iterator[list[str]]:
    for one in ours(file).values():
        if words := one.get("healthcheck", {}).get("test"):
            yield words


def named(found: Mapping[str, Service], kind: str) -> set[str]:
    """The volumes, networks or secrets that services use by name."""
    uses = [use for one in found.values() for use in one.get(kind, [])]
    names = {use.partition(":")[0] for use in uses}
    return {name for name in names if re.fullmatch(r"[a-z-]+", name)}


def test_there_is_one_for_each_way_that_the_page_describes() -> None:
    page = (ROOT / "docs" / "container.md").read_text(encoding="utf-8")
    assert len(FILES) == 3
    assert [file for file in FILES if f"../{file.relative_to(ROOT)}" not in page] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_relay_is_confined_in_every_one(file: Path) -> None:
    found = ours(file)
    assert found
    for name, one in found.items():
        told = {key: one.get(key) for key in CONFINED}
        assert told == CONFINED | ({"restart": "no"} if name == "migrate" else {}), name
        assert not {"privileged", "cap_add", "user", "network_mode", "pid", "devices"} & set(one)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_what_each_container_does_is_a_command_of_relay(file: Path) -> None:
    for one in ours(file).values():
        assert parses(one.get("command", ["run"]))
    for kind, program, *words in health_checks(file):
        assert (kind, program) == ("CMD", "relay"), "there is no shell in the image"
        assert parses(words)
    assert not parses(["serve"])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_nothing_is_named_that_is_not_there(file: Path) -> None:
    whole = yaml.safe_load(file.read_text(encoding="utf-8"))
    for kind in ("volumes", "networks", "secrets"):
        assert named(whole["services"], kind) == set(whole.get(kind, {}))
    for name, one in whole["services"].items():
        assert set(one.get("depends_on", [])) <= set(whole["services"]), name
        assert "build" in one or re.fullmatch(r"docker\.io/library/[a-z]+:\d+", one["image"])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_only_a_proxy_with_tls_is_open_to_others(file: Path) -> None:
    ports = {name: one["ports"] for name, one in services(file).items() if "ports" in one}
    assert [
        port for name, found in ports.items() if name != "caddy" for port in found if "127.0.0.1:" not in port
    ] == []


def test_scaled_out_its_configuration_is_good(capsys: pytest.CaptureFixture[str]) -> None:
    """But for the key, which only is where the secret is."""
    assert main.run(["check", "--config", str(SCALED / "config" / "relay.toml")]) == 0
    assert re.findall(r"(?:error|warning)\[(\w+)\]", capsys.readouterr().out) == ["R127"]


def test_scaled_out_caddy_asks_the_pages_where_they_listen_and_is_believed_there() -> None:
    text = (SCALED / "config" / "relay.toml").read_text(encoding="utf-8")
    proxy = (SCALED / "Caddyfile").read_text(encoding="utf-8")
    whole = yaml.safe_load((SCALED / "compose.yaml").read_text(encoding="utf-8"))
    pages = {name for name, one in ours(SCALED / "compose.yaml").items() if one["command"] == ["run"]}
    (shared,) = set(whole["services"]["caddy"]["networks"]) & set(whole["services"]["web-1"]["networks"])
    (own,) = whole["networks"][shared]["ipam"]["config"]

    assert set(re.findall(r"(\S+):8080", proxy)) == pages
    assert 'listen     = "0.0.0.0:8080"' in text
    assert f'proxies    = ["{own["subnet"]}"]' in text
    assert {name for name, one in whole["services"].items() if shared in one["networks"]} == {*pages, "caddy"}


def test_scaled_out_every_secret_of_the_configuration_is_a_file_that_is_mounted() -> None:
    text = (SCALED / "config" / "relay.toml").read_text(encoding="utf-8")
    asked = set(re.findall(r"/run/secrets/(\w+)", text))
    assert asked
    assert {name for name, one in ours(SCALED / "compose.yaml").items() if set(one["secrets"]) != asked} == set()


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_what_a_unit_starts_is_a_command_of_relay(unit: Path) -> None:
    (program, *words) = shlex.split(re.findall(r"(?m)^ExecStart=(.+)$", unit.read_text(encoding="utf-8"))[0])
    assert program == "/usr/local/bin/relay"
    assert parses(words)


def test_a_worker_s_unit_is_as_confined_as_the_daemon_s() -> None:
    worker, daemon = (set(re.findall(r"(?m)^[A-Z]\w+=.*$", unit.read_text(encoding="utf-8"))) for unit in UNITS)
    differing = {"Description", "ExecStart"}
    assert {line for line in daemon ^ worker if line.partition("=")[0] not in differing} == set()


def test_what_the_image_does_by_itself_are_commands_of_relay() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    found = [yaml.safe_load(words) for words in re.findall(r"^(?:HEALTHCHECK.*)?\s?CMD (\[.*\])$", text, re.MULTILINE)]
    assert found == [["relay", "health"], ["run"]]
    assert parses(["health"])


def test_what_is_no_daemon_is_asked_for_its_health_in_its_own_way() -> None:
    """The image asks the daemon, which a worker is not: it would be unwell for ever."""
    checks = {
        name: one.get("healthcheck") for name, one in ours(SCALED / "compose.yaml").items() if one["command"] != ["run"]
    }
    assert checks == {"migrate": {"disable": True}, "worker": {"test": ["CMD", "relay", "health", "--worker"]}}
