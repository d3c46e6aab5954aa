"""A cross-post as its network will draw it, and how long it is there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from relay.core.crosspost import Account, Crosspost
from relay.core.language.text import Count, measure, spans
from relay.pipeline.desk import Desk

Kind = Literal["plain", "link", "mention", "hashtag"]
_SHOWN = 30
"""Mastodon shows a link without its scheme, cut after so many characters."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text that is drawn in one way; ``address`` is where a link leads."""

    kind: Kind
    text: str
    address: str = ""
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """What is drawn under the text for its link."""

    title: str
    description: str
    host: str


@dataclass(frozen=True, slots=True)
class Preview:
    """``look`` is the network whose drawing is imitated; ``where`` says which account it is there."""

    look: str
    name: str
    where: str
    pieces: tuple[Piece, ...]
    card: Card | None
    counts: tuple[Count, ...]


def preview(crosspost: Crosspost, text: str, desk: Desk) -> Preview:
    """``text`` as ``crosspost`` would show it; an account that is no longer configured is drawn plainly."""
    account = desk.accounts.get(crosspost.account)
    if account is None:
        return Preview("plain", crosspost.account, "", tuple(_pieces(text, "plain")), None, ())
    look = desk.networks[account.network].directory_name(account)
    return Preview(
        look=look,
        name=account.id,
        where=_where(account, look),
        pieces=tuple(_pieces(text, look)),
        card=_card(crosspost) if look == "bluesky" else None,
        counts=measure(text, desk.limits(account.id)),
    )


def _pieces(text: str, look: str) -> Iterator[Piece]:
    end = 0
    for span in spans(text):
        if span.start > end:
            yield Piece("plain", text[end : span.start])
        yield _link(span.text, look) if span.kind == "link" else Piece(span.kind, span.text)
        end = span.end
    if end < len(text):
        yield Piece("plain", text[end:])


def _link(address: str, look: str) -> Piece:
    if look != "mastodon":
        return Piece("link", address, address)
    bare = address.partition("://")[2].removeprefix("www.")
    return Piece("link", bare[:_SHOWN], address, is_cut=len(bare) > _SHOWN)


def _card(crosspost: Crosspost) -> Card | None:
    draft = crosspost.draft
    return Card(draft.title, draft.description, urlsplit(draft.link).hostname or "") if draft.title else None


def _where(account: Account, look: str) -> str:
    host = urlsplit(account.options.get("instance", "")).hostname
    return account.options.get("handle") or host or look
