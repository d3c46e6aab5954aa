"""What ``deploy/`` hands out, where nobody would see by reading it that it is wrong."""

import re
from pathlib import Path

import yaml

DEPLOY = Path(__file__).parents[2] / "deploy"


def test_relay_and_its_proxy_meet_on_the_network_that_is_believed_alone() -> None:
    """Of several networks that two containers share, Docker names one that leads out: relay would not know its proxy."""
    text = (DEPLOY / "caddy" / "compose.yaml").read_text(encoding="utf-8")
    made = yaml.safe_load(text)
    (shared,) = {*made["services"]["relay"]["networks"]} & {*made["services"]["caddy"]["networks"]}
    (own,) = made["networks"][shared]["ipam"]["config"]
    assert re.findall(r'proxies = \["(.+?)"\]', text) == [own["subnet"]]


def test_systemd_hides_nothing_that_metrics_are_read_from() -> None:
    """prometheus_client says nothing of the process where it cannot read /proc/stat."""
    assert "ProcSubset" not in (DEPLOY / "systemd" / "relay.service").read_text(encoding="utf-8")
