"""The page that stands at the addresses of a feed that is no more (410)."""

from html import escape

from relay.core.retired import Retired

_FRENCH = ("Ce flux n’est plus publié", "Vous pouvez vous en désabonner.", "La suite est ici :")
_ENGLISH = ("This feed is no longer published", "You can unsubscribe from it.", "It goes on here:")


def page(retired: Retired) -> str:
    """A small page without script or style, in the language of the feed."""
    title, advice, onward = _FRENCH if retired.language.partition("-")[0] == "fr" else _ENGLISH
    link = escape(retired.link or "")
    way = f'<p>{onward} <a href="{link}">{link}</a></p>' if link else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(retired.language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title></head>'
        f"<body><h1>{title}</h1><p>{escape(retired.message) or advice}</p>{way}</body></html>\n"
    )
