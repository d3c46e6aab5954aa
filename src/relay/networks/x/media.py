"""A picture for X, uploaded before the post that shows it, and kept there for a day."""

import httpx

from relay.core.account import Account
from relay.core.crosspost import Image
from relay.core.outcome import AuthLost, Refused, Retry
from relay.networks.wire.answers import content, harmless
from relay.networks.wire.attached import form, frozen, thawed
from relay.networks.x.answers import call, of_api

LONGEST_ALT = 1000


def uploaded(http: httpx.Client, account: Account, image: Image, picture: bytes) -> str | Retry | Refused | AuthLost:
    """The picture's number at X, once its words stand with it."""
    files, about = form("media", thawed(frozen(image, picture))), {"media_category": "tweet_image"}
    answer = call(http, account, "POST", "/2/media/upload", files=files, data=about)
    match content(answer):
        case {"data": {"id": str(name)}}:
            pass
        case _:
            return harmless(of_api(answer))
    if image.alt:
        said = {"id": name, "metadata": {"alt_text": {"text": image.alt[:LONGEST_ALT]}}}
        answer = call(http, account, "POST", "/2/media/metadata", json=said)
        if content(answer) is None:
            return harmless(of_api(answer))
    return name
