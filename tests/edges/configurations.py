"""Configurations for tests: the sample, the networks it may name, and files written on the spot."""

from pathlib import Path

from relay.config.configuration import Configuration, Loaded, NetworkKeys
from relay.config.load import load
from relay.config.messages import report

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "config" / "relay.toml"
NETWORKS = {
    "mastodon": NetworkKeys({"instance": "the server"}, {"visibility": "who sees it"}, {"token": "an access token"}),
    "bluesky": NetworkKeys({"handle": "the account"}, {"service": "its server"}, {"password": "an app password"}),
    "sandbox": NetworkKeys({}, {"like": "the network to count as"}, {}),
    "discord": NetworkKeys({}, {}, {"webhook": "its address"}),
    "slack": NetworkKeys({}, {"channel": "where"}, {}, {"webhook": "its address", "token": "instead"}),
    "facebook": NetworkKeys({"page": "its number"}, {}, {"token": "an access token"}),
    "linkedin": NetworkKeys({"page": "who posts"}, {}, {"token": "an access token"}),
    "threads": NetworkKeys({}, {}, {"token": "an access token"}),
    "x": NetworkKeys({}, {"link": "keep or strip"}, {}, {"consumer_key": "the app's", "token": "instead"}),
    "telegram": NetworkKeys({"chat": "where"}, {}, {"token": "the bot's"}),
    "webhook": NetworkKeys({"endpoint": "its address"}, {}, {"secret": "what signs"}),
    "email": NetworkKeys({"server": "where", "from": "who", "to": "whom"}, {"user": "who"}, {}, {"password": "theirs"}),
    "matrix": NetworkKeys({"server": "its address", "room": "where"}, {}, {"token": "an access token"}),
    "nostr": NetworkKeys({"relays": "where"}, {"accepted": "how many"}, {"key": "the secret key"}),
    "apprise": NetworkKeys({}, {}, {"url": "its address"}),
    "micropub": NetworkKeys({"endpoint": "its address"}, {}, {"token": "an access token"}),
    "wordpress": NetworkKeys({"site": "its address", "user": "who"}, {}, {"password": "an application password"}),
}
ENVIRONMENT: dict[str, str] = {}
SECRET = "xK3dF9-aa8Hq2LmZ"
SOURCE = 'version = 1\n[sources.cget]\nurl = "https://cget.example/rss.xml"\n'
MASTODON = 'version = 1\n[accounts.masto]\nnetwork = "mastodon"\ninstance = "https://mastodon.social"\n'


def loaded(path: Path, text: str, environ: dict[str, str] | None = None) -> Loaded:
    file = path / "relay.toml"
    file.write_text(text)
    return load(file, environ or ENVIRONMENT, NETWORKS)


def good(path: Path, text: str, environ: dict[str, str] | None = None) -> Configuration:
    found = loaded(path, text, environ)
    assert found.configuration is not None, report(found)
    return found.configuration
