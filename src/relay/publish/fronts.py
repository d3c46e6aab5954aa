"""What a static server cannot find in the files: hubs, renamed and retired feeds, in its own language."""

from collections.abc import Iterator, Sequence
from datetime import date

from relay.core.feed import OutgoingFeed
from relay.core.retired import Retired
from relay.publish.farewell import page
from relay.publish.places import PLACES

_NGINX_SIGNS = str.maketrans({"$": "&#36;", "\\": "&#92;", "'": "&#39;", "\n": None})
_CADDY_SIGNS = str.maketrans({"`": "&#96;", "{": "&#123;", "}": "&#125;", "\n": None})
"""Signs with a meaning there, as HTML writes them."""
_NGINX_ADDRESS = str.maketrans({"$": "%24", "\\": "%5C", "'": "%27"})
_CADDY_ADDRESS = str.maketrans({"`": "%60", "{": "%7B", "}": "%7D"})
"""The same, as addresses write them."""

_ASKED = "{http.request.orig_uri.path}"
"""For Caddy: the path as it was asked for, whatever it was rewritten to."""


def nginx(feeds: Sequence[OutgoingFeed], retired: Sequence[Retired], today: date) -> str:
    """Three maps, for ``include`` in the ``http`` block; the server block of docs/serving/nginx.conf uses them."""
    onward = [(one.name, link) for one in retired if (link := one.onward("", today))]
    renamed = [(name, f"/feeds/{feed.id}/") for feed in feeds for name in feed.formerly]
    gone = [one for one in retired if not one.onward("", today)]
    moves = [
        f"~^/feeds/{name}(?:/(?<relay_rest>[^?]*))?(?:\\?|$) {_target(link, '$relay_rest')};"
        for name, link in renamed + onward
    ]
    farewells = [f"~^/feeds/{one.name}(?:[/?]|$) '{page(one).translate(_NGINX_SIGNS)}';" for one in gone]
    links = [f"{path} '{link.translate(_NGINX_ADDRESS)}';" for feed in feeds for path, link in _links(feed)]
    return "\n".join(
        [
            "# From: relay export nginx",
            *_map("$request_uri $relay_moved", moves),
            *_map("$request_uri $relay_farewell", farewells),
            *_map("$uri $relay_link", links),
            "",
        ]
    )


def caddy(feeds: Sequence[OutgoingFeed], retired: Sequence[Retired], today: date) -> str:
    """Directives for ``import`` inside the ``route`` of docs/serving/Caddyfile."""
    lines = ["# From: relay export caddy"]
    for feed in feeds:
        for name in feed.formerly:
            lines += _caddy_move(name, f"/feeds/{feed.id}/")
        lines += [f"header {path} Link `{link.translate(_CADDY_ADDRESS)}`" for path, link in _links(feed)]
    for one in retired:
        link = one.onward("", today)
        lines += _caddy_move(one.name, link) if link else _caddy_farewell(one)
    return "\n".join([*lines, ""])


def _links(feed: OutgoingFeed) -> Iterator[tuple[str, str]]:
    """The path of each document, and its Link header: as relay itself sends it (WebSub §4)."""
    hubs = "".join(f'<{hub}>; rel="hub", ' for hub in feed.hubs)
    for name in feed.formats:
        path = PLACES[name].path
        is_page = name == "html"
        address = feed.link if is_page else feed.link + path
        yield f"/feeds/{feed.id}/{path}", f'{"" if is_page else hubs}<{address}>; rel="self"'


def _target(link: str, rest: str) -> str:
    """A folder's documents have the same names there."""
    return f"'{link.translate(_NGINX_ADDRESS)}{rest if link.endswith('/') else ''}'"


def _map(names: str, lines: Sequence[str]) -> list[str]:
    return [f"map {names} {{", "    default '';", *(f"    {line}" for line in lines), "}"]


def _caddy_move(name: str, link: str) -> list[str]:
    address = link.translate(_CADDY_ADDRESS)
    target = f"{address}{{re.{name}.1}}" if link.endswith("/") else address
    return [f"@{name} vars_regexp {name} {_ASKED} ^/feeds/{name}(?:/(.*))?$", f"redir @{name} {target} 301"]


def _caddy_farewell(one: Retired) -> list[str]:
    return [
        f"@{one.name} vars_regexp {_ASKED} ^/feeds/{one.name}(?:/|$)",
        f"handle @{one.name} {{",
        '\theader Content-Type "text/html; charset=utf-8"',
        f"\trespond `{page(one).translate(_CADDY_SIGNS)}` 410",
        "}",
    ]
