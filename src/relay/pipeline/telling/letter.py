"""A letter to one mailbox: as text and as HTML, with links for the member whose address it is."""

from dataclasses import dataclass

from markupsafe import Markup

from relay.core.crosspost import Keys
from relay.core.people import Editor
from relay.core.telling.link import Word
from relay.networks.email.own import Written
from relay.networks.writing.paragraphs import paragraphs
from relay.pipeline.telling.items import Bulletin, Item, News
from relay.pipeline.telling.linking import Offer
from relay.pipeline.telling.phrases import Phrases
from relay.publish.templates import templates

_RULE = "-" * 40


@dataclass(frozen=True, slots=True)
class Addressed:
    """To whom: ``member`` is whose address it is, ``None`` for a mailbox that is nobody's.

    ``offers`` are the links, by cross-post.
    """

    listener: str
    to: str
    member: Editor | None
    offers: dict[int, Offer]

    @property
    def has_links(self) -> bool:
        """Whether anything can be said by a link."""
        return any(offer.links for offer in self.offers.values())

    def of(self, item: Item) -> Offer:
        """What may be said of this one."""
        return self.offers.get(item.crosspost.id, Offer())


def letter(phrases: Phrases, told: Bulletin, to: Addressed, keys: Keys) -> Written:
    """All that it takes to hand it over."""
    subject = phrases.subject(told)
    html = (
        templates("relay.pipeline.telling")
        .get_template("letter.html.j2")
        .render(
            subject=subject, told=told, p=phrases, to=to, lines=_paragraphs, danger=Word.REJECT, foot=_foot(phrases, to)
        )
    )
    return Written(to.to, subject, _text(phrases, told, to), phrases.language, keys, html)


def _paragraphs(text: str) -> list[Markup]:
    """Safe: every word is escaped, links are made of the text's own."""
    return [Markup(one) for one in paragraphs(text)]  # noqa: S704


def _text(phrases: Phrases, told: Bulletin, to: Addressed) -> str:
    others = [phrases.other(one) for one in told.others]
    news = [_news(phrases, one, to) for one in told.news]
    more = phrases.more(told)
    parts = [*others, *news, *([more] if more else []), "\n".join(_foot(phrases, to))]
    return f"\n\n{_RULE}\n\n".join(parts) + "\n"


def _news(phrases: Phrases, one: News, to: Addressed) -> str:
    head = [one.title, phrases.say("source", names=one.source)]
    head += [phrases.say("original", address=one.address)] if one.address else []
    return "\n\n".join(["\n".join(filter(None, head)), *(_item(phrases, item, to.of(item)) for item in one.items)])


def _item(phrases: Phrases, item: Item, offer: Offer) -> str:
    head = f"[{phrases.kind(item)}] {phrases.whose(item)} – {phrases.standing(item)}".removesuffix(" – ")
    if not item.is_open:
        return head
    image = item.crosspost.draft.image
    picture = [phrases.say("picture.alt", alt=image.alt, address=image.url)] if image else []
    no = [phrases.say("obstacle", why=phrases.wishes.said(offer.obstacle, phrases.language))] if offer.obstacle else []
    links = [phrases.say("link", word=phrases.say(f"link.{one}"), address=address) for one, address in offer.links]
    open_ = phrases.say("open", address=phrases.page(item))
    return "\n\n".join([head, item.text.strip(), "\n".join([*picture, phrases.todo(item), *no, *links, open_])])


def _foot(phrases: Phrases, to: Addressed) -> list[str]:
    own = [phrases.say("as", name=to.member.name), phrases.say("links.life")] if to.member and to.has_links else []
    return [*own, phrases.say("replies"), phrases.say("why", listener=to.listener)]
