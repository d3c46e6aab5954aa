"""A cross-post as a person would see it, made into the shapes of the API."""

from collections.abc import Iterator, Sequence

from relay.core.crosspost import Crosspost, Image
from relay.core.language.length import Count
from relay.networks.showing import Card
from relay.pipeline.desk import Desk
from relay.storage.journal import Line
from relay.web.api import shapes
from relay.web.focus import Focus
from relay.web.previews import Drawing


def whole(at: Focus, sources: Sequence[str], history: Sequence[Line], desk: Desk) -> shapes.Crosspost:
    """All of it."""
    one, draft = at.crosspost, at.crosspost.draft
    return shapes.Crosspost(
        *(one.id, one.entry_id, one.account, _network(one, desk), one.state, one.revision),
        title=at.entry.post.headline if at.entry else None,
        sources=tuple(sources),
        text=draft.text,
        warning=draft.warning,
        language=draft.language,
        link=draft.link,
        picture=_picture(draft.image),
        note=one.note,
        warnings=tuple(_warnings(at)),
        posts=tuple(_post(drawing) for drawing in at.preview.posts),
        live=shapes.Words(one.live.text, one.live.warning) if one.live else None,
        steps=at.steps,
        approvals=tuple(shapes.Yes(yes.by, yes.at, yes.revision) for yes in one.approvals),
        edited_by=one.edited_by,
        leaves=at.leaves,
        chosen=one.wanted_at,
        not_before=one.not_before,
        created_at=one.created_at,
        changed_at=one.changed_at,
        addresses=tuple(at.public.addresses),
        history=tuple(map(_line, history)),
    )


def _network(one: Crosspost, desk: Desk) -> str | None:
    return desk.accounts[one.account].network if one.account in desk.accounts else None


def counts(found: Sequence[Count]) -> tuple[shapes.Count, ...]:
    """Lengths."""
    return tuple(shapes.Count(count.unit, count.used, count.max) for count in found)


def _warnings(at: Focus) -> Iterator[str]:
    """What a person would be told before saying yes."""
    one = at.crosspost
    for drawing in at.preview.posts:
        for count in drawing.counts:
            if not count.fits:
                yield f"The text is too long for {one.account}: {count.used} of {count.max} {count.unit}."
    for body in at.nameless:
        yield f"{body.name} has no handle on {at.look}: the plain name stands there."
    yield from filter(None, (at.terms.held, at.withheld, _undescribed(one)))


def _undescribed(one: Crosspost) -> str:
    image = one.draft.image
    return "Its picture has no description." if image and not image.alt else ""


def _post(drawing: Drawing) -> shapes.Post:
    shown = drawing.shown
    return shapes.Post(
        text=shown.text,
        heading=shown.heading,
        extract=shown.extract,
        card=_card(shown.card) if shown.card else None,
        picture=_picture(shown.picture),
        counts=counts(drawing.counts),
        price=str(shown.price) if shown.price is not None else None,
    )


def _card(card: Card) -> shapes.Card:
    return shapes.Card(card.link, card.title, card.description, _picture(card.image))


def _picture(image: Image | None) -> shapes.Picture | None:
    return shapes.Picture(image.url, image.alt) if image else None


def _line(line: Line) -> shapes.Line:
    return shapes.Line(line.at, line.who, line.means, line.from_state, line.to_state, line.revision, line.what)
