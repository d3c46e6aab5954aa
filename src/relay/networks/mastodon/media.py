"""A picture for Mastodon, uploaded before the post that shows it."""

import httpx
from tenacity import Retrying, retry_if_result, stop_after_delay, wait_fixed

from relay.core.account import Account
from relay.core.crosspost import Image
from relay.core.outcome import AuthLost, Refused, Retry
from relay.networks.wire.answers import Answer, address, ask, content, of_preparing
from relay.networks.wire.tokens import bearer

LONGEST_ALT = 1_500
"""Characters of alternative text that every version takes (10,000 since 4.6)."""
READY, LOOK = 30.0, 1.0
"""Seconds that a server may take to make its sizes of a picture, and between two looks."""


def upload(http: httpx.Client, account: Account, image: Image, picture: bytes) -> str | Retry | Refused | AuthLost:
    """The identifier under which the server keeps the picture, once it is ready to be shown."""
    name = f"picture.{image.type.rpartition('/')[2]}"
    answer = ask(
        http,
        "POST",
        f"{address(account.options['instance'])}/api/v2/media",
        headers=bearer(account.secrets["token"]),
        files={"file": (name, picture, image.type)},
        data={"description": image.alt[:LONGEST_ALT]},
    )
    match content(answer):
        case {"id": str(media)} if _is_ready(answer):
            return media
        case {"id": str(media)}:
            return _once_ready(http, account, media)
        case _:
            return of_preparing(answer)


def _once_ready(http: httpx.Client, account: Account, media: str) -> str | Retry | Refused | AuthLost:
    """202 and 206 mean that it is not yet: to be asked again (docs.joinmastodon.org, media)."""
    where = f"{address(account.options['instance'])}/api/v1/media/{media}"
    looks = Retrying(
        retry=retry_if_result(lambda answer: content(answer) is not None and not _is_ready(answer)),
        wait=wait_fixed(LOOK),
        stop=stop_after_delay(READY),
        retry_error_callback=lambda state: state.outcome.result() if state.outcome else None,
    )
    answer = looks(lambda: ask(http, "GET", where, headers=bearer(account.secrets["token"])))
    if content(answer) is None:
        return of_preparing(answer)
    return media if _is_ready(answer) else Retry("The server has not made its sizes of the picture yet.")


def _is_ready(answer: Answer) -> bool:
    return isinstance(answer, httpx.Response) and answer.status_code == httpx.codes.OK
