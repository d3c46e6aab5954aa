"""An event (NIP-01): what is said, its name, which is made of all of it, and a signature by which all know it."""

import json
from dataclasses import asdict, dataclass
from hashlib import sha256

from relay.networks.nostr.signing import public_key, signed

Tags = list[list[str]]


@dataclass(frozen=True, slots=True)
class Event:
    """``created_at`` in whole seconds since 1970; everything else in hexadecimal."""

    id: str
    pubkey: str
    created_at: int
    kind: int
    tags: Tags
    content: str
    sig: str


def event(secret: bytes, created_at: int, kind: int, tags: Tags, content: str, chance: bytes = b"") -> Event:
    """A signed event; the same arguments give the same one, byte for byte."""
    pubkey = (public_key(secret) or b"").hex()
    digest = sha256(serialised(pubkey, created_at, kind, tags, content)).digest()
    signature = signed(secret, digest, sha256(chance + digest).digest())
    return Event(digest.hex(), pubkey, created_at, kind, tags, content, signature.hex())


def serialised(pubkey: str, created_at: int, kind: int, tags: Tags, content: str) -> bytes:
    """What an event's name is the digest of: JSON without spaces, and no more signs escaped than JSON must."""
    whole = [0, pubkey, created_at, kind, tags, content]
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def frame(event: Event) -> str:
    """The message that hands it to a relay."""
    return json.dumps(["EVENT", asdict(event)], ensure_ascii=False, separators=(",", ":"))
