"""The lines and columns of the table: every network, in every dialect, and what one wants to know of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from relay.core.account import Account, Secret

COLUMNS = {
    "post": "post",
    "picture": "picture + alt",
    "card": "card",
    "mention": "mention",
    "tags": "tags",
    "language": "language",
    "edit": "edit",
    "delete": "delete",
    "thread": "thread",
    "repeat": "repeat is one post",
    "doubt": "doubt resolved",
    "limit": "rate limit obeyed",
    "token": "token refresh",
    "refusal": "permanent error",
    "length": "over-long refused",
}
"""By the name that ``@pytest.mark.shows`` has for each."""

REAL = {
    "bluesky_pds": "Bluesky's PDS",
    "snac_real": "snac",
    "snac_account": "snac",
    "synapse_room": "Synapse",
    "synapse_server": "Synapse",
    "nostr_real": "nostr-relay",
    "wordpress_debian": "WordPress",
    "wordpress_real": "WordPress",
    "mail": "aiosmtpd, a mail server",
}
"""The far ends that are no fakes, and what they are."""


@dataclass(frozen=True, slots=True)
class Row:
    """``ends`` are the fixtures by which a test tells that it is about this row.

    ``options`` and ``secrets`` are those of an account that can do all there is.
    """

    title: str
    network: str
    ends: tuple[str, ...]
    options: Mapping[str, str] = field(default_factory=dict)
    secrets: tuple[str, ...] = ("token",)

    def account(self) -> Account:
        """Such an account; nobody is asked with it."""
        return Account("any", self.network, self.options, {name: Secret("x") for name in self.secrets})


_APP = {"client_id": "relay"}
ROWS = (
    Row("Mastodon 4.5", "mastodon", ("mastodon_45",)),
    Row("Mastodon 4.6.0", "mastodon", ("mastodon_460",)),
    Row("Mastodon 4.6.6", "mastodon", ("mastodon_fixed",)),
    Row("GoToSocial", "mastodon", ("gotosocial",)),
    Row("Pleroma, Akkoma", "mastodon", ("pleroma",)),
    Row("Pixelfed", "mastodon", ("pixelfed",)),
    Row("Friendica", "mastodon", ("friendica",)),
    Row("snac", "mastodon", ("snac_real", "snac_account")),
    Row("the least of Mastodon’s API", "mastodon", ("bare_api",)),
    Row("Bluesky", "bluesky", ("bluesky_pds",)),
    Row("X, by four keys", "x", ("x_signed",), {"premium": "yes"}, ("consumer_key", "consumer_secret")),
    Row("X, by a token", "x", ("x_bearer",), {"premium": "yes"} | _APP),
    Row("LinkedIn, a Page", "linkedin", ("linkedin_page",), _APP | {"page": "urn:li:organization:1"}),
    Row("LinkedIn, a member", "linkedin", ("linkedin_member",), _APP | {"page": "urn:li:person:1"}),
    Row("Facebook", "facebook", ("facebook_page",), _APP),
    Row("Threads", "threads", ("threads_user",), _APP),
    Row("Telegram", "telegram", ("telegram_bot",)),
    Row("Discord", "discord", ("discord_hook",), {}, ("webhook",)),
    Row("Slack, a webhook", "slack", ("slack_hook",), {}, ("webhook",)),
    Row("Slack, a bot", "slack", ("slack_bot",)),
    Row("Matrix", "matrix", ("synapse_room", "synapse_server", "matrix_room")),
    Row("Nostr", "nostr", ("nostr_real", "nostr_relay"), {}, ("key",)),
    Row("WordPress", "wordpress", ("wordpress_debian", "wordpress_real", "wordpress_site"), {}, ("password",)),
    Row("Micropub", "micropub", ("micropub_listing", "micropub_silent")),
    Row("E-mail", "email", ("mail",), {}, ("password",)),
    Row("Webhook", "webhook", ("webhook_receiver",), {}, ("secret",)),
    Row("Apprise", "apprise", ("apprise",), {}, ("url",)),
    Row("Sandbox", "sandbox", ("sandbox_mastodon", "sandbox_bluesky"), {"imitates": "mastodon"}, ()),
)
