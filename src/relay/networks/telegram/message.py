"""A draft as a message of the Bot API: text with its links' places, or a photo with the text beneath."""

import json
from typing import Any

from relay.core.account import Account
from relay.core.crosspost import Draft, Image
from relay.core.language.text import spans
from relay.core.outcome import Sent
from relay.networks.wire.attached import form, frozen, thawed

CAPTION = 1024
_SIDES, _RATIO = 10_000, 20
"""A photo's width and height together (pixels), and how much longer than the other one of them may be."""


def message(account: Account, draft: Draft, after: tuple[Sent, ...]) -> dict[str, Any]:
    """The call ``sendMessage``."""
    told = {"chat_id": account.options["chat"], "text": draft.text, "entities": _entities(draft.text)}
    preview = {"link_preview_options": {"url": draft.link}} if draft.link else {}
    return {"method": "sendMessage", "fields": told | preview | _answered(after)}


def photo(account: Account, draft: Draft, image: Image, picture: bytes, after: tuple[Sent, ...]) -> dict[str, Any]:
    """The call ``sendPhoto``."""
    told = {"chat_id": account.options["chat"], "caption": draft.text, "caption_entities": _entities(draft.text)}
    return {"method": "sendPhoto", "fields": told | _answered(after), "photo": frozen(image, picture)}


def is_caption(draft: Draft) -> bool:
    """Whether picture and text are such that one message takes both. Nobody measured what captions count in."""
    width, height = (draft.image.width, draft.image.height) if draft.image else (0, 0)
    is_photo = width + height <= _SIDES and max(width, height) <= _RATIO * min(width, height)
    return is_photo and utf16(draft.text) <= CAPTION


def sent(call: dict[str, Any]) -> dict[str, Any]:
    """What httpx sends: JSON, or a form whose fields are JSON where they are not text."""
    if "photo" not in call:
        return {"json": call["fields"]}
    data = {key: value if isinstance(value, str) else json.dumps(value) for key, value in call["fields"].items()}
    return {"data": data, "files": form("photo", thawed(call["photo"]))}


def utf16(text: str) -> int:
    """How many code units of UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _answered(after: tuple[Sent, ...]) -> dict[str, Any]:
    """The message that this one answers; Telegram refuses it where that one is not there any more."""
    return {"reply_parameters": {"message_id": int(after[-1].id)}} if after and after[-1].id.isdecimal() else {}


def _entities(text: str) -> list[dict[str, Any]]:
    """Where links stand, in UTF-16 code units. Telegram finds handles and hashtags itself, and other links too."""
    links = (span for span in spans(text) if span.kind == "link")
    return [
        {"type": "text_link", "offset": utf16(text[: link.start]), "length": utf16(link.text), "url": link.text}
        for link in links
    ]
