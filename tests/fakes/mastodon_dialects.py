"""The servers that speak Mastodon's API, and where each differs from it, as their sources have it."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

Keys = Literal["first", "error", "replayed", "refused", "ignored"]
"""What a repeated key is answered with: the first post, 500, the stored answer whatever it was, 400, another post."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """``version`` is what its instance tells; a status in place of 200 is what an endpoint answers that is not there.

    ``told`` are the limits that it tells, which may be others than those it holds to.
    """

    version: str
    keys: Keys = "ignored"
    key_lifetime: timedelta = timedelta(hours=1)
    locks: bool = False
    """Whether the key of a call that is still running is answered with 503."""
    most: int = 500
    link_cost: int | None = None
    local_mentions: bool = False
    code_points: bool = False
    counts_warning: bool = True
    told_link_cost: int = 23
    too_long: int = 422
    most_warning: int | None = None
    most_alt: int = 1_500
    told_alt: int | None = None
    v2: bool = True
    source: int = 200
    edits: int = 200
    deletes: int = 200
    pages: bool = True
    """Whether a list begins where it is told, and ends."""
    needs_picture: bool = False
    warning_is_title: bool = False
    shortens: bool = False
    """Whether links are shortened in the HTML itself."""
    lost_reply: int | None = 404
    """What a reply to nothing gets; ``None``: it is posted, and answers nothing."""
    source_url: str = "https://github.com/mastodon/mastodon"
    visibilities: frozenset[str] = frozenset({"public", "unlisted", "private", "direct"})

    def problem(self, text: str, warning: str) -> str:
        """Why a text is not taken; empty where it is."""
        counted = text + (warning if self.counts_warning else "")
        if self.most_warning is not None and len(warning) > self.most_warning:
            return f"The spoiler text field must not be greater than {self.most_warning} characters."
        return f"Text character limit of {self.most} exceeded" if self._length(counted) > self.most else ""

    def _length(self, text: str) -> int:
        """Characters as the server sees them: what joins or marks another counts only where code points do."""
        if self.link_cost is not None:
            text = re.sub(r"https?://\S+", "x" * self.link_cost, text)
        if self.local_mentions:
            text = re.sub(r"(@\w+)@[\w.-]+\w", r"\1", text)
        if self.code_points:
            return len(text)
        return sum(unicodedata.category(char) not in {"Mn", "Me"} for char in re.sub("\u200d.", "", text))


def _mastodon(version: str, keys: Keys, *, locks: bool = False, alt: int = 1_500) -> Dialect:
    return Dialect(version, keys, locks=locks, link_cost=23, local_mentions=True, most_alt=alt, told_alt=alt)


MASTODON_45 = _mastodon("4.5.2", "first")
MASTODON_460 = _mastodon("4.6.0", "error", locks=True, alt=10_000)
MASTODON_FIXED = _mastodon("4.6.6", "first", locks=True, alt=10_000)
GOTOSOCIAL = Dialect(
    "0.20.2+git-5a3b2e7",
    code_points=True,
    told_link_cost=25,
    too_long=400,
    source_url="https://codeberg.org/superseriousbusiness/gotosocial",
)
"""Its limit is 5,000 unless its people say otherwise; these do."""
PLEROMA = Dialect(
    "2.7.2 (compatible; Pleroma 2.9.0)",
    "replayed",
    key_lifetime=timedelta(hours=6),
    too_long=422,
    most_alt=5_000,
    told_alt=5_000,
    lost_reply=None,
)
PIXELFED = Dialect(
    "3.5.3 (compatible; Pixelfed 0.12.6)",
    "refused",
    code_points=True,
    counts_warning=False,
    most_warning=140,
    most_alt=1_000,
    source=404,
    edits=405,
    needs_picture=True,
    source_url="https://github.com/pixelfed/pixelfed",
    visibilities=frozenset({"public", "unlisted", "private"}),
)
FRIENDICA = Dialect(
    "2.8.0 (compatible; Friendica 2024.12)",
    most=200_000,
    code_points=True,
    counts_warning=False,
    warning_is_title=True,
    shortens=True,
    source_url="https://git.friendi.ca/friendica/friendica",
)
SNAC = Dialect(
    "4.0.0 (not true; really snac/2.75)",
    v2=False,
    deletes=404,
    pages=False,
    most=100_000,
    told_link_cost=32,
    code_points=True,
    counts_warning=False,
    lost_reply=None,
    source_url="https://comam.es/what-is-snac",
)
"""As the real one is, which ``test_real_snac`` asks."""
BARE = replace(SNAC, version="4.0.0 (not true; really snac/2.52)", source=404, edits=404)
"""As little of the API as any server has; what it has not it answers with 404."""
