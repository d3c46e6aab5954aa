"""What pages and programs send: the right names with good values, and headers that servers have been broken by."""

from relay.core.review.transitions import Event
from relay.pipeline.care.remedies import Remedy
from relay.web.accounts import WORDS as OF_ACCOUNTS
from relay.web.actions import BY_NAME
from relay.web.handles import WORDS as OF_HANDLES
from relay.web.me import DID
from relay.web.members import WORDS as OF_MEMBERS
from tests.fuzz.house import PICTURE

VALUES: dict[str, tuple[str, ...]] = {
    "id": tuple(map(str, range(1, 12))),
    "remark": ("1", "2"),
    "action": (*BY_NAME, *Event),
    "act": ("approve", "hold", "reject"),
    "body": ("anct", "anru"),
    "source": ("anct",),
    "account": ("masto", "bsky"),
    "feed": ("blog",),
    "name": (PICTURE.name, "feeds", "redaction", "editor", "writer", "program-1", "nouveau"),
    "path": ("atom.xml", "index.html", "style.css", "keys.js", "icon.svg", ""),
    "remedy": tuple(Remedy),
    "revision": ("1", "1", "1", "2"),
    "seen": ("1:1", "2:1"),
    "text": ("Autres mots", "Autres mots https://a.example/ @anct #ville"),
    "reason": ("Parce que",),
    "alt": ("Une place",),
    "role": ("viewer", "writer", "editor", "director", "admin", "token"),
    "network": ("mastodon", "bluesky"),
    "date": ("2026-11-26",),
    "time": ("09:30",),
    "slot": ("", "next", "2026-11-26T09:30"),
    "lang": ("fr", "en"),
    "state": ("waiting", "sent", "changes"),
    "hub.mode": ("subscribe", "unsubscribe", "denied", "publish"),
    "hub.topic": ("https://anct.exemple.fr/rss.xml", "http://localhost/feeds/blog/atom.xml"),
    "hub.callback": ("https://lecteur.exemple.fr/c",),
    "hub.lease_seconds": ("864000",),
    "email": ("editor@exemple.fr",),
    "password": ("un mot de passe assez long",),
    "limit": ("1", "200"),
    "after": ("1", "2"),
}
"""Good values, by which a request gets further."""
WORDS = {
    "/accounts": tuple(OF_ACCOUNTS),
    "/me": tuple(DID),
    "/members": tuple(OF_MEMBERS),
    "/questions": ("yes", "no"),
    "/handles": tuple(OF_HANDLES),
}
"""Good words at the end of an address."""
MORE = (
    "back",
    "stay",
    "did",
    "done",
    "said",
    "moved",
    "lang",
    "for-masto",
    "scope-read",
    "secret-token",
    "hub.callback",
)
FORMS: dict[str, tuple[dict[str, str], ...]] = {
    "/queue/judge": ({"act": "hold", "why": "Parce que", "id": "1", "seen": "1:1"}, {"act": "approve", "seen": "10:1"}),
    "/handles": ({"name": "Une maison", "acronyms": "UM", "names": "Maison", "site": "", "network": "mastodon"},),
    "/handles/{body}/{word}": ({"name": "ANCT", "network": "mastodon", "handle": "@anct@a.example", "verified": "1"},),
    "/members/{word}": ({"name": "nouveau", "role": "writer", "for-masto": "on", "email": "n@exemple.fr"},),
    "/tokens": ({"name": "nouveau", "scope-read": "on", "days": "30", "for-masto": "on"},),
    "/schedule/{id}": ({"revision": "1", "date": "2026-12-03", "time": "09:30"}, {"revision": "1", "next": ""}),
    "/review/{id}/waive": ({"revision": "1", "why": "Une place, sans plus"},),
    "/review/{id}/picture": ({"revision": "1", "place": "none"}, {"revision": "1", "place": "0"}),
    "/accounts/{account}/{word}": ({"secret-token": "geheim", "secret-password": "geheim", "state": "x", "code": "y"},),
    "/hub": (
        {"hub.mode": "subscribe", "hub.topic": "http://localhost/feeds/blog/atom.xml", "hub.callback": "https://a.fr/"},
    ),
    "/keys": ({"approve": "a", "edit": "e", "hold": "h"}, {"restore": "1"}),
    "/me/{word}": ({"new": "un mot de passe assez long", "email": "a@b.fr", "passkey": "AAAA", "name": "Clé"},),
    "/sources/{source}/{remedy}": ({"url": "https://anct.exemple.fr/atom.xml"},),
}
"""What a page of ours sends, whole."""
HEADERS = (
    *("Host", "Origin", "Referer", "Cookie", "Accept", "Accept-Encoding", "Accept-Language", "Authorization", "Range"),
    *(
        "If-None-Match",
        "If-Modified-Since",
        "If-Match",
        "If-Range",
        "A-IM",
        "Content-Type",
        "X-Forwarded-For",
        "Expect",
    ),
    *("X-Hub-Signature", "Last-Event-ID", "User-Agent", "Sec-Fetch-Site", "X-HTTP-Method-Override", "Upgrade", "TE"),
)
SAID = (
    *(
        "*",
        "gzip;q=x",
        "br, zstd;q=9",
        "bytes=0-",
        "bytes=5-1,-1,99999999999999999999-",
        'W/"x"',
        '"',
        "relay=; relay",
        "feed",
    ),
    *(
        "Thu, 99 Foo 2026 99:99:99 GMT",
        "Sat, 01 Jan 0001 00:00:00 GMT",
        "fr;q=",
        "a" * 3000,
        "::1, é, 127.0.0.1",
        "Basic =====",
    ),
    *(
        "Bearer ",
        "text/html; charset=\x80",
        "multipart/form-data",
        "application/json; charset=utf-99",
        "sha256=",
        "100-continue",
    ),
    *("websocket", '$Version=1; relay="a\\', "relay=" + "%00", "-1", "q=1;q=2,,,;", "h2c"),
)
TYPES = (
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/json",
    "text/plain",
    "",
    "a/b; c",
)
