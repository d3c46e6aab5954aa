"""A configuration of ten thousand sources is read like any other."""

import argparse
from pathlib import Path

from relay.cli.configured import configuration

SOURCE = """
[sources.s{n}]
url = "https://source-{n}.exemple.fr/actualites/flux.xml"
attribution = "Source : Agence {n} de la ville et du quartier"
"""


def test_ten_thousand_sources_have_room(tmp_path: Path) -> None:
    file = tmp_path / "relay.toml"
    head = 'version = 1\nlanguage = "fr"\ntimezone = "Europe/Paris"\n'
    file.write_text(head + "".join(SOURCE.format(n=n) for n in range(10_000)), encoding="utf-8")
    assert file.stat().st_size > 1024 * 1024

    found = configuration(argparse.Namespace(config=file))

    assert len(found.sources) == 10_000
    assert found.sources[9_999].attribution == "Source : Agence 9999 de la ville et du quartier"
