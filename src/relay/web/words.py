"""Every word of the pages, in the reader's language."""

from collections.abc import Callable

from relay.web.wording.accessibility import ACCESSIBILITY
from relay.web.wording.accounts import ACCOUNTS
from relay.web.wording.api import API
from relay.web.wording.asking import ASKING
from relay.web.wording.correcting import CORRECTING
from relay.web.wording.facts import FACTS
from relay.web.wording.frame import FRAME
from relay.web.wording.handles import HANDLES
from relay.web.wording.judging import JUDGING
from relay.web.wording.keys import KEYS
from relay.web.wording.listing import LISTING
from relay.web.wording.machine import MACHINE
from relay.web.wording.members import MEMBERS
from relay.web.wording.previews import PREVIEWS
from relay.web.wording.remarks import REMARKS
from relay.web.wording.schedule import SCHEDULE
from relay.web.wording.signing import SIGNING
from relay.web.wording.sources import SOURCES
from relay.web.wording.stopping import STOPPING
from relay.web.wording.telling import TELLING
from relay.web.wording.tokens import TOKENS

LANGUAGES = ("fr", "en")

WORDS: dict[str, tuple[str, str]] = {
    **FRAME,
    **JUDGING,
    **CORRECTING,
    **PREVIEWS,
    **ASKING,
    **SOURCES,
    **FACTS,
    **HANDLES,
    **ACCOUNTS,
    **SIGNING,
    **MEMBERS,
    **KEYS,
    **API,
    **TOKENS,
    **LISTING,
    **REMARKS,
    **SCHEDULE,
    **STOPPING,
    **TELLING,
    **ACCESSIBILITY,
    **MACHINE,
}
"""A key → the French, the English."""


def speaker(language: str) -> Callable[..., str]:
    """What says a word of the table in ``language``; a word that is not there is a bug."""
    column = LANGUAGES.index(language)
    return lambda key, **values: _typeset(WORDS[key][column].format(**values), language)


def _typeset(text: str, language: str) -> str:
    """French sets a no-break space before its double punctuation."""
    if language != "fr":
        return text
    for mark in ":;?!":
        text = text.replace(f" {mark}", f"\u202f{mark}" if mark != ":" else "\u00a0:")
    return text
