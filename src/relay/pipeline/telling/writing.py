"""What one message says, for its reader, as things are now."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from relay.core.crosspost import Draft
from relay.core.telling.listener import Listener
from relay.core.telling.message import Message
from relay.networks.email.own import Written
from relay.pipeline.desk import Desk
from relay.pipeline.telling import items, linking, room
from relay.pipeline.telling.items import Bulletin
from relay.pipeline.telling.letter import Addressed, letter
from relay.pipeline.telling.phrases import Phrases
from relay.pipeline.telling.wishes import Wishes
from relay.storage import keys, people
from relay.storage.sealing import Keyring


def written(
    tx: Connection, desk: Desk, wishes: Wishes, message: Message, now: datetime
) -> tuple[Written | Draft | None, int]:
    """A letter, or a message for a room, ``None`` where nothing is left to tell; and up to which line it is true."""
    listener = wishes.listener(message.reader.listener)
    told = items.bulletin(tx, desk, message.bulletin, now)
    if listener is None or (told.is_over and message.sent is None):
        return None, told.line
    phrases = Phrases(wishes, listener.language, desk.public_url, now)
    if message.reader.is_room:
        limits = replace(desk.limits(message.reader.name), threads=False)
        return room.message(phrases, told, limits), told.line
    return letter(phrases, told, _addressed(tx, desk, listener, told, (message, now)), message.keys), told.line


def _addressed(
    tx: Connection, desk: Desk, listener: Listener, told: Bulletin, sent: tuple[Message, datetime]
) -> Addressed:
    """The links are for the member whose address it is, and for nobody who reads a mailbox that is several people's."""
    message, now = sent
    to, ring = message.reader.name, keys.sealing(desk.keyplace)
    member = people.by_email(tx, to)
    if member is None or not isinstance(ring, Keyring):
        return Addressed(listener.id, to, member, {})
    waiting = [item.crosspost for item in told.items if item.is_open]
    offers = {one.id: linking.offer(desk, ring, member, one, message.keys, now) for one in waiting}
    return Addressed(listener.id, to, member, offers)
