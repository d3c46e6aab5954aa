"""What is done where an element begins, and where it ends, by the name that feedparser has for it."""

from collections.abc import Callable
from functools import partial

from relay.intake.reading.direct import media, people, structure
from relay.intake.reading.direct.gathering import pop, pop_content, push, push_content
from relay.intake.reading.direct.state import Attributes, State

Start = Callable[[State, Attributes], None]
End = Callable[[State], None]


def _gather(name: str, is_kept: bool, state: State, _: Attributes) -> None:  # noqa: FBT001  # bound below
    push(state, name, is_kept=is_kept)


def _gathered(name: str, state: State) -> None:
    pop(state, name)


def _content(name: str, state: State, attributes: Attributes) -> None:
    push_content(state, name, attributes, "text/plain")


def _ended(name: str, state: State) -> None:
    pop_content(state, name)


def _nothing(_: State, __: Attributes) -> None:
    """What is only around others, or of no use: its text is that of what is around it."""


def _each(names: str, start: Start, end: End) -> dict[str, tuple[Start, End]]:
    return dict.fromkeys(names.split(), (start, end))


def _texts(names: str, called: str, *, is_kept: bool = True) -> dict[str, tuple[Start, End]]:
    return _each(names, partial(_gather, called, is_kept), partial(_gathered, called))


def _contents(names: str, called: str) -> dict[str, tuple[Start, End]]:
    return _each(names, partial(_content, called), partial(_ended, called))


TEXTS: dict[str, tuple[Start, End]] = {
    **_each("title dc_title", structure.start_title, structure.end_title),
    **_each("media_title", structure.start_title, structure.end_media_title),
    **_each("description dc_description media_description", structure.start_description, structure.end_description),
    **_each("abstract", structure.start_abstract, structure.end_description),
    **_each("summary itunes_summary", structure.start_summary, structure.end_summary),
    **_each("content", structure.start_content, structure.end_content),
    **_each("content_encoded fullitem", structure.start_encoded, structure.end_content),
    **_each("body xhtml_body", structure.start_body, structure.end_content),
    **_contents("subtitle tagline itunes_subtitle", "subtitle"),
    **_contents("rights copyright dc_rights", "rights"),
    **_contents("info feedburner_browserfriendly", "info"),
}
"""Elements whose text is of some kind: what is inside them is the text."""

ELEMENTS: dict[str, tuple[Start, End]] = {
    **TEXTS,
    **_each("rss", structure.start_rss, partial(_gathered, "rss")),
    **_each("channel", structure.start_channel, structure.end_feed),
    **_each("feed", structure.start_feed, structure.end_feed),
    **_each("item entry", structure.start_item, structure.end_item),
    **_each("source", structure.start_source, structure.end_source),
    **_each("image", structure.start_image, structure.end_image),
    **_each("textinput", structure.start_text_input, structure.end_text_input),
    **_each("author managingeditor dc_author dc_creator itunes_author", people.start_author, people.end_author),
    **_each("name itunes_name", partial(_gather, "name", False), people.end_name),  # noqa: FBT003
    **_each("dc_contributor", partial(_gather, "name", False), people.end_name),  # noqa: FBT003
    **_each("email itunes_email", partial(_gather, "email", False), people.end_email),  # noqa: FBT003
    **_each("url homepage uri", partial(_gather, "href", True), people.end_page),  # noqa: FBT003
    **_each("itunes_owner", people.start_owner, people.end_owner),
    **_each("link", media.start_link, partial(_gathered, "link")),
    **_each("enclosure", media.start_enclosure, partial(_gathered, "enclosure")),
    **_each("cc_license", media.start_license, partial(_gathered, "cc_license")),
    **_each("guid id", media.start_guid, media.end_guid),
    **_each("category keywords dc_subject", media.start_category, media.end_category),
    **_each("media_category", media.start_media_category, media.end_category),
    **_each("itunes_category", media.start_itunes_category, media.end_category),
    **_each("itunes_image", media.start_itunes_image, partial(_gathered, "itunes_image")),
    **_each("media_content", media.start_media_content, partial(_gathered, "media_content")),
    **_each("media_thumbnail", media.start_media_thumbnail, media.end_media_thumbnail),
    **_each("media_group", _nothing, partial(_gathered, "media_group")),
    **_each("cloud", _nothing, partial(_gathered, "cloud")),
    **_texts("contributor", "contributor", is_kept=False),
    **_texts("width", "width", is_kept=False),
    **_texts("height", "height", is_kept=False),
    **_texts("language dc_language", "language"),
    **_texts("webmaster dc_publisher", "publisher"),
    **_texts("published issued pubdate dcterms_issued", "published"),
    **_texts("updated modified lastbuilddate dc_date dcterms_modified", "updated"),
    **_texts("created dcterms_created", "created"),
    **_texts("expirationdate", "expired"),
    **_texts("dcterms_valid", "validity", is_kept=False),
    **_texts("generator", "generator"),
    **_texts("media_rating", "rating"),
    **_texts("media_credit", "credit"),
    **_texts("media_restriction", "restriction"),
    **_texts("media_license", "license"),
    **_texts("media_player", "media_player", is_kept=False),
    **_texts("georss_point georss_line georss_polygon georss_box", "geometry", is_kept=False),
    **_texts("where georss_where", "where", is_kept=False),
}
"""All that feedparser has a way of its own for, but what makes a direct reading unsure."""

ENDS: dict[str, End] = {
    "itunes_keywords": media.end_itunes_keywords,
    "media_keywords": media.end_media_keywords,
}
"""Elements that begin like any other."""

_UNSURE = (
    "tags newlocation itunes_link creativecommons_license svg math links authors author_detail title_detail "
    "summary_detail rights_detail subtitle_detail media_caption_detail psc_chapters psc_chapter georssgeom "
    "gml_point gml_linestring gml_polygon gml_exterior gml_linearring gml_pos gml_poslist geom"
)
UNSURE = frozenset(_UNSURE.split())
"""Elements of which feedparser makes something that is not made here; and roots, anywhere but at the root."""
