"""``[retired.…]``, and ``formerly`` of ``[feeds.…]``: what becomes of addresses that readers still have."""

from collections.abc import Iterator
from datetime import date

from relay.config.table import Fault, Table
from relay.config.toml.positions import KeyPath
from relay.config.values import language, name, text, url
from relay.core.retired import Retired


def retired(key: str, table: Table, tongue: str) -> Retired:
    """One feed that is no more."""
    table.only("link", "until", "message", "language")
    until = table.maybe("until", day)
    if until is not None and "link" not in table.values:
        table.report(("until",), Fault("R112"), at_key=True)
    return Retired(
        name=key,
        language=table.one("language", language, tongue),
        link=table.maybe("link", url),
        until=until,
        message=table.one("message", text, ""),
    )


def former_names(feed: Table) -> tuple[str, ...]:
    """The names that the folder of a feed had."""
    return feed.many("formerly", name)


def day(value: str) -> date | Fault:
    """A day, as ISO 8601 writes it."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return Fault("R111", {"value": value})


def check_names(feeds: Table, gone: Table) -> None:
    """Report every name that leads to two places: to a feed, to the feed that had it, to a farewell."""
    taken = set(feeds.values)
    for section, path, key in (*_former(feeds), *((gone, (key,), key) for key in gone.values)):
        if key in taken:
            section.report(path, Fault("R110", {"name": key}), at_key=len(path) == 1)
        taken.add(key)


def _former(feeds: Table) -> Iterator[tuple[Table, KeyPath, str]]:
    for key, feed in feeds.values.items():
        names = feed.get("formerly") if isinstance(feed, dict) else None
        if isinstance(names, str):
            yield feeds, (key, "formerly"), names
        for index, former in enumerate(names if isinstance(names, list) else ()):
            if isinstance(former, str):
                yield feeds, (key, "formerly", index), former
