"""A picture that leaves in the same call as its post: frozen with it, as text, and sent as one part of a form."""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from relay.core.crosspost import Image


@dataclass(frozen=True, slots=True)
class File:
    """A file of a form (RFC 7578): its name, media type and bytes."""

    name: str
    type: str
    body: bytes


def frozen(image: Image, picture: bytes) -> dict[str, str]:
    """The picture as JSON keeps it: the very bytes that were approved leave, whatever becomes of its address."""
    return {
        "name": f"picture.{image.type.rpartition('/')[2]}",
        "type": image.type,
        "base64": b64encode(picture).decode(),
    }


def noted(image: Image, picture: bytes) -> dict[str, str]:
    """What a frozen request says to relay alone of a picture that went ahead: by it, an edit knows whether it is it."""
    return {"alt": image.alt, "sha256": sha256(picture).hexdigest()}


def thawed(kept: dict[str, Any]) -> File:
    """The file that ``frozen`` kept."""
    return File(kept["name"], kept["type"], b64decode(kept["base64"]))


def form(name: str, file: File) -> dict[str, tuple[str, bytes, str]]:
    """What httpx takes as ``files``: the file under the name of its field."""
    return {name: (file.name, file.body, file.type)}
