"""What an import would change: the sources that are new, under which names, with the filters that are any."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from relay.cli.writing import NewSource, free_name
from relay.config.configuration import Configuration
from relay.config.table import Fault
from relay.config.values import url
from relay.intake.importing import rules
from relay.intake.importing.imported import Found, Imported, Left
from relay.intake.importing.servers import host, masked

Outcome = Literal["added", "already a source", "not a web address"]


@dataclass(frozen=True, slots=True)
class Planned:
    """What becomes of one feed; ``id`` is the name of the source that has it."""

    found: Found
    outcome: Outcome
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Every feed, and what is left for a person to do. ``ids`` are the sources by a plain form of their addresses."""

    planned: tuple[Planned, ...]
    ids: Mapping[str, str]
    left: tuple[Left, ...]

    @property
    def new(self) -> tuple[NewSource, ...]:
        """What is written."""
        return tuple(_new(one.id, one.found) for one in self.planned if one.outcome == "added" and one.id)

    def id(self, address: str | None) -> str | None:
        """The source that follows this feed, whatever its scheme."""
        return self.ids.get(plain(address)) if address else None


def plan(imported: Imported, settings: Configuration, label: str) -> Plan:
    """Feeds that are sources already stay as they are; of two feeds at one address the first counts."""
    ids = {plain(source.url): source.id for source in settings.sources}
    taken = {source.id for source in settings.sources}
    left: list[Left] = []
    planned: list[Planned] = []
    for one in imported.sources:
        found = _checked(one, label, left)
        if isinstance(url(found.url), Fault):
            planned.append(Planned(replace(found, url=masked(found.url)), "not a web address"))
        elif known := ids.get(plain(found.url)):
            planned.append(Planned(found, "already a source", known))
            left += _kept_as_it_is(found, known, label)
        else:
            name = ids[plain(found.url)] = free_name(found.title or host(found.url), taken)
            taken.add(name)
            planned.append(Planned(found, "added", name))
    told = (replace(one, what=masked(one.what)) for one in (*imported.left, *left))
    return Plan(tuple(planned), ids, tuple(told))


def plain(address: str) -> str:
    """One form for an address whose scheme, or last slash, is another."""
    return address.strip().partition("://")[2].removeprefix("www.").rstrip("/") or address


def _checked(found: Found, label: str, left: list[Left]) -> Found:
    """Without the filters that are none in relay's language; a feed of another scheme is asked by http."""
    address = found.url.replace("feed://", "http://", 1).removeprefix("feed:")
    keep, drop = ([one for one in some if _is_good(one, found, label, left)] for some in (found.keep, found.drop))
    return Found(
        address, found.title, tuple(dict.fromkeys(keep)), tuple(dict.fromkeys(drop)), found.every, found.fulltext
    )


def _is_good(rule: str, found: Found, label: str, left: list[Left]) -> bool:
    why = rules.fault(rule)
    if why:
        left.append(Left(label, None, f"{found.url}: {rule[:120]} is no filter ({why}): left out, write it by hand"))
    return why is None


def _kept_as_it_is(found: Found, id: str, label: str) -> Iterator[Left]:
    for key, some in (("keep", found.keep), ("drop", found.drop)):
        for rule in some:
            yield Left(
                label, None, f"[sources.{id}] is there and stays as it is: add {rule} to its {key} if it is to be"
            )


def _new(id: str, found: Found) -> NewSource:
    title = found.title or host(found.url)
    return NewSource(id, found.url, title, None, found.keep, found.drop, found.every, found.fulltext)


def named(plan: Plan, addresses: Sequence[str]) -> tuple[str, ...]:
    """The sources of these feeds, each once; of all feeds of the import where none is named."""
    wanted = [plan.id(address) for address in addresses] or [one.id for one in plan.planned]
    return tuple(dict.fromkeys(id for id in wanted if id))
