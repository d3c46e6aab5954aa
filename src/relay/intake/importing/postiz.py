"""Postiz: its posts as its public API tells them, or rows of its tables ``Post``, ``Integration`` and ``AutoPost``.

Rows are JSON, as ``SELECT json_agg(t) FROM "Post" t`` writes them, or CSV with a first line of names. What was
published has the state PUBLISHED; where, its integration says; what of, the addresses in its text.
"""

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any

from relay.core.identity.posted import Posted
from relay.intake.importing.imported import File, Found, Imported, Left, Outlet
from relay.intake.importing.records import Record, moment, read_csv, read_json, record, records, text

HOW = "posted by Postiz"
_ADDRESS = re.compile(r"https?://[^\s<>\"']+")
_TAG = re.compile(r"<[^<>]*>")
_NETWORKS = {
    "linkedin-page": "linkedin",
    **{name: name for name in ("bluesky", "discord", "facebook", "linkedin", "mastodon", "nostr", "slack")},
    **{name: name for name in ("telegram", "threads", "wordpress", "x")},
}


def read(files: Sequence[File]) -> Imported | Left:
    """Any of these, in any order."""
    found: list[tuple[File, Record]] = []
    for file in files:
        some = _rows(file)
        if isinstance(some, Left):
            return some
        found += [(file, one) for one in some]
    left: list[Left] = []
    places = {text(one, "id"): text(one, "providerIdentifier") for _, one in found if "providerIdentifier" in one}
    posted = [mark for _, one in found if "publishDate" in one for mark in _posts(one, places)]
    autos = [one for _, one in found if "lastUrl" in one and text(one, "url")]
    posted += [Posted(HOW, url=text(one, "lastUrl"), feed=text(one, "url")) for one in autos if text(one, "lastUrl")]
    outlets = tuple(_outlets([(file, one) for file, one in found if "providerIdentifier" in one], left))
    waiting = sum(text(one, "state") == "QUEUE" for _, one in found if "publishDate" in one)
    if waiting:
        left.append(
            Left(files[0].name, None, f"{waiting} posts wait in Postiz still: let them leave, or delete them there")
        )
    sources = tuple(Found(text(one, "url"), text(one, "title") or None) for one in autos)
    return Imported(sources, outlets, posted=tuple(posted), left=tuple(left))


def _rows(file: File) -> list[Record] | Left:
    if not file.body.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"{", b"[")):
        some: Any = read_csv(file)
    else:
        some = read_json(file)
        some = some.get("posts") if isinstance(some, dict) else some
    if isinstance(some, Left):
        return some
    found = [one for one in records(some) if {"publishDate", "providerIdentifier", "lastUrl"} & {*one}]
    if not found and some != []:
        return Left(file.name, None, "this has no posts, integrations or automatic posts of Postiz")
    return found


def _posts(post: Record, places: Mapping[str, str]) -> list[Posted]:
    """A mark for each address that it links to; its words stand for a title where there is none."""
    if text(post, "state") not in {"PUBLISHED", ""}:
        return []
    plain = html.unescape(_TAG.sub(" ", text(post, "content")))
    place = text(record(post.get("integration")), "providerIdentifier") or places.get(text(post, "integrationId"), "")
    addresses = [one.rstrip(".,;:!?)…") for one in _ADDRESS.findall(html.unescape(text(post, "content")))]
    lines = (" ".join(line.split()).strip(" .:–—-") for line in _ADDRESS.sub("", plain).splitlines())
    words = text(post, "title") or next(filter(None, lines), "")
    at = moment(text(post, "publishDate"))
    if not addresses:
        return [Posted(HOW, title=words, at=at, where=place)] if words else []
    return [Posted(HOW, url=one, title=words or None, at=at, where=place) for one in addresses]


def _outlets(found: Sequence[tuple[File, Record]], left: list[Left]) -> list[Outlet]:
    made = []
    for file, one in found:
        provider = text(one, "providerIdentifier")
        name = text(one, "profile", "name", "internalId") or provider
        if provider in _NETWORKS:
            options = (("handle", name),) if provider == "bluesky" and "." in name else ()
            made.append(Outlet(f"{provider}-{name}", _NETWORKS[provider], options))
        else:
            left.append(Left(file.name, None, f"{name[:80]}: relay does not know the network {provider[:40]}"))
    return made
