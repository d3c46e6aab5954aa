"""Writes the generated pages of the documentation. ``./run test`` fails when one is not current.

Run it by ``.venv/bin/python docs/generate.py``.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))  # where `docs` and `tests` are packages

from docs.reference.commands import commands  # noqa: E402
from docs.reference.environment import environment  # noqa: E402
from docs.reference.keys import configuration  # noqa: E402

from relay.cli.manual import manual  # noqa: E402
from relay.config.wording.reference import reference  # noqa: E402
from relay.core.crosspost import State  # noqa: E402
from relay.core.review.transitions import OWN, TRANSITIONS, roles  # noqa: E402
from relay.web.api.routes import written  # noqa: E402


def states() -> str:
    """The states of a cross-post, from the table that the program uses."""
    lines = ["# The states of a cross-post\n\nGenerated from `core/review/transitions.py` by `docs/generate.py`.\n"]
    lines += ["```mermaid", "stateDiagram-v2", "    [*] --> waiting", "    [*] --> skipped: backlog"]
    lines += [f"    {old} --> {new}: {event}" for (old, event), new in TRANSITIONS.items()]
    lines += ["```\n", "| state | event | becomes | who |", "|---|---|---|---|"]
    for (old, event), new in TRANSITIONS.items():
        who = ", ".join(_called(role, event) for role in sorted(roles(old, event))) or "relay"
        lines.append(f"| {old} | {event} | {new} | {who} |")
    ends = [state for state in State if not any(old is state for old, _ in TRANSITIONS)]
    lines += ["", RULES, "", "```text", *_walked(), "```"]
    lines.append(f"\nNothing leaves {', '.join(ends)}.\n")
    return "\n".join(lines)


def openapi() -> str:
    """The API, from the table that its routes are made of."""
    return written().decode()


RULES = """A role may be limited to accounts: for others it counts for nothing. Nobody approves words of their own,
unless the approval rule says `self_approval`; nobody gives two of the yeses. A director who *overrides* gives
all that are missing, with a reason that stays in the history, and never for words of their own. A `token` is
a program: it writes, and approves nothing. An admin keeps members, accounts and the audit, and judges
nothing. Editors, directors, admins and programs may stop everything (`relay stop`), and people lift it;
directors and admins export the [audit](audit.md).

`python -m tests.walk` brings about whatever the code can bring about: every person, the source, the clock,
workers that die, a network that loses answers, threads of which a part is public. What it has found, and what
holds in all of it:"""


def _called(role: str, event: str) -> str:
    return f"{role} (own words)" if role == "writer" and event in OWN else str(role)


def _walked() -> list[str]:
    command = [sys.executable, "-m", "tests.walk"]
    return subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True, check=True).stdout.splitlines()


PAGES = {
    "commands.md": commands,
    "configuration.md": configuration,
    "configuration-messages.md": reference,
    "environment.md": environment,
    "states.md": states,
    "openapi.json": openapi,
    "../src/man/relay.1": manual,
}


if __name__ == "__main__":
    for page, write in PAGES.items():
        (HERE / page).write_text(write(), encoding="utf-8")
