"""What readers will get of a post, as its network draws it: an editor sees it before saying yes."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from relay.core.account import Account
from relay.core.crosspost import Draft, Image
from relay.core.language.text import spans

Form = Literal["post", "message", "letter", "article", "data"]
"""A post of a timeline, a message of a channel, a mail, a page of a site, or fields that a program reads."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is drawn for a link; without a title it is of a page that is not ours."""

    link: str
    title: str = ""
    description: str = ""
    image: Image | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """The words as they arrive, and what stands around them: a card or a picture, never both.

    ``heading`` is a mail's subject or a page's title, ``extract`` what a site shows of it in lists.
    """

    text: str
    form: Form = "post"
    heading: str = ""
    extract: str = ""
    card: Card | None = None
    picture: Image | None = None
    has_alt: bool = True
    """Whether readers of this network get the picture's alternative text."""
    has_marks: bool = False
    """Whether they can follow mentions and hashtags; elsewhere these are words like others."""
    link: Callable[[str], str] = str
    """How a link's address is drawn."""
    has_short_names: bool = False
    """Whether mentions are drawn without their server."""
    price: Decimal | None = None
    """What the network asks for the post (USD)."""


def bare(longest: int) -> Callable[[str], str]:
    """Links are drawn without their scheme, and what is longer than so many characters ends in "…"."""

    def drawn(address: str) -> str:
        bare = address.partition("://")[2].removeprefix("www.")
        return bare if len(bare) <= longest else f"{bare[:longest]}…"

    return drawn


Shows = Callable[[Account, Draft], Shown]


def with_first_link(account: Account, draft: Draft) -> Shown:
    """The network draws a card of the first link in the text."""
    return attached(account, draft, next(iter(_links(draft)), ""))


def with_last_link(account: Account, draft: Draft) -> Shown:
    """The network draws a card of the last link in the text."""
    return attached(account, draft, next(reversed(_links(draft)), ""))


def with_own_link(account: Account, draft: Draft) -> Shown:
    """The card is of the post's own page, wherever the text has its links."""
    return attached(account, draft, draft.link)


def as_message(account: Account, draft: Draft) -> Shown:
    """In a channel: every link in the text gets a card, of which that of the post's own page is shown."""
    links = _links(draft)
    return attached(account, draft, draft.link if draft.link in links else next(iter(links), ""), form="message")


def as_article(account: Account, draft: Draft) -> Shown:  # noqa: ARG001  (as all of them)
    """A page of a site: title, picture, text, and what lists show."""
    heading = " ".join((draft.title or draft.text).split())
    return Shown(draft.text, "article", heading=heading, extract=draft.description, picture=draft.image)


def as_note(account: Account, draft: Draft) -> Shown:  # noqa: ARG001  (as all of them)
    """A page of a site that has no title of its own."""
    return Shown(draft.text, "article", picture=draft.image)


def as_data(account: Account, draft: Draft) -> Shown:  # noqa: ARG001  (as all of them)
    """Fields; what becomes of them nobody here knows."""
    return Shown(draft.text, "data")


def as_letter(account: Account, draft: Draft, subject: str) -> Shown:
    """A mail: under its text a title with the lead, or the picture."""
    if draft.image and wants_picture(account):
        return Shown(draft.text, "letter", heading=subject, picture=draft.image)
    card = Card(draft.link, draft.title, draft.description) if draft.link and draft.title else None
    return Shown(draft.text, "letter", heading=subject, card=card)


def attached(account: Account, draft: Draft, link: str, *, form: Form = "post", takes_picture: bool = True) -> Shown:
    """The picture where the account wants it and the network takes it, or else the card of ``link``."""
    if draft.image and takes_picture and wants_picture(account):
        return Shown(draft.text, form, picture=draft.image, has_marks=form == "post")
    return Shown(draft.text, form, card=_card(draft, link), has_marks=form == "post")


def wants_picture(account: Account) -> bool:
    """Whether the account's posts go with their picture instead of a card."""
    return account.options.get("attach") == "picture"


def _card(draft: Draft, link: str) -> Card | None:
    if link and link == draft.link:
        return Card(link, draft.title or link, draft.description, draft.image)
    return Card(link) if link else None


def _links(draft: Draft) -> tuple[str, ...]:
    return tuple(span.text for span in spans(draft.text) if span.kind == "link")
