"""Scenarios of Huginn, and what their triggers let through, as filters of relay."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from relay.intake.importing import rules
from relay.intake.importing.imported import Left
from relay.intake.importing.records import Record, record, records, text

_PATHS = {
    "title": "title",
    "url": "url",
    "link": "url",
    "description": "summary",
    "summary": "summary",
    "content": "content",
    "author": "author",
    "authors": "author",
    "categories": "category",
}


@dataclass(frozen=True, slots=True)
class Scenario:
    """The agents by place, and whom each hands its events to."""

    file: str
    agents: tuple[Record, ...]
    receivers: Mapping[int, tuple[int, ...]]
    left: list[Left] = field(default_factory=list)

    def say(self, agent: Record, what: str) -> None:
        """Something of this agent has no counterpart."""
        told = Left(self.file, None, f"{kind(agent)[:60]} “{text(agent, 'name')[:80]}”: {what}")
        if told not in self.left:
            self.left.append(told)


def kind(agent: Record) -> str:
    """What it is, without the module of its class."""
    return text(agent, "type").rpartition("::")[2]


def rule(scenario: Scenario, agent: Record) -> str | None:
    """What a trigger lets through; ``None`` where relay cannot say it."""
    options = record(agent.get("options"))
    made = [_condition(scenario, agent, one) for one in records(options.get("rules"))]
    if text(options, "must_match") not in {"", str(len(made))}:
        scenario.say(agent, "so many of its rules must match that relay cannot count: write a filter by hand")
        return None
    found = [one for one in made if one]
    return rules.all_of(found) if found and len(found) == len(made) else None


def _condition(scenario: Scenario, agent: Record, condition: Record) -> str | None:
    """Its expressions ignore capitals; of several values one must fit."""
    path, sort = text(condition, "path"), text(condition, "type")
    name = _PATHS.get(path.removeprefix("$.").removesuffix("[*]").removesuffix("[0]"))
    given = condition.get("value")
    values = [str(one) for one in (given if isinstance(given, list) else [given]) if isinstance(one, (str, int, float))]
    if name is None or not values or sort not in {"regex", "!regex", "field==value", "field!=value"}:
        said = f"its rule {sort[:40]} on the JSONPath {path[:80]} has no counterpart: write a filter by hand"
        scenario.say(agent, said)
        return None
    if sort.endswith("regex"):
        made = [rules.finds(name, f"(?i){value}") for value in values]
    else:
        made = [rules.equals(name, value) for value in values]
    return rules.one_of([rules.negated(one) for one in made] if "!" in sort else made)
