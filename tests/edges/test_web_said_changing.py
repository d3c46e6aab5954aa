"""What relay says of a post that cannot be edited or deleted has its French too."""

import httpx
import pytest

from relay.core.account import Account, Secret
from relay.core.crosspost import Request
from relay.core.outcome import Refused, Sent
from relay.networks.telegram.changing import edit
from relay.networks.wire.changed import NAMELESS, NO_MORE, NOT_OURS
from relay.networks.wordpress.changing import IN_TRASH
from relay.web.wording.said import said

TEXT = '{"method": "sendPhoto", "fields": {"chat_id": "@a", "caption": "%s", "caption_entities": []}, "photo": {}}'
BOT = Account("canal", "telegram", {"chat": "@a"}, {"token": Secret("1:token")})


@pytest.mark.parametrize("told", [NO_MORE, NAMELESS, NOT_OURS, IN_TRASH])
def test_what_every_network_may_say_has_its_french(told: Refused) -> None:
    assert said(told.why, "fr")[1] == "fr"


def test_a_text_too_long_beneath_its_picture_is_said_in_french(http: httpx.Client) -> None:
    before, after = Request("k", TEXT % "court"), Request("k", TEXT % ("é" * 1025))
    told = edit(http, BOT, Sent("1"), before, after)
    assert isinstance(told, Refused)
    assert said(told.why, "fr") == ("Sous son image, Telegram prend 1024 caractères : raccourcissez le texte.", "fr")
