"""Where sites of a known kind keep their feeds: their address tells, or the marks of what they are made with."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from relay.intake.reading import fields

_NAME = r"([\w.%~-]{1,100})"
_ADDRESSES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(rf"https?://{pattern}"), feeds)
    for pattern, feeds in (
        (
            r"(?:www\.|m\.)?youtube\.com/channel/(UC[\w-]{22})\b",
            ("https://www.youtube.com/feeds/videos.xml?channel_id={0}",),
        ),
        (
            r"(?:www\.|m\.)?youtube\.com/.*[?&]list=([\w-]{10,60})",
            ("https://www.youtube.com/feeds/videos.xml?playlist_id={0}",),
        ),
        (rf"(?:www\.|m\.)?youtube\.com/user/{_NAME}", ("https://www.youtube.com/feeds/videos.xml?user={{0}}",)),
        (rf"(?:www\.|old\.|new\.)?reddit\.com/(r|u|user)/{_NAME}", ("https://www.reddit.com/{0}/{1}/.rss",)),
        (
            rf"(?:www\.)?github\.com/{_NAME}/{_NAME}(?:/.*)?$",
            ("https://github.com/{0}/{1}/releases.atom", "https://github.com/{0}/{1}/commits.atom"),
        ),
        (rf"(?:www\.)?github\.com/{_NAME}/?$", ("https://github.com/{0}.atom",)),
        (rf"bsky\.app/profile/{_NAME}", ("https://bsky.app/profile/{0}/rss",)),
        (r"(?:www\.)?medium\.com/(@?[\w.%~-]{1,100})", ("https://medium.com/feed/{0}",)),
        (r"([\w-]{1,63})\.medium\.com(?:/|$)", ("https://{0}.medium.com/feed",)),
        (r"(?!www\.)([\w-]{1,63})\.tumblr\.com(?:/|$)", ("https://{0}.tumblr.com/rss",)),
        (r"www\.tumblr\.com/(?:blog/(?:view/)?)?([\w-]{1,63})(?:/|$)", ("https://{0}.tumblr.com/rss",)),
        (r"([\w-]{1,63}\.blogspot\.[a-z.]{2,6})(?:/|$)", ("https://{0}/feeds/posts/default",)),
        (r"([\w-]{1,63}\.wordpress\.com)(?:/|$)", ("https://{0}/feed/",)),
        (r"([\w-]{1,63}\.substack\.com)(?:/|$)", ("https://{0}/feed",)),
        # Mastodon and its kin have profiles of this form on any host.
        (
            r"(?!(?:www\.)?(?:youtube|tiktok|medium)\.com)([\w.-]{1,253}(?::\d+)?)/@([\w.-]{1,100})/?$",
            ("https://{0}/@{1}.rss",),
        ),
    )
)
_MARKS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), feeds)
    for pattern, feeds in (
        (r"[\"']SPIP\b|spip\.php\?|/squelettes/|class=[\"'][^\"']*\bspip", ("spip.php?page=backend",)),
        (r"[\"']WordPress\b|/wp-content/|/wp-includes/", ("feed/",)),
        (r"[\"']Drupal\b|/sites/default/files/|data-drupal-", ("rss.xml", "actualites/rss.xml")),
        (r"[\"']Blogger\b", ("feeds/posts/default",)),
        (r"[\"']Joomla!?|/media/jui/|/media/system/js/", ("index.php?format=feed&type=rss",)),
        (r"[\"']Dotclear\b", ("feed/atom",)),
        (r"[\"']TYPO3\b|/typo3temp/|/typo3conf/", ("rss.xml", "feed.xml")),
        (r"[\"']Ghost\b", ("rss/",)),
        (r"[\"']Hugo\b", ("index.xml",)),
        (r"[\"']Jekyll\b", ("feed.xml",)),
        (r"[\"']Discourse\b", ("latest.rss",)),
        (r"[\"']Plone\b", ("RSS",)),
        (r"static1\.squarespace\.com", ("?format=rss", "blog?format=rss")),
        (r"[\"']Wix\.com", ("blog-feed.xml",)),
    )
)
_CHANNEL = re.compile(
    r"(?:\"(?:channelId|externalId)\"\s*:\s*\"|itemprop=\"(?:channelId|identifier)\"\s+content=\")(UC[\w-]{22})\""
)


def known(url: str) -> Iterator[str]:
    """The feeds of a site whose address alone says what it is; mostly they are there."""
    for pattern, feeds in _ADDRESSES:
        if match := pattern.match(url):
            yield from (feed.format(*match.groups()) for feed in feeds)
            return


def marked(page: str, url: str) -> Iterator[str]:
    """The feeds that the software behind ``page`` usually offers, at the site's own root and language."""
    if (channel := _CHANNEL.search(page)) and re.match(r"https?://(?:www\.|m\.)?youtube\.com/", url):
        yield f"https://www.youtube.com/feeds/videos.xml?channel_id={channel[1]}"
    start = page[: fields.LONGEST]
    for pattern, feeds in _MARKS:
        if pattern.search(start):
            yield from (urljoin(url, f"/{feed}") for feed in feeds)
