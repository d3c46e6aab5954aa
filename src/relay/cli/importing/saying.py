"""How the result of an import is said, to people and to programs."""

from collections.abc import Iterator
from pathlib import Path

from relay.cli.importing.plan import Outcome, Planned
from relay.cli.importing.result import Result
from relay.cli.output import print_json

_MARKS: dict[Outcome, str] = {"added": "+", "already a source": "=", "not a web address": "!"}


def say(result: Result, file: Path) -> None:
    """Feeds, the difference that they make, what is left for a person, and what comes next."""
    for one in result.plan.planned:
        print(f"{_MARKS[one.outcome]} {one.id or one.outcome}: {_shown(one.found.title or 'without a title')}")
        print(f"  {_shown(one.found.url)}")
    if result.difference:
        print(f"\n{result.difference}")
    if result.plan.left:
        print("\nNot brought over:")
        print("\n".join(f"  {_shown(str(one))}" for one in result.plan.left))
    print()
    print("\n".join(_ending(result, file)))


def _shown(text: str) -> str:
    """In one line, with nothing in it that a terminal would obey."""
    return "".join(one if one.isprintable() else "\ufffd" for one in " ".join(text.split()))


def say_json(result: Result, _: Path) -> None:
    """The same for programs."""
    print_json(
        {
            "tool": result.tool,
            "written": result.is_written,
            "sources": [_source(one) for one in result.plan.planned],
            "accounts": [{"name": one.name, "network": one.network} for one in result.imported.outlets],
            "posted": len(result.imported.posted),
            "remembered": result.remembered,
            "waiting": result.waiting,
            "left": result.plan.left,
            "difference": result.difference,
        }
    )


def _source(one: Planned) -> dict[str, object]:
    found = one.found
    rules = {"keep": found.keep, "drop": found.drop}
    return {"url": found.url, "title": found.title, "outcome": one.outcome, "id": one.id, **rules}


def _ending(result: Result, file: Path) -> Iterator[str]:
    added, posted = len(result.plan.new), len(result.imported.posted)
    if not result.is_written:
        yield f"Nothing was written. --write adds {added} of {len(result.plan.planned)} feeds to {file},"
        yield f"and remembers {posted} that {result.tool} has dealt with: they are published, and announced by nobody."
        return
    yield f"{added} of {len(result.plan.planned)} feeds added to {file}. {_remembered(result)}"
    if result.waiting:
        ids = ", ".join(map(str, result.waiting[:20])) + (", …" if len(result.waiting) > 20 else "")
        yield f"Of these, cross-posts wait here already: {ids}. `relay queue reject` those not to be posted again."
    yield f"Stop {result.tool} before relay posts. Name the sources in a feed's `from` and a route, then `relay check`."


def _remembered(result: Result) -> str:
    if not result.imported.posted:
        return f"What {result.tool} has posted is not known from these files."
    return f"{len(result.imported.posted)} are remembered ({result.remembered} names are new): announced by nobody."
