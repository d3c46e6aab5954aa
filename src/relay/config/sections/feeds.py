"""``[feeds.…]``: what the blog publishes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import get_args

from relay.config.sections.filters import rule
from relay.config.sections.forms import chosen
from relay.config.sections.imprints import KEYS as _IMPRINT
from relay.config.sections.imprints import imprint
from relay.config.sections.retired import former_names
from relay.config.table import Fault, Table
from relay.config.values import choice, duration, language, one_of, text, url
from relay.core.feed import Axis, FormatName, OutgoingFeed, RelatedRule
from relay.core.form import Form
from relay.core.pictures.kinds import LONGEST_MAGIC, kind

_KEYS = (
    "title",
    "from",
    "when",
    "link",
    "formats",
    "per",
    "per_formats",
    "template",
    "title_template",
    "more",
    "related",
    "image",
    "size",
    "language",
    "formerly",
    "hub",
    *_IMPRINT,
)
_FORMATS: tuple[FormatName, ...] = get_args(FormatName)
_AXES: tuple[Axis, ...] = get_args(Axis)


@dataclass(frozen=True, slots=True)
class Known:
    """What a feed may name, and the language of the file."""

    sources: Collection[str]
    networks: Collection[str]
    forms: Mapping[str, Form]
    language: str
    folder: Path = Path()
    """Where the file is."""
    zone: str = "UTC"


def feed(name: str, table: Table, known: Known) -> OutgoingFeed:
    """One outgoing feed; it takes every source unless ``from`` names some."""
    table.only(*_KEYS)
    tongue = table.one("language", language, known.language)
    form = chosen(table, known.forms, known.networks, tongue)
    link, formats = table.need("link", url, ""), _formats(table, "formats", ("atom", "html"))
    per: tuple[Axis, ...] = tuple(dict.fromkeys(table.many("per", choice(*_AXES))))
    return OutgoingFeed(
        id=name,
        title=table.need("title", text, ""),
        link=link,
        sources=table.some("from", one_of(known.sources, "R031"), tuple(known.sources)),
        formats=formats,
        language=tongue,
        form=form,
        related=_related(table.table("related"), form),
        fallback_picture=_fallback(table.table("image"), known.folder),
        size=table.whole("size", 50, 1, 1000),
        formerly=former_names(table),
        when=table.some("when", rule(known.zone)),
        per=per,
        per_formats=_formats(table, "per_formats", _without_page(formats) if per else ()),
        imprint=imprint(table, f"{link}category/" if "category" in per else None),
    )


def _formats(table: Table, key: str, default: tuple[FormatName, ...]) -> tuple[FormatName, ...]:
    return table.some(key, choice(*_FORMATS), default)


def _without_page(formats: tuple[FormatName, ...]) -> tuple[FormatName, ...]:
    """A feed of one part of the blog needs no second page of its posts, but it must have a document."""
    return tuple(name for name in formats if name != "html") or ("atom",)


def _related(related: Table, form: Form) -> RelatedRule:
    related.only("label", "max", "within")
    return RelatedRule(
        max=related.whole("max", max(RelatedRule().max, form.most("related") or 0), 0, 20),
        within=related.one("within", duration, timedelta(days=90)),
    )


def _fallback(image: Table, folder: Path) -> str | None:
    """The path of the operator's picture, which is beside the file; a picture that is not there stops nothing."""
    image.only("pick", "fallback")
    image.one("pick", choice("largest"), "largest")
    written = image.maybe("fallback", text)
    if written is None:
        return None
    path = folder / written
    try:
        with path.open("rb") as stream:
            found = kind(stream.read(LONGEST_MAGIC))
    except (OSError, ValueError):
        image.report(("fallback",), Fault("R044", {"path": str(path)}))
    else:
        if found is None:
            image.report(("fallback",), Fault("R044/kind", {"path": str(path)}))
    return str(path.absolute())
