"""``[[routes]]``: what goes where, with which words, after whose yes, and when."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from relay.config.sections.filters import rule
from relay.config.sections.templates import Place, template
from relay.config.table import Fault, Table
from relay.config.values import choice, one_of, text
from relay.core.route import DEFAULT_TEXT, ApprovalRule, Route, Schedule

_KEYS = ("from", "to", "when", "text", "approval", "schedule", "on_edit", "on_delete", "warning", "hashtags")
_MOST_HASHTAGS = 30


@dataclass(frozen=True, slots=True)
class Known:
    """What a route may name."""

    sources: Collection[str]
    accounts: Collection[str]
    approvals: Mapping[str, ApprovalRule]
    schedules: Mapping[str, Schedule]
    networks: Collection[str]
    zone: str = "UTC"


def routes(document: Table, known: Known) -> tuple[Route, ...]:
    """Every route, with all the accounts it names."""
    return tuple(_route(number, table, known) for number, table in enumerate(document.array("routes")))


def _route(number: int, table: Table, known: Known) -> Route:
    table.only(*_KEYS)
    approval = table.one("approval", one_of(known.approvals, "R032"), "")
    schedule = table.one("schedule", one_of(known.schedules, "R033"), "")
    return Route(
        number=number,
        sources=_required(table, "from", known.sources, "R031"),
        accounts=_required(table, "to", known.accounts, "R030"),
        text=template(table, "text", DEFAULT_TEXT, Place(known.networks)),
        approval=known.approvals.get(approval, ApprovalRule()),
        schedule=known.schedules.get(schedule, Schedule(zone=known.zone)),
        when=table.some("when", rule(known.zone)),
        warning=table.one("warning", text, ""),
        hashtags=table.whole("hashtags", None, 0, _MOST_HASHTAGS),
        asks_on_edit=table.one("on_edit", choice("ask", "ignore"), "ask") == "ask",
        asks_on_delete=table.one("on_delete", choice("ask", "ignore"), "ask") == "ask",
    )


def _required(table: Table, key: str, known: Collection[str], code: str) -> tuple[str, ...]:
    if key not in table.values:
        table.report((), Fault("R011", {"name": key}), at_key=True)
    return table.some(key, one_of(known, code))
