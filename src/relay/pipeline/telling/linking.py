"""Links by which one person says one word without signing in: signed, for a day, for one use, for one wording."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from relay.core.crosspost import Crosspost, Keys, State
from relay.core.people import Editor
from relay.core.review import workflow
from relay.core.review.moving import Refusal
from relay.core.review.transitions import ALLOWED, Event
from relay.core.telling.link import LIFE, Errand, Word, digest_of, mailbox_of, read, written
from relay.pipeline.desk import Desk
from relay.storage import messages, people
from relay.storage.sealing import Keyring, is_signed, sign

EVENTS = {
    Word.APPROVE: Event.APPROVE,
    Word.CHANGES: Event.ASK_CHANGES,
    Word.HOLD: Event.HOLD,
    Word.REJECT: Event.REJECT,
}
_USE = b"relay link\0"
LONGEST = 2000
"""Characters of a token: one has some 250."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a person may say of a cross-post by links; ``obstacle`` is why a yes of theirs would be refused."""

    links: tuple[tuple[Word, str], ...] = ()
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class Closed:
    """A link that opens nothing: ``why`` is a word of the page ("forged", "expired", "used", "person")."""

    why: str


def offer(desk: Desk, ring: Keyring, editor: Editor, crosspost: Crosspost, keys: Keys, now: datetime) -> Offer:
    """The links of one letter, whose ``keys`` make them; none for what does not wait, or for whoever may not judge."""
    may = editor.role in ALLOWED[Event.APPROVE] and editor.is_for(crosspost.account)
    if crosspost.state is not State.WAITING or not may:
        return Offer()
    obstacle = _obstacle(desk, editor, crosspost, now)
    words = [word for word in Word if word is not Word.APPROVE or not obstacle]
    made = (_errand(editor, crosspost, word, keys, now) for word in words)
    links = tuple((errand.word, f"{desk.public_url}/d/{token(ring, errand)}") for errand in made)
    return Offer(links, obstacle)


def token(ring: Keyring, errand: Errand) -> str:
    """An errand as it stands in an address, with its signature."""
    plain = written(errand).encode()
    key_id, signature = sign(ring, _USE + plain)
    return f"{_text(plain)}.{key_id}.{_text(bytes.fromhex(signature))}"


def opened(tx: Connection, ring: Keyring, token: str, now: datetime) -> tuple[Errand, Editor] | Closed:
    """What a link stands for, and who says it; everything about it is asked anew."""
    errand = _signed(ring, token)
    if errand is None:
        return Closed("forged")
    if messages.is_used(tx, errand.id):
        return Closed("used")
    if errand.until <= now:
        return Closed("expired")
    editor = people.get(tx, errand.person)
    if editor is None or editor.disabled or mailbox_of(editor.email) != errand.mailbox:
        return Closed("person")
    return errand, editor


def _signed(ring: Keyring, token: str) -> Errand | None:
    parts = token.split(".") if len(token) <= LONGEST else []
    if len(parts) != 3:
        return None
    plain, signature = _bytes(parts[0]), _bytes(parts[2])
    if plain is None or signature is None or not is_signed(ring, parts[1], _USE + plain, signature.hex()):
        return None
    return read(plain.decode(errors="replace"))


def _errand(editor: Editor, crosspost: Crosspost, word: Word, keys: Keys, now: datetime) -> Errand:
    """A repeated letter has the same single-use ids: it is the same letter."""
    own = f"{keys.nonce}:{keys.created_at}:{crosspost.id}:{word}:{editor.name}"
    id = hashlib.sha256(own.encode()).hexdigest()[:20]
    told = (crosspost.id, crosspost.revision, digest_of(crosspost))
    return Errand(id, *told, word, editor.name, mailbox_of(editor.email), (now + LIFE).replace(microsecond=0))


def _obstacle(desk: Desk, editor: Editor, crosspost: Crosspost, now: datetime) -> str:
    """The rule itself is asked."""
    try:
        rule = desk.route(crosspost).approval
        workflow.approve(crosspost, editor, rule, crosspost.revision, Keys(now, 0), now)
    except Refusal as refusal:
        return str(refusal)
    return ""


def _text(plain: bytes) -> str:
    return base64.urlsafe_b64encode(plain).decode().rstrip("=")


def _bytes(text: str) -> bytes | None:
    """Only what ``_text`` writes: another spelling of the same bytes is none of ours."""
    try:
        plain = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return None
    return plain if _text(plain) == text else None
