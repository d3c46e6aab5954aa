"""A post as a note (kind 1): its words, and beside them what programs read: tags, links, who is meant, the picture."""

import re
from hashlib import sha256

from relay.core.account import Account
from relay.core.crosspost import Draft, Image
from relay.core.language.text import spans
from relay.core.outcome import Sent
from relay.networks.nostr.bech32 import SPECIAL, decoded, field
from relay.networks.nostr.event import Tags
from relay.networks.showing import wants_picture

_NAME = re.compile(r"(?<![\w/])(?:nostr:|@)?((npub|nprofile)1[02-9ac-hj-np-z]{6,1000})(?!\w)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def note(account: Account, draft: Draft, picture: bytes | None) -> tuple[str, Tags]:
    """Content and tags (NIP-10, 24, 27, 32, 36, 92) of a draft that answers nothing."""
    text, people = _called(_clean(draft.text))
    shown = draft.image if picture and wants_picture(account) else None
    tags: Tags = [["p", person] for person in people]
    marks = [(span.kind, span.text) for span in spans(text)]
    tags += [["t", one] for one in dict.fromkeys(word[1:].lower() for kind, word in marks if kind == "hashtag")]
    tags += [["r", one] for one in dict.fromkeys(word for kind, word in marks if kind == "link")]
    if draft.language:
        tags += [["L", "ISO-639-1"], ["l", draft.language.partition("-")[0].lower(), "ISO-639-1"]]
    if draft.warning:
        tags.append(["content-warning", _clean(draft.warning)])
    if shown and picture:
        return f"{text}\n\n{shown.url}".strip(), [*tags, _imeta(shown, picture)]
    return text, tags


def thread(after: tuple[Sent, ...], author: str, relay: str) -> Tags:
    """What a post answers: the first of its thread, and the last where that is another (NIP-10)."""
    if not after:
        return []
    ends = {after[0].id: "root"} | ({after[-1].id: "reply"} if len(after) > 1 else {})
    return [*(["e", name, relay, role, author] for name, role in ends.items()), ["p", author]]


def _called(text: str) -> tuple[str, list[str]]:
    """The text with everybody's name as clients link it (NIP-27), and the public keys of those who are named."""
    links = [(span.start, span.end) for span in spans(text) if span.kind == "link"]
    found, people, end = "", [], 0
    for name in _NAME.finditer(text):
        person = _person(name[2], name[1])
        if person and not any(start <= name.start() < stop for start, stop in links):
            found += f"{text[end : name.start()]}nostr:{name[1]}"
            people.append(person)
            end = name.end()
    return found + text[end:], list(dict.fromkeys(people))


def _person(prefix: str, written: str) -> str | None:
    data = decoded(prefix, written) or b""
    person = field(data, SPECIAL) if prefix == "nprofile" else data
    return person.hex() if person and len(person) == 32 else None


def _imeta(image: Image, picture: bytes) -> list[str]:
    """What clients know of the picture before they fetch it (NIP-92): ``x`` where its address is made of its digest."""
    digest = sha256(picture).hexdigest()
    told = [f"url {image.url}", f"m {image.type}", f"dim {image.width}x{image.height}"]
    told += [f"alt {_clean(image.alt)}"] if image.alt else []
    return ["imeta", *told, *([f"x {digest}"] if digest in image.url else [])]


def _clean(text: str) -> str:
    """Without signs that JSON cannot hold as they are: programs differ in how they write those, and so in the name."""
    return _CONTROL.sub("", text).encode("utf-8", "replace").decode()
