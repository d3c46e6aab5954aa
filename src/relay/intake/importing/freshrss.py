"""FreshRSS: its OPML with the attributes of its own namespace, its exported articles (JSON), or its SQLite database.

The attributes: https://freshrss.github.io/FreshRSS/en/developers/OPML.html. Articles are exported as the Google Reader
API has them; in the database, ``entry.is_read`` and ``feed.url``, all but guids written as HTML.
"""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any

from lxml import etree

from relay.core.identity.posted import Posted
from relay.intake import opml
from relay.intake.importing import rows, rules
from relay.intake.importing.imported import File, Found, Imported, Left, each
from relay.intake.importing.records import Record, read_json, record, records, text
from relay.intake.reading.decoding import decode

HOW = "read in FreshRSS"
_NAMESPACE = "{https://freshrss.org/opml}"
_READ = "user/-/state/com.google/read"
_TERM = re.compile(
    r'(?P<not>[-!]?)(?:(?P<field>intitle|intext|inurl|author):)?(?P<hash>#?)(?:"(?P<quoted>[^"]*)"|\'(?P<single>[^\']*)\'|/(?P<pattern>(?:[^/\\]|\\.)+)/(?P<flags>i?m?)|(?P<bare>[^\s:]+))(?:\s+|$)'
)
_FIELDS = {"intitle": "title", "intext": "content", "inurl": "url", "author": "author"}
_SCRAPED = "XPath"
_TTL = 60


def read(files: Sequence[File]) -> Imported | Left:
    """Lists, exports and databases, in any order."""
    return each(files, _one)


def _one(file: File) -> Imported | Left:
    if rows.is_database(file):
        return _database(file)
    return _list(file) if file.body.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") else _articles(file)


def _list(file: File) -> Imported | Left:
    """The feeds as every list has them; what FreshRSS adds is read beside."""
    outlines = opml.read(file.body)
    if outlines.error:
        return Left(file.name, None, outlines.error)
    left: list[Left] = []
    added = _added(file, left)
    sources = []
    for one in outlines.subscriptions:
        own = added.get(one.url, {})
        if _SCRAPED in own.get("type", "") or "JSON" in own.get("type", ""):
            left.append(
                Left(
                    file.name,
                    None,
                    f"{one.url}: a page read by {own['type']}: `relay add {one.url}` shows how relay would read it",
                )
            )
            continue
        sources.append(
            Found(one.url, one.title, (), _drop(file, one.url, own, left), _every(own), "cssFullContent" in own)
        )
        left += _unused(file, one.url, own)
    return Imported(tuple(sources), left=tuple(left))


def _added(file: File, left: list[Left]) -> dict[str, dict[str, str]]:
    """The attributes of FreshRSS by the address of the feed; a list that is not well-formed has lost them."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, encoding="utf-8")
    try:
        root = etree.fromstring(decode(file.body, None).text.strip().encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        left.append(
            Left(file.name, error.lineno, "this list is not well-formed: of its feeds the addresses alone are read")
        )
        return {}
    found: dict[str, dict[str, str]] = {}
    for outline in root.iter("outline"):
        said = {str(name).removeprefix(_NAMESPACE): str(value) for name, value in outline.attrib.items() if value}
        found.setdefault(str(outline.get("xmlUrl") or "").strip(), said)
    return found


def _every(own: dict[str, str]) -> str | None:
    """Seconds; a feed that is muted has less than none."""
    seconds = own.get("ttl", "")
    return f"{int(seconds) // _TTL}m" if seconds.isdecimal() and 300 <= int(seconds[:7]) < 604_800 else None


def _unused(file: File, url: str, own: dict[str, str]) -> Iterator[Left]:
    if own.get("ttl", "").startswith("-"):
        yield Left(file.name, None, f"{url}: it was muted; take it out if it is to stay so")
    if own.get("priority", "main") in {"hidden", "archived"}:
        yield Left(file.name, None, f"{url}: its priority is {own['priority']}: leave it out of `from` of your feeds")
    for key in sorted(own):
        if key.startswith("CURLOPT") or key in {"cssContentFilter", "unicityCriteria", "cssFullContentConditions"}:
            yield Left(file.name, None, f"{url}: frss:{key} has no counterpart")


def _drop(file: File, url: str, own: dict[str, str], left: list[Left]) -> tuple[str, ...]:
    """What it marks as read by itself: searches, one a line."""
    made: list[str] = []
    for line in filter(None, map(str.strip, own.get("filtersActionRead", "").splitlines())):
        rule = _search(line)
        if rule:
            made.append(rule)
        else:
            left.append(
                Left(file.name, None, f"{url}: the search “{line[:100]}” has no counterpart: write a filter by hand")
            )
    return tuple(made)


def _search(written: str) -> str | None:
    """A search as a filter: words that all must hold, or several with OR between them; ``None`` for any other."""
    alternatives = [_all(part) for part in re.split(r"\s+OR\s+", written)]
    return rules.one_of([one for one in alternatives if one]) if all(alternatives) else None


def _all(written: str) -> str | None:
    made, end = [], 0
    while end < len(written):
        term = _TERM.match(written, end)
        if term is None:
            return None
        made.append(_term(term))
        end = term.end()
    return rules.all_of(made) if made else None


def _term(term: re.Match[str]) -> str:
    field = "category" if term["hash"] else _FIELDS.get(term["field"] or "", "text")
    if term["pattern"]:
        flags = f"(?{term['flags']})" if term["flags"] else ""
        rule = rules.finds(field, flags + term["pattern"])
    else:
        rule = rules.says(field, term["quoted"] or term["single"] or term["bare"] or "")
    return rules.negated(rule) if term["not"] else rule


def _articles(file: File) -> Imported | Left:
    document = read_json(file)
    if isinstance(document, Left):
        return document
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        return Left(file.name, None, "this is neither a list nor exported articles of FreshRSS")
    done = [one for one in records(document["items"]) if _READ in map(str, one.get("categories") or ())]
    return Imported(posted=tuple(map(_posted, done)))


def _posted(item: Record) -> Posted:
    links = [*records(item.get("canonical")), *records(item.get("alternate"))]
    origin = record(item.get("origin"))
    feed = text(origin, "feedUrl") or text(origin, "streamId").removeprefix("feed/")
    return Posted(
        HOW,
        guid=text(item, "guid") or None,
        url=next((text(link, "href") for link in links if text(link, "href")), None),
        title=unescape(text(item, "title")) or None,
        feed=feed if feed.startswith("http") else None,
    )


def _database(file: File) -> Imported | Left:
    found = rows.tables(file, ("feed", "entry"))
    if isinstance(found, Left):
        return found
    if "feed" not in found or "entry" not in found:
        return Left(file.name, None, "this is no database of FreshRSS: it has no tables `feed` and `entry`")
    urls = {row.get("id"): _plain(row, "url") or "" for row in found["feed"]}
    sources = tuple(Found(url, _plain(row, "name")) for row in found["feed"] if (url := _plain(row, "url")))
    done = [row for row in found["entry"] if row.get("is_read")]
    return Imported(sources, posted=tuple(_row(row, urls.get(row.get("id_feed")) or None) for row in done))


def _plain(row: dict[str, Any], column: str) -> str | None:
    return unescape(str(row[column])) if row.get(column) else None


def _row(row: dict[str, Any], feed: str | None) -> Posted:
    return Posted(
        HOW,
        guid=str(row["guid"]) if row.get("guid") else None,
        url=_plain(row, "link"),
        title=_plain(row, "title"),
        feed=feed,
    )
