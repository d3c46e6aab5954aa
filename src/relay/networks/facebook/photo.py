"""A photo for a Page, which goes ahead of its post and is published by it alone."""

import httpx

from relay.core.account import Account
from relay.core.crosspost import Image
from relay.core.outcome import AuthLost, Refused, Retry
from relay.networks.facebook.page import NAME, edge
from relay.networks.wire.answers import content, harmless
from relay.networks.wire.attached import form, frozen, thawed
from relay.networks.wire.graph import call, of_api

LONGEST_ALT = 1000


def uploaded(http: httpx.Client, account: Account, image: Image, picture: bytes) -> str | Retry | Refused | AuthLost:
    """The number of a photo that is not published."""
    files, words = form("source", thawed(frozen(image, picture))), {"alt_text_custom": image.alt[:LONGEST_ALT]}
    data = {"published": "false", **(words if image.alt else {})}
    answer = call(http, account, "POST", edge(account, "photos"), files=files, data=data)
    match content(answer):
        case {"id": str(name)}:
            return name
        case _:
            return harmless(of_api(answer, NAME))
