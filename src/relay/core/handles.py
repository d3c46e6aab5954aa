"""Who is who on each network. A handle means nothing outside its own network."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Body:
    """An institution or person: the plain name, and the handle on each network where it has one."""

    id: str
    name: str
    handles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Directory:
    """Every body the configuration knows, by identifier."""

    bodies: Mapping[str, Body] = field(default_factory=dict)

    def handle(self, body_id: str, network: str) -> str | None:
        """The handle ("@CGET_gouv") of a body on a network, ``None`` where it has none."""
        body = self.bodies.get(body_id)
        return body.handles.get(network) if body else None

    def mention(self, body_id: str, network: str) -> str:
        """The handle where there is one, else the plain name: never somebody else's "@…"."""
        body = self.bodies.get(body_id)
        return self.handle(body_id, network) or (body.name if body else body_id)
