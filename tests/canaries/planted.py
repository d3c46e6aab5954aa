"""Credentials that are planted everywhere a service has one, and every spelling by which they may come out."""

import base64
from collections.abc import Mapping

from relay.cli.covering import spellings

ACCOUNTS = """
[accounts.masto]
network = "mastodon"
instance = "{url}"
token = {{ env = "MASTO" }}
[accounts.bsky]
network = "bluesky"
handle = "blog.example"
service = "{url}"
password = {{ env = "BSKY" }}
[accounts.disc]
network = "discord"
webhook = {{ env = "DISCORD" }}
[accounts.slack]
network = "slack"
server = "{url}"
channel = "C0123456789"
token = {{ env = "SLACK" }}
[accounts.tele]
network = "telegram"
chat = "@blog_example"
server = "{url}"
token = {{ env = "TELEGRAM" }}
[accounts.hook]
network = "webhook"
endpoint = "{url}/webhook"
secret = {{ env = "WEBHOOK" }}
[accounts.room]
network = "matrix"
server = "{url}"
room = "!room:blog.example"
token = {{ env = "MATRIX" }}
[accounts.press]
network = "wordpress"
site = "{url}"
user = "camille"
password = {{ env = "WORDPRESS" }}
[accounts.micro]
network = "micropub"
endpoint = "{url}/micropub"
token = {{ env = "MICROPUB" }}
[accounts.face]
network = "facebook"
page = "1234567890"
server = "{url}"
token = {{ env = "FACEBOOK" }}
[accounts.face_app]
network = "facebook"
page = "1234567891"
server = "{url}"
client_id = "1234567890"
client_secret = {{ env = "FACEBOOK_CLIENT" }}
[accounts.thread]
network = "threads"
server = "{url}"
token = {{ env = "THREADS" }}
[accounts.thread_app]
network = "threads"
server = "{url}"
client_id = "1234567890"
client_secret = {{ env = "THREADS_CLIENT" }}
[accounts.link]
network = "linkedin"
page = "urn:li:organization:1234567890"
server = "{url}"
token = {{ env = "LINKEDIN" }}
[accounts.link_app]
network = "linkedin"
page = "1234567891"
server = "{url}"
client_id = "1234567890"
client_secret = {{ env = "LINKEDIN_CLIENT" }}
[accounts.ex]
network = "x"
server = "{url}"
consumer_key = {{ env = "X_KEY" }}
consumer_secret = {{ env = "X_SECRET" }}
access_token = {{ env = "X_TOKEN" }}
access_token_secret = {{ env = "X_TOKEN_SECRET" }}
[accounts.letters]
network = "email"
server = "{mail}"
security = "none"
from = "relay@blog.example"
to = "list@blog.example"
user = "relay"
password = {{ env = "SMTP" }}
[accounts.late]
network = "mastodon"
instance = "{url}"
[accounts.unknown]
network = "telegram"
chat = "@blog_example"
server = "{other}"
token = {{ env = "UNKNOWN" }}

[mail]
server = "{mail}"
security = "none"
from = "relay@blog.example"
user = "relay"
password = {{ env = "MAIL" }}

[notify.desk]
email = ["camille@blog.example"]
gap = "1s"

[hooks.intranet]
url = "{url}/intranet"
secret = {{ env = "HOOK" }}

[sign_in]
passwords = true
[sign_in.oidc]
issuer = "{url}"
client_id = "relay"
client_secret = {{ env = "OIDC" }}
name = "Provider"
"""
ROUTED = [
    "masto",
    "bsky",
    "disc",
    "slack",
    "tele",
    "hook",
    "room",
    "press",
    "micro",
    "face",
    "thread",
    "link",
    "ex",
    "letters",
    "late",
    "unknown",
]
"""The accounts that posts go to."""
VISITED = ("face_app", "thread_app", "link_app")
"""Those that somebody connects by a visit to their network."""
PLAIN = [
    "MASTO",
    "BSKY",
    "SLACK",
    "MATRIX",
    "WORDPRESS",
    "MICROPUB",
    "FACEBOOK",
    "FACEBOOK_CLIENT",
    "THREADS",
    "THREADS_CLIENT",
    "LINKEDIN",
    "LINKEDIN_CLIENT",
    "X_KEY",
    "X_SECRET",
    "X_TOKEN",
    "X_TOKEN_SECRET",
    "SMTP",
    "MAIL",
    "OIDC",
]
STAY = {
    "WEBHOOK": "it signs what is sent",
    "HOOK": "it signs what is sent",
    "X_SECRET": "it signs what is sent",
    "X_TOKEN_SECRET": "it signs what is sent",
    "KEY": "it seals what is kept",
    "UNKNOWN": "its server shows a certificate that nobody vouches for",
    "PROXY": "no proxy is taken out of the environment",
}
"""Credentials that are used and that no server is ever told, and why."""


def credentials(url: str) -> dict[str, str]:
    """Each variable with its credential; in those that have a form of their own, the canary is the part that counts."""
    plain = {name: canary(name) for name in PLAIN}
    signing = {name: f"whsec_{base64.b64encode(canary(name).encode()).decode()}" for name in ("WEBHOOK", "HOOK")}
    shaped = {
        "DISCORD": f"{url}/api/webhooks/123456789012345678/{canary('DISCORD')}",
        "TELEGRAM": f"123456789:{canary('TELEGRAM')}",
        "UNKNOWN": f"123456789:{canary('UNKNOWN')}",
    }
    return {**plain, **signing, **shaped}


def canary(name: str) -> str:
    """35 characters that stand nowhere else; Telegram wants just so many."""
    return f"canary-{name.replace('_', '-')}-".ljust(35, "0")


def canaries(found: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Each credential's spellings; ``found`` are those that relay has made itself."""
    names = (*credentials("http://a.example"), "PASTED", "CODE", "ID_TOKEN", "PROXY")
    planted = {name: canary(name) for name in names}
    return {name: (*spellings([value]), *_within(value)) for name, value in {**planted, **found}.items()}


def _within(value: str) -> tuple[str, ...]:
    """As it stands in the base64 of something longer, such as ``user:password``: wherever it begins there."""
    kinds = (base64.b64encode, base64.urlsafe_b64encode)
    shifted = (kind(b"." * start + value.encode()).decode() for kind in kinds for start in range(3))
    return tuple({one.rstrip("=")[4:-4] for one in shifted})


def hits(artefacts: Mapping[str, bytes], looked_for: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    """Which credential stands in which artefact."""
    return [
        (name, where)
        for where, content in artefacts.items()
        for name, spelt in looked_for.items()
        if any(one.encode() in content for one in spelt)
    ]
