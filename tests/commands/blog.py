"""A blog on disk, driven by the command line as an operator would."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from relay.cli import main

FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>L'agence</title><link>{url}/</link><description>Actualités</description>
<item><title>Égalité des territoires : un premier bilan</title><link>{url}/bilan</link><guid>{url}/bilan</guid>
<pubDate>Mon, 23 Nov 2026 09:00:00 GMT</pubDate>
<description>&lt;p&gt;Un an après son lancement, le programme dresse son bilan.&lt;/p&gt;</description></item>
</channel></rss>
"""

CONFIGURATION = """
version  = 1
language = "en"

[service]
listen   = "127.0.0.1:{port}"
database = "{folder}/relay.db"
feeds    = "{folder}/feeds"
allow    = ["127.0.0.1", "localhost"]

[sources.cget]
url         = "{source}/rss"
attribution = "Source : CGET"
mentions    = ["cget"]
hashtags    = ["SMCL"]
backlog     = "latest 3"

[feeds.blog]
title = "The blog"
from  = ["cget"]
link  = "https://blog.example/"

[handles.cget]
name    = "CGET"
x       = "@CGET_gouv"
{handles}

[approvals.quick]
steps = ["editor"]
undo  = "0s"

[accounts.out]
{account}

[[routes]]
from     = ["cget"]
to       = ["out"]
approval = "quick"
text     = "{{title}}\\n\\n{{link}} {{mentions}} {{hashtags}}"
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it wrote, read as JSON."""
        assert self.out, self.err
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Blog:
    """A configuration in a folder of its own; each command has a process of its own."""

    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / "relay.toml"

    def configure(self, source: str, account: str, handles: str = "", port: int = 8080) -> None:
        text = CONFIGURATION.format(folder=self.folder, source=source, account=account, handles=handles, port=port)
        self.file.write_text(text, encoding="utf-8")

    def relay(self, *words: str, before: str = "", **environment: str) -> Ran:
        """Run one command; ``before`` is Python that is run first in its process."""
        program = f"import sys\n{before}\nfrom relay.cli.main import run\nsys.exit(run(sys.argv[1:]))"
        command = [sys.executable, "-c", program, words[0], "--config", str(self.file), *words[1:]]
        ended = subprocess.run(
            command, env={**os.environ, **environment}, capture_output=True, text=True, timeout=120, check=False
        )
        return Ran(ended.returncode, ended.stdout, ended.stderr)

    def approve_first(self) -> int:
        """Add an editor, and let them approve the first that waits; its number."""
        self.relay("user", "add", "camille")
        waiting = self.relay("queue", "list", "--state", "waiting", "--json").json
        number: int = waiting[0]["id"]
        approved = self.relay("queue", "approve", str(number), "--as", "camille")
        assert approved.code == 0, approved.err
        return number


@dataclass(frozen=True, slots=True)
class Near(Blog):
    """The same, whose commands run in this process: twenty take as long as one otherwise."""

    said: pytest.CaptureFixture[str]

    def relay(self, *words: str, before: str = "", **environment: str) -> Ran:
        assert {before, *environment} == {""}, "only a process of its own has these"
        try:
            code = main.run([words[0], "--config", str(self.file), *words[1:]])
        except SystemExit as ended:
            code = int(ended.code or 0)
        return Ran(code, *self.said.readouterr())
