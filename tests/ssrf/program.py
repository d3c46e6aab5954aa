"""Relay itself, as it is started, on ``ground``: one poll of sources that stand inside, or point there."""

import subprocess
import sys
from pathlib import Path

from tests.ssrf.ground import Ground
from tests.ssrf.outside import PUBLIC
from tests.ssrf.trials import ADDRESSES, Row

LITERALS = (
    "127.0.0.1",
    "127.1",
    "0x7f000001",
    "10.0.0.1",
    "169.254.169.254",
    "[::1]",
    "[fd00::1]",
    "[::ffff:10.0.0.1]",
)
FEED = b"""<?xml version="1.0"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Agence</title><link>http://10.0.0.1/</link>
<atom:link rel="hub" href="http://169.254.169.254/hub"/><atom:link rel="self" href="http://10.0.0.1/feed"/>
<atom:link rel="prev-archive" href="http://192.168.1.1/archive"/>
<item><title>Un bilan</title><link>http://10.0.0.1/bilan</link><guid>1</guid><pubDate>Fri, 27 Nov 2026 09:00:00 GMT</pubDate>
<description>&lt;p&gt;Un bilan.&lt;/p&gt;&lt;img src="http://100.64.0.1/a.jpg"&gt;</description>
<enclosure url="http://10.0.0.1/a.jpg" type="image/jpeg" length="9"/></item>
</channel></rss>
"""
_HEAD = 'version = 1\nlanguage = "en"\n[service]\ndatabase = "{0}/relay.db"\nfeeds = "{0}/feeds"\n'
_SOURCE = '[sources.{0}]\nurl = "{1}"\nattribution = "{0}"\nfulltext = true\npush = true\n'
_FEED = '[feeds.blog]\ntitle = "Blog"\nlink = "https://blog.exemple.fr/"\nfrom = [{}]\n'


def polled(ground: Ground, folder: Path) -> Row:
    """What one ``relay poll`` connects to."""
    named = {f"n{place}.test": [[address]] for place, address in enumerate(ADDRESSES)}
    ground.names = {**named, "public.test": [[PUBLIC]], "moved.test": [[PUBLIC]]}
    ground.documents, ground.location = {"/feed.xml": FEED}, "http://10.0.0.1/feed"
    ground.clear()
    urls = [
        *(f"http://{host}/feed" for host in (*named, *LITERALS)),
        "http://moved.test/feed",
        "http://public.test/feed.xml",
    ]
    done = _poll(urls, folder)
    inside, public = tuple(ground.escapes), ground.connects.count(PUBLIC)
    ground.documents, ground.location = {}, ""
    return Row(
        "relay poll: sources inside, and a feed that points there",
        len(urls),
        public,
        inside,
        _wrong(done, urls, public),
    )


def _poll(urls: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    ids = [f"s{place}" for place in range(len(urls))]
    sources = "".join(_SOURCE.format(id, url) for id, url in zip(ids, urls, strict=True))
    written = _HEAD.format(folder) + sources + _FEED.format(", ".join(f'"{id}"' for id in ids))
    (folder / "relay.toml").write_text(written, encoding="utf-8")
    command = [sys.executable, "-m", "relay", "poll", "--config", str(folder / "relay.toml")]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, timeout=300)


def _wrong(done: subprocess.CompletedProcess[str], urls: list[str], public: int) -> str:
    """Every source inside must be refused in words, and the one feed read."""
    refused = done.stdout.count("which is not public") + done.stderr.count("which is not public")
    if "Traceback" in done.stderr or refused < len(urls) - 1 or " 1 new," not in done.stdout:
        return f"{refused} refused, {public} connections: {done.stdout[-600:]} {done.stderr[-600:]}"
    return ""
