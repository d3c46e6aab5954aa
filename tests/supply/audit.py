"""Known holes in what is pinned, as pip-audit finds them and OSV describes them, and which of them may not stay."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

PATIENCE = timedelta(days=7)
"""So long a hole may be known before it fails: its mend is to be released, locked and tried."""
SEVERITIES = ("", "LOW", "MODERATE", "HIGH", "CRITICAL")
"""As OSV's sources call them, the worst last; the first where none of them says."""
MILD = ("LOW", "MODERATE")


@dataclass(frozen=True, slots=True)
class Hole:
    """One advisory about one package; ``published`` is ``None`` where nobody says."""

    package: str
    id: str
    severity: str
    published: datetime | None

    def fails(self, now: datetime) -> bool:
        """Whether it may not stay: high or worse, and known for a week. What is not known of it is taken as the worst."""
        return self.severity not in MILD and (self.published is None or now - self.published > PATIENCE)

    def __str__(self) -> str:
        since = f"since {self.published:%Y-%m-%d}" if self.published else "since nobody knows when"
        return f"{self.package}: {self.id}, {(self.severity or 'of unknown severity').lower()}, {since}"


def names(told: Mapping[str, Any]) -> list[str]:
    """Every name under which OSV may describe what pip-audit has ``told``."""
    found = (hole for package in told["dependencies"] for hole in package.get("vulns", ()))
    return sorted({name for hole in found for name in (hole["id"], *hole.get("aliases", ()))})


def holes(told: Mapping[str, Any], described: Mapping[str, Mapping[str, Any]]) -> list[Hole]:
    """Each advisory that pip-audit has ``told`` of (its JSON), with what OSV's records say of it under any name."""
    return [
        hole
        for package in told["dependencies"]
        for one in package.get("vulns", ())
        if (hole := _hole(package, one, [described[name] for name in names_of(one) if name in described]))
    ]


def names_of(hole: Mapping[str, Any]) -> tuple[str, ...]:
    """Its own and its aliases."""
    return (hole["id"], *hole.get("aliases", ()))


def _hole(package: Mapping[str, Any], one: Mapping[str, Any], records: list[Mapping[str, Any]]) -> Hole | None:
    """``None`` where every record of it was taken back."""
    standing = [record for record in records if "withdrawn" not in record]
    if records and not standing:
        return None
    said = (str(record.get("database_specific", {}).get("severity", "")).upper() for record in standing)
    severity = max((word for word in said if word in SEVERITIES), key=SEVERITIES.index, default="")
    dates = [datetime.fromisoformat(record["published"]) for record in standing if "published" in record]
    return Hole(f"{package['name']} {package['version']}", one["id"], severity, min(dates, default=None))
