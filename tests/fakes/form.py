"""A form with a file, as a server reads it (RFC 7578)."""

from email import message_from_bytes
from email.message import Message

from tests.fakes.wire import Call


def fields(call: Call) -> dict[str, bytes]:
    """What stands under each name, files among them."""
    head = f"content-type: {call.headers['content-type']}\r\n\r\n".encode()
    parts = message_from_bytes(head + call.body).get_payload()
    assert isinstance(parts, list)
    return dict(_field(part) for part in parts if isinstance(part, Message))


def _field(part: "Message[str, str]") -> tuple[str, bytes]:
    body = part.get_payload(decode=True)
    assert isinstance(body, bytes)
    return str(part.get_param("name", header="content-disposition")), body
