"""A cross-post as its network will draw it, and how long it is there."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal
from urllib.parse import urlsplit

from relay.core import thread
from relay.core.account import Account
from relay.core.crosspost import Draft
from relay.core.language.length import Count, measure
from relay.core.language.text import Span, spans
from relay.networks.showing import Shown, wants_picture
from relay.pipeline.desk import Desk
from relay.web.near import near
from relay.web.roster import label

Kind = Literal["plain", "link", "mention", "hashtag"]
_CALLED, _KNOWN_AS, _STANDS_AT = (
    ("name", "username"),
    ("handle", "chat", "channel", "room", "to"),
    ("instance", "site", "endpoint"),
)
"""The settings in which accounts say what readers see over their posts."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text that is drawn in one way; ``address`` is where a link leads."""

    kind: Kind
    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """One post. ``host`` is that of the card's link, ``image`` where an editor sees the picture, on a card or alone."""

    shown: Shown
    pieces: tuple[Piece, ...]
    counts: tuple[Count, ...]
    host: str = ""
    image: str = ""
    gives_way: bool = False
    """Whether the account wants the picture, and this post goes with a card all the same."""


@dataclass(frozen=True, slots=True)
class Preview:
    """``look`` is the network whose drawing is imitated; ``where`` says which account it is there.

    ``posts`` are one, or a thread; ``warning`` stands before each of them, where the network has such a thing.
    """

    look: str
    name: str
    where: str
    posts: tuple[Drawing, ...]
    warning: str = ""

    @property
    def price(self) -> Decimal | None:
        """What the network asks for all of it (USD)."""
        prices = [post.shown.price for post in self.posts if post.shown.price is not None]
        return sum(prices, Decimal(0)) if prices else None


def preview(account_id: str, draft: Draft, desk: Desk) -> Preview:
    """``draft`` as its account would show it; one that is no longer configured is drawn plainly."""
    account = desk.accounts.get(account_id)
    if account is None:
        shown = Shown(draft.text)
        return Preview("plain", account_id, "", (Drawing(shown, tuple(_pieces(shown)), ()),))
    able = desk.abilities(account_id)
    look = desk.networks[account.network].directory_name(account)
    return Preview(
        look=look,
        name=_first(account, _CALLED) or account.id,
        where=_where(account, look),
        posts=tuple(_drawing(account, post, desk) for post in thread.drafts(draft, threads=able.threads)),
        warning=draft.warning if able.warns else "",
    )


def _drawing(account: Account, draft: Draft, desk: Desk) -> Drawing:
    shown = _shown(account, draft, desk)
    picture = shown.picture or (shown.card.image if shown.card else None)
    alone = replace(desk.limits(account.id), threads=False)
    return Drawing(
        shown=shown,
        pieces=tuple(_pieces(shown)),
        counts=measure(draft.text, alone, draft.warning),
        host=_host(shown.card.link) if shown.card else "",
        image=near(picture.url) if picture else "",
        gives_way=bool(shown.card and draft.image and wants_picture(account)),
    )


def _shown(account: Account, draft: Draft, desk: Desk) -> Shown:
    """What the network that it looks like makes of it: a sandbox shows what the network that it imitates does."""
    own = desk.networks[account.network]
    return desk.networks.get(own.directory_name(account), own).SETTINGS.shows(account, draft)


def _pieces(shown: Shown) -> Iterator[Piece]:
    text, end = shown.text, 0
    for span in spans(text):
        if span.kind != "link" and not shown.has_marks:
            continue
        if span.start > end:
            yield Piece("plain", text[end : span.start])
        yield _piece(span, shown)
        end = span.end
    if end < len(text):
        yield Piece("plain", text[end:])


def _piece(span: Span, shown: Shown) -> Piece:
    match span.kind:
        case "link":
            return Piece("link", shown.link(span.text), span.text)
        case "mention" if shown.has_short_names:
            return Piece("mention", "@" + span.text[1:].partition("@")[0])
        case kind:
            return Piece(kind, span.text)


def _where(account: Account, look: str) -> str:
    return _first(account, _KNOWN_AS) or _host(_first(account, _STANDS_AT)) or label(look)


def _first(account: Account, keys: tuple[str, ...]) -> str:
    return next((account.options[key] for key in keys if account.options.get(key)), "")


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
