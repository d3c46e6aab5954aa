"""What a reader would rather have: Accept and Accept-Encoding (RFC 9110 §12.5)."""

import re
from collections.abc import Collection, Mapping, Sequence

from relay.web.serving.ready import IDENTITY

_WEIGHT = re.compile(r";\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*(?:;|$)", re.IGNORECASE)
_ALIASES: Mapping[str, tuple[str, ...]] = {
    "application/atom+xml": ("application/xml", "text/xml"),
    "application/rss+xml": ("application/xml", "text/xml"),
    "application/feed+json": ("application/json",),
    "text/html": ("application/xhtml+xml",),
}
"""Wider names under which readers ask for these types."""


def coding(accepted: str | None, offered: Collection[str]) -> str:
    """The content coding to send, out of those ``offered``, the best first; ``identity`` where none is wanted."""
    weights = _weights((accepted or "").replace("x-gzip", "gzip"))
    anything = weights.get("*", 0.0)
    wanted = {one: weights.get(one, anything) for one in offered if one != IDENTITY}
    best = max(wanted, key=lambda one: wanted[one], default=IDENTITY)
    return best if wanted.get(best, 0.0) > 0 and wanted[best] >= weights.get(IDENTITY, 0.0) else IDENTITY


def media_type(accepted: str | None, offered: Sequence[str]) -> str:
    """The media type to send: the first of ``offered`` unless another is asked for more.

    Whoever accepts none of them gets the first all the same: for a feed, 406 helps nobody.
    """
    weights = _weights(accepted or "*/*")
    return max(offered, key=lambda one: _weight(weights, one))


def is_browser(accepted: str | None, own: str, feeds: Collection[str]) -> bool:
    """Whether a page is wanted rather than the feed of type ``own``; whoever names one of ``feeds`` reads feeds."""
    weights = _weights(accepted or "*/*")
    return weights.keys().isdisjoint(feeds) and _weight(weights, "text/html") > _weight(weights, own)


def _weight(weights: Mapping[str, float], offered: str) -> float:
    """How much one type is wanted: by its name, else by a wider one, else by a range."""
    named = [weights[name] for name in (offered, *_ALIASES.get(offered, ())) if name in weights]
    ranges = (offered.partition("/")[0] + "/*", "*/*")
    return max(named) if named else next((weights[one] for one in ranges if one in weights), 0.0)


def _weights(header: str) -> dict[str, float]:
    """Each value of a list with its weight; parameters other than ``q`` say nothing here."""
    found: dict[str, float] = {}
    for part in header.split(","):
        name, _, _ = part.partition(";")
        weight = _WEIGHT.search(part)
        if name.strip():
            found[name.strip().lower()] = float(weight[1]) if weight else 1.0
    return found
