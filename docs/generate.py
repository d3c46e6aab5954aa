"""Writes the generated pages of the documentation. ``./run test`` fails when one is not current.

Run it by ``.venv/bin/python docs/generate.py``.
"""

import io
from contextlib import redirect_stdout, suppress
from pathlib import Path

from relay.cli import main
from relay.core.crosspost import State
from relay.core.review.transitions import ALLOWED, TRANSITIONS

HERE = Path(__file__).parent
COLUMNS = "100"


def commands() -> str:
    """The command line, from its own help."""
    parts = ["# Commands\n\nGenerated from `relay COMMAND --help` by `docs/generate.py`.\n"]
    for name in ("", *main.COMMANDS):
        words = [name, "--help"] if name else ["--help"]
        parts.append(f"## relay {name}".rstrip() + f"\n\n```text\n{_help(words)}\n```\n")
    return "\n".join(parts)


def states() -> str:
    """The states of a cross-post, from the table that the program uses."""
    lines = ["# The states of a cross-post\n\nGenerated from `core/review/transitions.py` by `docs/generate.py`.\n"]
    lines += ["```mermaid", "stateDiagram-v2", "    [*] --> waiting", "    [*] --> skipped: backlog"]
    lines += [f"    {old} --> {new}: {event}" for (old, event), new in TRANSITIONS.items()]
    lines += ["```\n", "| state | event | becomes | who |", "|---|---|---|---|"]
    for (old, event), new in TRANSITIONS.items():
        who = ", ".join(sorted(ALLOWED[event])) if event in ALLOWED else "relay"
        lines.append(f"| {old} | {event} | {new} | {who} |")
    ends = [state for state in State if not any(old is state for old, _ in TRANSITIONS)]
    lines.append(f"\nNothing leaves {', '.join(ends)}.\n")
    return "\n".join(lines)


PAGES = {"commands.md": commands, "states.md": states}


def _help(words: list[str]) -> str:
    said = io.StringIO()
    with redirect_stdout(said), suppress(SystemExit):
        main.run(words)
    return said.getvalue().strip()


if __name__ == "__main__":
    for page, write in PAGES.items():
        (HERE / page).write_text(write(), encoding="utf-8")
