"""The pictures of a Mastodon account, from their upload until a status has them."""

from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from typing import Any

from tests.fakes.wire import Call

Told = tuple[int, dict[str, Any]]


@dataclass(slots=True)
class Media:
    """A picture that was uploaded; ``looks`` more and it is ready, and ``status`` is the post that has it."""

    id: str
    type: str
    body: bytes
    alt: str
    looks: int
    status: str = ""


@dataclass(slots=True)
class Shelf:
    """``looks`` says how often one must look before an uploaded picture is ready."""

    media: list[Media] = field(default_factory=list)
    looks: int = 0

    def upload(self, call: Call, most_alt: int) -> Told:
        """A form (RFC 7578) with the file and its description; 202 while its sizes are being made."""
        head = f"content-type: {call.headers['content-type']}\r\n\r\n".encode()
        parts = {part.get_param("name", header="content-disposition"): part for part in _parts(head + call.body)}
        file, alt = parts["file"], parts["description"].get_payload(decode=True)
        body = file.get_payload(decode=True)
        assert isinstance(body, bytes)
        assert isinstance(alt, bytes)
        if not file.get_content_type().startswith("image/"):
            return 422, {"error": "Validation failed: File content type is invalid"}
        if len(alt.decode()) > most_alt:
            return 422, {"error": f"Validation failed: Description is too long (maximum is {most_alt} characters)"}
        new = Media(str(len(self.media) + 1), file.get_content_type(), body, alt.decode(), self.looks)
        self.media.append(new)
        return (202 if new.looks else 200), {"id": new.id, "type": "image", "url": None}

    def look(self, name: str) -> Told:
        """A picture that no status has yet; 206 while it is not ready."""
        for media in self.media:
            if media.id == name and not media.status:
                media.looks -= 1
                return (206 if media.looks > 0 else 200), {"id": name, "type": "image"}
        return 404, {"error": "Record not found"}

    def problem(self, names: list[str], status: str = "") -> str:
        """Since 4.3, what another status has is refused for ever; what is not ready, for now."""
        known = {media.id: media for media in self.media if media.status in {"", status}}
        if taken := [name for name in names if name not in known]:
            return f"Media {', '.join(taken)} not found or already attached to another post"
        is_early = any(known[name].looks > 0 for name in names)
        return "Cannot attach files that have not finished processing. Try again in a moment!" if is_early else ""

    def attach(self, names: tuple[str, ...], status: str) -> None:
        """A status has these, and no others any more."""
        for media in self.media:
            if media.id in names or media.status == status:
                media.status = status if media.id in names else ""

    def free(self, status: str, *, drop: bool) -> None:
        """The status is there no more."""
        self.media = [media for media in self.media if not (drop and media.status == status)]
        self.attach((), status)

    def describe(self, attributes: list[dict[str, str]]) -> None:
        """Other words for pictures that are there."""
        for media in self.media:
            for one in attributes:
                media.alt = one["description"] if one["id"] == media.id else media.alt

    def sweep(self) -> None:
        """What no status has is thrown away after a day."""
        self.media = [media for media in self.media if media.status]


def _parts(form: bytes) -> "list[Message[str, str]]":
    found = message_from_bytes(form).get_payload()
    return [part for part in found if isinstance(part, Message)] if isinstance(found, list) else []
