"""A picture for LinkedIn, uploaded before the post that shows it."""

import time
from urllib.parse import quote, urlsplit

import httpx
from tenacity import Retrying, retry_if_result, stop_after_delay, wait_fixed

from relay.core.account import Account
from relay.core.outcome import AuthLost, Refused, Retry
from relay.networks.linkedin.answers import SERVER, call, of_api
from relay.networks.wire.answers import Answer, ask, content, harmless
from relay.networks.wire.masking import is_private
from relay.networks.wire.tokens import bearer

READY, LOOK = 30.0, 1.0
"""Seconds that LinkedIn may take to look at a picture, and between two looks."""
UNSEEN = 5.0
"""Seconds that a picture gets where one may not look: a member's token may only write."""


def upload(http: httpx.Client, account: Account, picture: bytes) -> str | Retry | Refused | AuthLost:
    """The URN under which LinkedIn keeps the picture, once it can be shown."""
    wish = {"initializeUploadRequest": {"owner": account.options["page"]}}
    answer = call(http, account, "POST", "/rest/images?action=initializeUpload", json=wish)
    match content(answer):
        case {"value": {"uploadUrl": str(where), "image": str(urn)}}:
            if not _is_linkedin(where, account):
                return Refused(
                    "LinkedIn wants the picture at an address that is not LinkedIn's: nothing was sent there."
                )
            sent = ask(http, "PUT", where, headers=bearer(account.secrets["token"]), content=picture)
        case _:
            return harmless(of_api(answer))
    if not isinstance(sent, httpx.Response) or not sent.is_success:
        return harmless(of_api(sent))
    return _once_ready(http, account, urn)


def _is_linkedin(where: str, account: Account) -> bool:
    """Whether the token may go there: to LinkedIn itself, read by nobody on the way."""
    try:
        host, own = urlsplit(where).hostname or "", urlsplit(account.options.get("server", SERVER)).hostname
    except ValueError:  # it is no address
        return False
    return is_private(where) and (host == own or f".{host}".endswith(".linkedin.com"))


def _once_ready(http: httpx.Client, account: Account, urn: str) -> str | Retry | Refused | AuthLost:
    where = f"/rest/images/{quote(urn, safe='')}"
    looks = Retrying(
        retry=retry_if_result(lambda answer: _status(answer) in {"WAITING_UPLOAD", "PROCESSING"}),
        wait=wait_fixed(LOOK),
        stop=stop_after_delay(READY),
        retry_error_callback=lambda state: state.outcome.result() if state.outcome else None,
    )
    answer = looks(lambda: call(http, account, "GET", where))
    match _status(answer):
        case "AVAILABLE":
            return urn
        case "PROCESSING_FAILED":
            return Refused("LinkedIn cannot read the picture.")
        case "" if isinstance(answer, httpx.Response) and answer.status_code == 403:
            time.sleep(UNSEEN)
            return urn
        case "":
            return harmless(of_api(answer))
        case _:
            return Retry("LinkedIn has not looked at the picture yet.")


def _status(answer: Answer) -> str:
    read = content(answer)
    return str(read.get("status", "")) if isinstance(read, dict) else ""
