"""feed2toot 0.17: ``feed2toot.ini``, its list of feeds, and its cache, a line for each entry that was posted.

What its own documentation and its files say: https://feed2toot.readthedocs.io/. It keeps an entry's guid, or else its
link, and no times.
"""

import re
from collections.abc import Iterator, Sequence

from relay.core.identity.posted import Posted
from relay.intake.importing import feed2toot_feeds as feeds
from relay.intake.importing import ini
from relay.intake.importing.imported import File, Imported, Left, Outlet, Way, joined
from relay.intake.importing.ini import Section
from relay.intake.importing.servers import host, server
from relay.intake.importing.wording import said, translated
from relay.intake.reading.decoding import decode

HOW = "posted by feed2toot"
_TEXT = {"link": "link", "id": "link", "summary": "excerpt", "description": "excerpt", "feedname": "source"}
_WORDS = "several_words_hashtags_list"
_FILES = {"uri_list": "the list of feeds", "cachefile": "what was posted"}
_HERE = {
    ("rss", "uri"),
    ("rss", "uri_list"),
    ("rss", "toot"),
    ("rss", "tweet"),
    ("rss", "no_uri_pattern_no_global_pattern"),
    ("mastodon", "instance_url"),
    ("mastodon", "toot_visibility"),
    ("mastodon", "user_credentials"),
    ("mastodon", "client_credentials"),
    ("cache", "cachefile"),
    ("cache", "cache_limit"),
}
_NEEDLESS = {
    ("rss", "addtags"): "hashtags stand where the text of a route has {hashtags}",
    ("rss", "toot_max_len"): "relay counts as the network does",
    ("feedparser", "accept_bozo_exceptions"): "relay reads documents of any quality",
}


def read(files: Sequence[File]) -> Imported | Left:
    """One configuration or several, each with its list of feeds, and any caches, in any order."""
    settings: list[tuple[File, dict[str, Section]]] = []
    for file in files:
        if _is_settings(file):
            found = ini.read(file)
            if isinstance(found, Left):
                return found
            settings.append((file, {name: _plain(section) for name, section in found.items()}))
    others = [file for file in files if not _is_settings(file)]
    lists, words = ({_base(one, key) for _, one in settings} - {""} for key in ("uri_list", _WORDS))
    caches = [file for file in others if file.base not in lists | words]
    for file in caches:
        if b"\0" in file.body:
            return Left(file.name, None, "this is neither a configuration of feed2toot nor its cache")
    parts = [_settings(file, one, others, files) for file, one in settings]
    return joined([*parts, Imported(posted=tuple(one for file in caches for one in _cache(file)))])


def _is_settings(file: File) -> bool:
    return re.search(rb"(?mi)^\s*\[(mastodon|rss|cache)\]", file.body) is not None


def _plain(section: Section) -> Section:
    """It writes a per cent sign twice, since one begins the name of another key."""
    values = {key: value.replace("%%", "%") for key, value in section.values.items()}
    return Section(section.name, values, section.lines)


def _base(sections: dict[str, Section], key: str) -> str:
    """The name of a file that the configuration names, without its folders."""
    section = sections.get({"cachefile": "cache", _WORDS: "hashtaglist"}.get(key, "rss"))
    return File(section.get(key) if section else "", b"").base


def _cache(file: File) -> Iterator[Posted]:
    for line in decode(file.body, None).text.splitlines():
        if name := line.strip():
            yield Posted(HOW, guid=name, url=name if name.startswith(("http://", "https://")) else None)


def _settings(file: File, sections: dict[str, Section], lists: Sequence[File], files: Sequence[File]) -> Imported:
    rss = sections.get("rss", Section("rss", {}))
    left = [*_missing(file, sections, files), *_unused(file, sections)]
    patterns, unclear = feeds.patterns(file, rss)
    written = [
        *feeds.one(file, rss),
        *(line for one in lists if one.base == _base(sections, "uri_list") for line in feeds.lines(one)),
    ]
    sources = [feeds.source(line, patterns, left) for line in written]
    found = tuple(one for one in sources if one)
    outlet = _outlet(sections)
    way = _way(file, rss, outlet, [one.url for one in found], left) if outlet else None
    return Imported(found, (outlet,) if outlet else (), (way,) if way else (), (), (*left, *unclear))


def _missing(file: File, sections: dict[str, Section], files: Sequence[File]) -> Iterator[Left]:
    """Files that it names and that were not given: nothing is opened because a file says so."""
    for key, what in _FILES.items():
        section = sections.get("cache" if key == "cachefile" else "rss")
        if section and section.get(key) and _base(sections, key) not in {one.base for one in files}:
            yield Left(file.name, section.line(key), f"{section.get(key)} has {what}: name it too, after this file")


def _unused(file: File, sections: dict[str, Section]) -> Iterator[Left]:
    for section in sections.values():
        for key in section.values:
            if (
                (section.name, key) in _HERE
                or key.endswith(("_pattern", "_pattern_case_sensitive"))
                or section.name == "lock"
            ):
                continue
            why = _NEEDLESS.get((section.name, key))
            said = f"{key} is not needed: {why}" if why else f"{key} in [{section.name}] has no counterpart"
            yield Left(file.name, section.line(key), said)


def _outlet(sections: dict[str, Section]) -> Outlet | None:
    mastodon = sections.get("mastodon", Section("mastodon", {}))
    instance, visibility = server(mastodon.get("instance_url")), mastodon.get("toot_visibility")
    options = (("instance", instance), *((("visibility", visibility),) if visibility else ()))
    return Outlet(host(instance), "mastodon", options) if instance else None


def _way(file: File, rss: Section, outlet: Outlet, urls: Sequence[str], left: list[Left]) -> Way:
    key = "tweet" if rss.get("tweet") else "toot"
    text, unknown = translated(rss.get(key), _TEXT)
    left += said(file.name, rss.line(key), unknown)
    return Way(outlet.name, tuple(urls), text or None)
