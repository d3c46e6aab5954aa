"""What the sample sources have to say: entries made in advance, dated from the moment the demo starts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files

import msgspec
from markupsafe import Markup

from relay.core.document import Picture
from relay.demo.pages import TEMPLATES, file


@dataclass(frozen=True, slots=True)
class Prepared:
    """An entry in its drawer (``content/…/….toml``).

    ``minutes`` is its age when the demo starts, ``updated`` that of its last change;
    an entry without an age waits to be published during the demo. ``body`` is a template of HTML.
    """

    slug: str
    title: str
    author: str
    categories: tuple[str, ...]
    lead: str
    body: str
    minutes: int | None = None
    updated: int | None = None
    picture: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry that is out. Its picture has a true length; every address is absolute."""

    prepared: Prepared
    url: str
    body: Markup
    picture: Picture | None
    published: datetime
    updated: datetime


@dataclass(slots=True)
class Newsroom:
    """A source: what it has published, newest first, and what it still holds back. ``site`` is its own address."""

    server: str
    site: str
    entries: list[Entry]
    waiting: list[Prepared]

    @property
    def updated(self) -> datetime:
        """The last change of anything that is out."""
        return max(entry.updated for entry in self.entries)

    def entry(self, slug: str) -> Entry | None:
        """The entry of this name, if it is out."""
        return next((entry for entry in self.entries if entry.prepared.slug == slug), None)

    def publish(self, now: datetime) -> None:
        """Publish the next one, dated now but always later than everything before, so that validators change."""
        if self.waiting:
            moment = max(now.replace(microsecond=0), self.updated + timedelta(seconds=1))
            self.entries.insert(0, _entry(self.waiting.pop(0), self.server, self.site, (moment, moment)))


def staffed(folder: str, server: str, site: str, start: datetime) -> Newsroom:
    """The newsroom of ``folder`` as it is when the demo starts."""
    drawer, origin = _drawer(folder), start.replace(microsecond=0)
    out = [
        _entry(one, server, site, (_before(origin, one.minutes), _before(origin, one.updated or one.minutes)))
        for one in drawer
        if one.minutes is not None
    ]
    out.sort(key=lambda entry: entry.published, reverse=True)
    return Newsroom(server, site, out, [one for one in drawer if one.minutes is None])


def _drawer(folder: str) -> list[Prepared]:
    papers = sorted(files("relay.demo").joinpath("content", folder).iterdir(), key=lambda paper: paper.name)
    return [msgspec.toml.decode(paper.read_bytes(), type=Prepared) for paper in papers]


def _before(start: datetime, minutes: int) -> datetime:
    return start - timedelta(minutes=minutes)


def _entry(prepared: Prepared, server: str, site: str, dates: tuple[datetime, datetime]) -> Entry:
    body = TEMPLATES.from_string(prepared.body).render(site=site, pixel=f"{server}/pixel.gif").strip()
    published, updated = dates
    return Entry(
        prepared=prepared,
        url=f"{site}/{prepared.slug}",
        body=Markup(body),  # noqa: S704  (written by us, and kept with the program)
        picture=_picture(prepared, server),
        published=published,
        updated=updated,
    )


def _picture(prepared: Prepared, server: str) -> Picture | None:
    found = file("content/pictures", prepared.picture)
    if not found:
        return None
    body, kind = found
    return Picture(f"{server}/images/{prepared.picture}", prepared.alt, kind, len(body))
