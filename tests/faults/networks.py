"""Every network, with the far end that stands for it here."""

import json
from collections.abc import Mapping

from relay.networks.apprise import network as apprise
from relay.networks.bluesky import network as bluesky
from relay.networks.discord import network as discord
from relay.networks.facebook import network as facebook
from relay.networks.matrix import network as matrix
from relay.networks.nostr import network as nostr
from relay.networks.sandbox import network as sandbox
from relay.networks.slack import network as slack
from relay.networks.telegram import network as telegram
from relay.networks.threads import network as threads
from relay.networks.webhook import network as webhook
from relay.networks.wordpress import network as wordpress
from tests.fakes import discord as discord_fake
from tests.fakes import facebook as facebook_fake
from tests.fakes import matrix as matrix_fake
from tests.fakes import nostr as nostr_fake
from tests.fakes import receiver as receiver_fake
from tests.fakes import slack as slack_fake
from tests.fakes import telegram as telegram_fake
from tests.fakes import threads as threads_fake
from tests.fakes import wordpress as wordpress_fake
from tests.faults import repository
from tests.faults.boards import Inbox
from tests.faults.families import FAMILIES
from tests.faults.rows import Given, Row
from tests.torture.placed import Placed


def _socket(url: str) -> str:
    return url.replace("http", "ws", 1)


def _apprise(url: str) -> Given:
    return {}, {"url": url.replace("http", "json", 1) + "/annexe?cto=0.7&rto=0.7"}


_OTHERS = (
    Row(
        "bluesky",
        bluesky,
        repository.Repository,
        lambda url: ({"handle": repository.HANDLE, "service": url}, {"password": repository.PASSWORD}),
        "putRecord",
        asks=True,
    ),
    Row(
        "facebook",
        facebook,
        facebook_fake.Facebook,
        lambda url: ({"page": facebook_fake.PAGE, "server": url}, {"token": facebook_fake.TOKEN}),
        "/feed",
        r"/posts\?",
        lambda server: [post.message for post in server.posts],
    ),
    Row(
        "threads",
        threads,
        threads_fake.Threads,
        lambda url: ({"server": url}, {"token": threads_fake.TOKEN}),
        "/threads_publish",
        r"/me/(threads|replies)\?",
        asks=True,
    ),
    Row(
        "telegram",
        telegram,
        telegram_fake.Telegram,
        lambda url: ({"chat": telegram_fake.CHANNEL, "server": url}, {"token": telegram_fake.TOKEN}),
        "/send",
        texts=lambda server: [message.text for message in server.messages],
        tells=False,
    ),
    Row(
        "discord",
        discord,
        discord_fake.Discord,
        lambda url: ({}, {"webhook": url + discord_fake.HOOK}),
        "/webhooks/",
        texts=lambda server: [message.text for message in server.messages],
        tells=False,
        asks=True,
    ),
    Row(
        "slack-webhook",
        slack,
        slack_fake.Slack,
        lambda url: ({}, {"webhook": url + slack_fake.HOOK}),
        "/services/",
        tells=False,
    ),
    Row(
        "slack-bot",
        slack,
        slack_fake.Slack,
        lambda url: ({"channel": slack_fake.CHANNEL, "server": url}, {"token": slack_fake.TOKEN}),
        "chat.postMessage",
        r"conversations\.",
        asks=True,
    ),
    Row(
        "matrix",
        matrix,
        matrix_fake.Homeserver,
        lambda url: ({"server": url, "room": matrix_fake.ALIAS}, {"token": matrix_fake.TOKEN}),
        "/send/",
        "/messages",
        asks=True,
    ),
    Row(
        "nostr",
        nostr,
        nostr_fake.NostrRelay,
        lambda url: ({"relays": _socket(url)}, {"key": nostr_fake.KEY}),
        "EVENT",
        speaks="nostr",
    ),
    Row(
        "wordpress",
        wordpress,
        wordpress_fake.WordPress,
        lambda url: ({"site": url, "user": wordpress_fake.USER}, {"password": wordpress_fake.PASSWORD}),
        "/posts",
        r"/posts\?",
    ),
    Row(
        "webhook",
        webhook,
        receiver_fake.Receiver,
        lambda url: ({"endpoint": f"{url}/news"}, {"secret": receiver_fake.SECRET}),
        "/news",
        texts=lambda server: [json.loads(json.dumps(post))["data"]["text"] for post in server.posts.values()],
        keeps_time=False,
    ),
    Row("apprise", apprise, Inbox, _apprise, "/annexe", tells=False),
    Row("sandbox", sandbox, Placed, lambda url: ({"server": url, "imitates": "bluesky"}, {}), "/posts/"),
)

ROWS: Mapping[str, Row] = {row.name: row for row in sorted((*FAMILIES, *_OTHERS), key=lambda row: row.name)}
"""By name."""
