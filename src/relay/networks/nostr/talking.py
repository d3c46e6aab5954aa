"""What is said with one relay (NIP-01): handing it an event, asking whether it has one."""

import json
import time
from collections.abc import Callable
from typing import Any

import httpx

from relay.core.outcome import AuthLost, CannotTell, NotThere, Refused, Retry, Sent, Unsure
from relay.networks.nostr.event import Event, frame
from relay.networks.nostr.websocket import Socket, conversation
from relay.networks.wire.answers import NoAnswer, writable
from relay.networks.wire.waits import UNTOLD

Handed = Sent | Retry | Refused | AuthLost | Unsure
_WORDS = 300
_AGE = ("created_at", "creation date", "too old", "in the future", "timestamp")
"""What relays say of an event whose time they do not take; there is no word for it that all have."""
_ANEW = "It takes no event of that time: approve it again."
_LOOK = "look"
"""The name of the question: relays repeat it in their answers."""


def hand_over(http: httpx.Client, address: str, event: Event) -> Handed:
    """Give it to a relay. It may be given any number of times: a relay has it once."""
    said = conversation(http, address, lambda socket: _handed(socket, event))
    if isinstance(said, NoAnswer):
        return Unsure(said.why) if said.sent else Retry(said.why)
    return said


def look(http: httpx.Client, address: str, event: Event) -> Sent | NotThere | CannotTell:
    """Whether a relay has it."""
    said = conversation(http, address, lambda socket: _looked(socket, event))
    return CannotTell(said.why) if isinstance(said, NoAnswer) else said


def take_back(http: httpx.Client, address: str, event: Event, wish: Callable[[int], Event]) -> Handed:
    """Ask a relay to delete (NIP-09); one that has nothing to delete need not be willing.

    ``wish`` gives the request of a moment: of the note's, or of now where the relay takes nothing so old.
    """
    handed = hand_over(http, address, wish(event.created_at + 1))
    if isinstance(handed, Refused) and handed.why.endswith(_ANEW):
        handed = hand_over(http, address, wish(int(time.time())))  # noqa: TID251  # no argument tells when it is
    if isinstance(handed, Refused | AuthLost) and look(http, address, event) == NotThere():
        return Sent(event.id)
    return Refused(handed.why) if isinstance(handed, AuthLost) else handed


def _handed(socket: Socket, event: Event) -> Handed | NoAnswer:
    if lost := socket.send(frame(event)):
        return lost
    while True:
        match said := _next(socket):
            case NoAnswer():
                return said
            case ["OK", event.id, True, *_]:
                return Sent(event.id)
            case ["OK", event.id | "", False, *words]:  # nostr-relay 1.14 names none that it has not looked into
                return _refused(event, socket.where, str(words[0])[:_WORDS] if words else "")


def _looked(socket: Socket, event: Event) -> Sent | NotThere | CannotTell | NoAnswer:
    if lost := socket.send(json.dumps(["REQ", _LOOK, {"ids": [event.id], "limit": 1}])):
        return lost
    while True:
        match said := _next(socket):
            case NoAnswer():
                return said
            case ["EVENT", str(), {"id": event.id, "pubkey": event.pubkey}]:
                return Sent(event.id)
            case ["EOSE", *_]:
                return NotThere()
            case ["CLOSED", str(), *words]:
                return CannotTell(f"{socket.where} answered: {str(words[0])[:_WORDS] if words else ''}")


def _next(socket: Socket) -> list[Any] | NoAnswer:
    """The next message as what it says; what is none of Nostr's ends the conversation."""
    text = socket.receive()
    if isinstance(text, NoAnswer):
        return text
    try:
        said = writable(json.loads(text))
    except (ValueError, RecursionError):
        said = None
    unknown = NoAnswer(f"{socket.where}: the answer was lost (this is no message of Nostr's).", sent=True)
    return said if isinstance(said, list) else unknown


def _refused(event: Event, where: str, words: str) -> Handed:
    """A no, by the word that it begins with (NIP-01, NIP-42)."""
    why = f"{where} answered: {words}"
    match words.partition(":")[0].strip().lower():
        case "duplicate":
            return Sent(event.id)
        case "rate-limited":
            return Retry(why, UNTOLD, is_limit=True)
        case "error":
            return Retry(why)
        case "auth-required":
            return AuthLost(f"{where} asks who writes (NIP-42), which relay cannot tell it: take it out of `relays`.")
        case "invalid" if any(word in words.lower() for word in _AGE):
            return Refused(f"{where} answered: {words}. {_ANEW}")
    return Refused(why)
