"""How editors are spoken to outside the pages: in the words, and by the clock, of the pages."""

from collections.abc import Callable

from relay.config.configuration import Configuration
from relay.core.crosspost import Keys
from relay.pipeline.telling.wishes import Wishes
from relay.web import moments
from relay.web.roster import label
from relay.web.wording.said import said


def voiced(known: Configuration, mint: Callable[[], Keys]) -> Wishes:
    """Who is told what, and how it is said."""
    return Wishes(
        listeners=known.listeners,
        mail=known.mail,
        zone=known.zone,
        said=lambda text, language: said(text, language)[0],
        hour=lambda moment, now, language: moments.short(moment, now, known.zone, language),
        label=label,
        mint=mint,
    )
