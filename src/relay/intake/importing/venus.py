"""Planet Venus, and Planet before it: ``config.ini`` with a section for each feed, and the entries in its cache.

Its documentation: https://www.intertwingly.net/code/venus/docs/config.html. ``filter`` is a regular expression that
must be found in an entry, ``exclude`` one that must not, for all feeds in ``[planet]`` and for one in its section.
"""

from collections.abc import Iterator, Sequence

from lxml import etree

from relay.core.identity.posted import Posted
from relay.intake.importing import ini, rules
from relay.intake.importing.imported import File, Found, Imported, Left, joined
from relay.intake.importing.ini import Section
from relay.intake.importing.records import moment
from relay.intake.reading.decoding import decode
from relay.intake.reading.traps import attack

HOW = "published by Planet Venus"
_ATOM = "{http://www.w3.org/2005/Atom}"
_OWN = ("name", "filter", "exclude")
_OF_PLANET = frozenset({"filter", "exclude", "filters"})
"""What of ``[planet]`` is about entries; the rest is about its pages."""


def read(files: Sequence[File]) -> Imported | Left:
    """A configuration, and the files of its cache: an Atom entry each."""
    parts: list[Imported] = []
    for file in files:
        part = _entry(file) if file.body.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") else _settings(file)
        if isinstance(part, Left):
            return part
        parts.append(part)
    return joined(parts)


def _settings(file: File) -> Imported | Left:
    sections = ini.read(file)
    if isinstance(sections, Left):
        return sections
    planet = sections.get("planet", Section("planet", {}))
    left = list(_unused(file, planet, _OF_PLANET))
    sources = []
    for section in sections.values():
        if section.name.startswith(("http://", "https://")):
            sources.append(_source(file, section, planet, left))
        elif section.name not in {"planet", "Planet"}:
            left.append(Left(file.name, section.line(""), f"[{section.name}] is no feed: left out"))
    return Imported(tuple(sources), left=tuple(left))


def _source(file: File, section: Section, planet: Section, left: list[Left]) -> Found:
    left += [
        Left(file.name, section.line(key), f"{key} = {section.get(key)[:80]} has no counterpart")
        for key in section.values
        if key not in _OWN and key not in planet.values and not key.startswith(("face", "hackergotchi"))
    ]
    keep = [rules.finds("text", found) for found in (section.get("filter") or planet.get("filter"),) if found]
    drop = [rules.finds("text", found) for found in (section.get("exclude") or planet.get("exclude"),) if found]
    return Found(section.name, section.get("name") or None, tuple(keep), tuple(drop))


def _unused(file: File, planet: Section, about_entries: frozenset[str]) -> Iterator[Left]:
    if planet.get("filters"):
        yield Left(
            file.name,
            planet.line("filters"),
            f"filters = {planet.get('filters')[:80]}: these programs have no counterpart",
        )
    others = [key for key in planet.values if key not in about_entries]
    if others:
        named = ", ".join(others[:6]) + (", …" if len(others) > 6 else "")
        yield Left(
            file.name, planet.line(""), f"[planet] is about its own pages ({named}): describe yours as [feeds.…]"
        )


def _entry(file: File) -> Imported | Left:
    """An entry as Venus keeps it; the lists of feeds and sources beside them are none."""
    text = decode(file.body, None).text
    if "<!ENTITY" in text or attack(text):
        return Left(file.name, None, "this document is a trap for parsers: it is not read")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, encoding="utf-8")
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        return Left(file.name, error.lineno, "this is no entry of Venus' cache: its XML ends or breaks here")
    if root.tag != f"{_ATOM}entry":
        return Imported(left=(Left(file.name, None, "this is no entry of Venus' cache: left out"),))
    return Imported(posted=(_posted(root),))


def _posted(entry: etree._Element) -> Posted:
    link = next(
        (one.get("href") for one in entry.iterfind(f"{_ATOM}link") if one.get("rel", "alternate") == "alternate"), None
    )
    feed = entry.find(f"{_ATOM}source/{_ATOM}link[@rel='self']")
    title = entry.find(f"{_ATOM}title")
    return Posted(
        HOW,
        guid=_words(entry, "id"),
        url=link,
        title=" ".join("".join(map(str, title.itertext())).split()) if title is not None else None,
        at=moment(_words(entry, "published") or _words(entry, "updated") or ""),
        feed=feed.get("href") if feed is not None else None,
    )


def _words(entry: etree._Element, name: str) -> str | None:
    found = entry.findtext(f"{_ATOM}{name}")
    return str(found).strip() or None if found else None
