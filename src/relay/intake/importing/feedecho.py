"""FeedEcho (github.com/jcrabapple/feedecho): its export, format ``feedecho-export`` 1, and its SQLite database.

The export has feeds, accounts with their secrets, which are not looked at, and echoes: which feed goes to which
account. What was posted is in the database alone, in ``posted_items``.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from relay.core.identity.posted import Posted
from relay.intake.importing import rows, rules
from relay.intake.importing.imported import File, Found, Imported, Left, Outlet, Way, each
from relay.intake.importing.records import Record, moment, read_json, record, records, text
from relay.intake.importing.servers import server
from relay.intake.importing.wording import said, translated

HOW = "posted by FeedEcho"
_TABLES = {
    "mastodon": "accounts",
    "bluesky": "bluesky_accounts",
    "matrix": "matrix_accounts",
    "discord": "discord_accounts",
    "email": "email_accounts",
    "webhook": "webhook_accounts",
    "microblog": "microblog_accounts",
}
_OPTIONS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "mastodon": {"instance": ("instance",)},
    "bluesky": {"handle": ("handle",), "service": ("pds",)},
    "matrix": {"server": ("base_url", "homeserver"), "room": ("room_id",)},
    "discord": {},
    "email": {"to": ("email",)},
    "webhook": {},
}
_ADDRESSES = frozenset({"instance", "service", "server"})
_TEXT = {
    "title": "title",
    "link": "link",
    "url": "link",
    "summary": "excerpt",
    "description": "excerpt",
    "content": "excerpt",
}
_NOT_POSTED = frozenset({"failed", "error", "filtered", "skipped", "cancelled"})


def read(files: Sequence[File]) -> Imported | Left:
    """Exports and databases, in any order."""
    return each(files, lambda file: _database(file) if rows.is_database(file) else _export(file))


def _export(file: File) -> Imported | Left:
    document = read_json(file)
    if isinstance(document, Left):
        return document
    if not isinstance(document, dict) or document.get("format") != "feedecho-export":
        return Left(file.name, None, "this is no export of FeedEcho: its `format` is not feedecho-export")
    if document.get("version") != 1:
        return Left(file.name, None, "this export of FeedEcho is of another version than 1: it is not read")
    accounts = {kind: [*records(record(document.get("accounts")).get(kind))] for kind in _TABLES}
    return _told(file, [*records(document.get("feeds"))], accounts, [*records(document.get("echoes"))], [])


def _database(file: File) -> Imported | Left:
    found = rows.tables(file, ("feeds", "echoes", "posted_items", *_TABLES.values()))
    if isinstance(found, Left):
        return found
    if "echoes" not in found or "feeds" not in found:
        return Left(file.name, None, "this is no database of FeedEcho: it has no tables `feeds` and `echoes`")
    here = {name: [row for row in some if not row.get("deleted_at")] for name, some in found.items()}
    accounts: dict[str, list[Record]] = {kind: [*here.get(name, [])] for kind, name in _TABLES.items()}
    return _told(file, [*here["feeds"]], accounts, [*here["echoes"]], [*found.get("posted_items", [])])


def _told(
    file: File,
    feeds: Sequence[Record],
    accounts: Mapping[str, Sequence[Record]],
    echoes: Sequence[Record],
    posted: Sequence[Record],
) -> Imported:
    left: list[Left] = []
    urls = {text(feed, "id"): text(feed, "url") for feed in feeds if text(feed, "url")}
    outlets = {
        (kind, text(one, "id")): _outlet(file, kind, one, left) for kind, some in accounts.items() for one in some
    }
    live = [echo for echo in echoes if text(echo, "feed_id") in urls]
    sources = tuple(_source(file, feed, left) for feed in feeds if text(feed, "url"))
    ways = tuple(_ways(file, live, urls, outlets, left))
    from_ = {text(echo, "id"): echo for echo in live}
    marks = tuple(_posted(one, from_, urls) for one in posted if text(one, "status") not in _NOT_POSTED)
    return Imported(sources, tuple(one for one in outlets.values() if one), ways, marks, tuple(left))


def _source(file: File, feed: Record, left: list[Left]) -> Found:
    url, minutes = text(feed, "url"), text(feed, "poll_interval")
    if feed.get("paused"):
        left.append(Left(file.name, None, f"{url}: it was paused; take it out if it is to stay so"))
    drop = tuple(rules.says("text", word.strip()) for word in text(feed, "mute_keywords").split(",") if word.strip())
    every = f"{minutes}m" if minutes.isdecimal() and 5 <= int(minutes[:6]) <= 1440 else None
    return Found(url, text(feed, "name") or None, (), drop, every)


def _outlet(file: File, kind: str, account: Record, left: list[Left]) -> Outlet | None:
    name = text(account, "username", "handle", "name", "email") or kind
    if kind not in _OPTIONS:
        left.append(
            Left(
                file.name,
                None,
                f"the {kind} account {name[:80]}: relay posts to such a blog by `micropub`: add it by hand",
            )
        )
        return None
    options = [(key, text(account, *keys)) for key, keys in _OPTIONS[kind].items()]
    written = tuple((key, server(value) if key in _ADDRESSES else value) for key, value in options if value)
    return Outlet(f"{kind}-{name}", kind, written)


def _ways(
    file: File,
    echoes: Sequence[Record],
    urls: Mapping[str, str],
    outlets: Mapping[tuple[str, str], Outlet | None],
    left: list[Left],
) -> Iterator[Way]:
    for echo in echoes:
        outlet = outlets.get((text(echo, "destination_type"), text(echo, "destination_id")))
        url = urls[text(echo, "feed_id")]
        if outlet is None:
            left.append(Left(file.name, None, f"{url}: an echo goes to an account that is not brought over: left out"))
            continue
        if str(echo.get("enabled", 1)) in {"0", "False"}:
            left.append(Left(file.name, None, f"{url}: the echo to {outlet.name} was switched off: left out"))
            continue
        if text(echo, "delivery_mode") == "digest":
            left.append(
                Left(
                    file.name,
                    None,
                    f"{url}: the digest to {outlet.name} has a key of its own, `digest` of an email account",
                )
            )
        yield Way(outlet.name, (url,), _text(file, url, echo, left), _when(echo), text(echo, "content_warning") or None)


def _text(file: File, url: str, echo: Record, left: list[Left]) -> str | None:
    template = text(echo, "template").replace("{{", "{").replace("}}", "}")
    own, unknown = translated(template.replace("{%", "{?").replace("%}", "}"), _TEXT)
    left += said(file.name, None, unknown, url)
    return own or None


def _when(echo: Record) -> str | None:
    words = [word.strip() for word in text(echo, "filter_keywords").split(",") if word.strip()]
    if not words:
        return None
    rule = rules.one_of([rules.says("text", word) for word in words])
    return rule if text(echo, "filter_mode") == "include" else rules.negated(rule)


def _posted(item: Record, echoes: Mapping[str, Record], urls: Mapping[str, str]) -> Posted:
    echo: Mapping[str, Any] = echoes.get(text(item, "echo_id"), {})
    return Posted(
        HOW,
        guid=text(item, "item_id") or None,
        url=text(item, "item_url") or None,
        title=text(item, "item_title") or None,
        at=moment(item.get("posted_at")),
        where=text(echo, "destination_type"),
        feed=urls.get(text(echo, "feed_id")),
    )
