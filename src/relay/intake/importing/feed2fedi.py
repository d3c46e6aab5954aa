"""Feed2Fedi 3.5: ``config.json``, and ``cache.sqlite`` with the link of each entry that was posted, and when."""

from collections.abc import Iterator, Sequence

from relay.core.identity.posted import Posted
from relay.intake.importing import rows, rules
from relay.intake.importing.imported import File, Found, Imported, Left, Outlet, Way, each
from relay.intake.importing.records import Record, moment, read_json, records, text
from relay.intake.importing.servers import host, server
from relay.intake.importing.wording import said, translated

HOW = "posted by Feed2Fedi"
_TEXT = {"link": "link", "content_plaintext": "excerpt", "content_markdown": "excerpt", "content_html": "excerpt"}
_UNUSED = ("prefix", "schedule_duration_delay", "max_age", "max_posts", "tag_mappings")


def read(files: Sequence[File]) -> Imported | Left:
    """Configurations and caches, in any order."""
    return each(files, lambda file: _cache(file) if rows.is_database(file) else _settings(file))


def _cache(file: File) -> Imported | Left:
    found = rows.tables(file, ("share",))
    if isinstance(found, Left):
        return found
    if "share" not in found:
        return Left(file.name, None, "this is no cache of Feed2Fedi: it has no table `share`")
    posted = (
        Posted(HOW, url=row["url"].strip(), at=moment(row.get("shared_ts")))
        for row in found["share"]
        if isinstance(row.get("url"), str)
    )
    return Imported(posted=tuple(posted))


def _settings(file: File) -> Imported | Left:
    document = read_json(file)
    if isinstance(document, Left):
        return document
    if not isinstance(document, dict) or not isinstance(document.get("feeds"), list):
        return Left(file.name, None, "this is no configuration of Feed2Fedi: it has no list `feeds`")
    left: list[Left] = []
    feeds = [feed for feed in records(document["feeds"]) if text(feed, "url")]
    sources = tuple(_source(file, feed, left) for feed in feeds)
    outlet = _outlet(document)
    ways = tuple(_ways(file, document, feeds, outlet, left)) if outlet else ()
    return Imported(sources, (outlet,) if outlet else (), ways, (), tuple(left))


def _source(file: File, feed: Record, left: list[Left]) -> Found:
    url, drop = text(feed, "url"), []
    for one in records(feed.get("filters")):
        made = _dropped(one)
        if made:
            drop.append(made)
        elif one.get("action") not in {"none", "mark_cw"} and one.get("check") != "none":
            left.append(
                Left(file.name, None, f"{url}: a filter that {_said(one)} has no counterpart: write it by hand")
            )
    left += [Left(file.name, None, f"{url}: {key} has no counterpart") for key in _UNUSED if feed.get(key)]
    return Found(url, drop=tuple(drop))


def _dropped(one: Record) -> str | None:
    """What is dropped by a pattern: it must fit at the beginning of the summary, and a point is any character."""
    if one.get("action") != "drop":
        return None
    if one.get("check") == "any":
        return rules.finds("title", "")
    pattern = one.get("check_params")
    return (
        rules.finds("summary", rf"(?s)\A(?:{pattern})")
        if one.get("check") == "regex" and isinstance(pattern, str)
        else None
    )


def _said(one: Record) -> str:
    return f"does {str(one.get('action'))[:40]} on {str(one.get('check'))[:40]}"


def _outlet(document: Record) -> Outlet | None:
    instance, visibility = server(text(document, "fedi_instance")), text(document, "bot_post_visibility")
    options = (("instance", instance), *((("visibility", visibility),) if visibility else ()))
    return Outlet(host(instance), "mastodon", options) if instance else None


def _ways(file: File, document: Record, feeds: Sequence[Record], outlet: Outlet, left: list[Left]) -> Iterator[Way]:
    """One for each text and warning that its feeds have."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for feed in feeds:
        template = text(feed, "post_template") or text(document, "bot_post_template")
        grouped.setdefault((template, _warning(feed)), []).append(text(feed, "url"))
    for (template, warning), urls in grouped.items():
        own, unknown = translated(template.replace("\\n", "\n"), _TEXT)
        left += said(file.name, None, unknown)
        yield Way(outlet.name, tuple(urls), own or None, None, warning or None)


def _warning(feed: Record) -> str:
    found = (
        one for one in records(feed.get("filters")) if one.get("action") == "mark_cw" and one.get("check") == "any"
    )
    return next((str(one.get("action_params")) for one in found if one.get("action_params")), "")
