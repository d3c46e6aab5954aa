"""A letter that a page sends by the way: it leaves beside the request, and what becomes of it stands in the log."""

import logging
import threading
from collections.abc import Callable

from relay.core.account import Account
from relay.core.crosspost import Keys
from relay.core.outcome import Retry, Sent
from relay.networks.email.own import Written, post

log = logging.getLogger("relay")

PostLetter = Callable[[str, str, str], None]
"""``post_letter(to, subject, text)`` returns at once."""

TRIES = 3
LONGEST_WAIT = 300.0
"""Seconds between two tries: as long as grey lists want. A sign-in address lives a quarter of an hour."""


def poster(mail: Account | None, mint: Callable[[], Keys], language: str = "fr") -> PostLetter | None:
    """What sends letters by ``[mail]``; ``None`` where there is none."""
    if mail is None:
        return None

    def post_letter(to: str, subject: str, text: str) -> None:
        written = Written(to, subject, text, language, mint())
        # A thread of its own: what hangs at a mail server keeps nobody's page, and no end of the service, waiting.
        threading.Thread(target=_posted, args=[mail, written], name="letter", daemon=True).start()

    return post_letter


def _posted(mail: Account, written: Written) -> None:
    """Tried again where the server says "not now", as long as it is of use."""
    outcome = post(mail, written)
    for _ in range(TRIES - 1):
        if not isinstance(outcome, Retry):
            break
        threading.Event().wait(min(outcome.wait.total_seconds(), LONGEST_WAIT))
        outcome = post(mail, written)
    if not isinstance(outcome, Sent):
        log.warning("a letter could not be sent: %s See [mail] in the configuration.", outcome.why)
