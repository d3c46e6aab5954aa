"""A picture for Mastodon, uploaded before the post that shows it."""

from hashlib import sha256
from typing import Any

import httpx
from tenacity import Retrying, retry_if_result, stop_after_delay, wait_fixed

from relay.core.account import Account
from relay.core.crosspost import Draft, Image
from relay.core.outcome import AuthLost, Refused, Retry
from relay.networks.mastodon.api import call
from relay.networks.mastodon.instance import SURE_ALT, longest_alt
from relay.networks.showing import wants_picture
from relay.networks.wire.answers import Answer, content, of_preparing

READY, LOOK = 30.0, 1.0
"""Seconds that a server may take to make its sizes of a picture, and between two looks."""


def attached(
    http: httpx.Client, account: Account, draft: Draft, picture: bytes | None
) -> dict[str, Any] | Retry | Refused | AuthLost:
    """What a request says of the draft's picture; nothing where its account shows none.

    ``picture`` is relay's own note, and never leaves: by it an edit knows whether the picture is another one.
    """
    if draft.image is None or not wants_picture(account):
        return {}
    alt = _fitting(http, account, draft.image.alt)
    if picture is None:
        return {"picture": {"alt": alt}}
    uploaded = _upload(http, account, draft.image, picture, alt)
    if not isinstance(uploaded, str):
        return uploaded
    return {"media_ids": [uploaded], "picture": {"alt": alt, "sha256": sha256(picture).hexdigest()}}


def kept(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """The same for an edit: a picture that stays keeps its identifier, and gets the words of today.

    It stays if its bytes are the same, or if they were not to be had this time.
    """
    match before.get("picture", {}), after.get("picture"), before.get("media_ids"):
        case old, {"alt": alt, **new}, [media, *_] if new.get("sha256", old.get("sha256")) == old.get("sha256"):
            return {"media_ids": [media], "media_attributes": [{"id": media, "description": alt}]}
        case _:
            return {"media_ids": after.get("media_ids", [])}


def _fitting(http: httpx.Client, account: Account, alt: str) -> str:
    """The words as far as the server takes them (code points), ended at a word."""
    most = len(alt) if len(alt) <= SURE_ALT else longest_alt(http, account)
    if len(alt) <= most:
        return alt
    head, _, _ = alt[:most].rpartition(" ")
    return f"{head.rstrip(' ,;:.')}…" if head else alt[:most]


def _upload(
    http: httpx.Client, account: Account, image: Image, picture: bytes, alt: str
) -> str | Retry | Refused | AuthLost:
    """The identifier under which the server keeps the picture, once it is ready to be shown."""
    name = f"picture.{image.type.rpartition('/')[2]}"
    form = {"files": {"file": (name, picture, image.type)}, "data": {"description": alt}}
    answer = call(http, account, "POST", "v2/media", **form)
    match content(answer):
        case {"id": str(media)} if _is_ready(answer):
            return media
        case {"id": str(media)}:
            return _once_ready(http, account, media)
        case _:
            return of_preparing(answer)


def _once_ready(http: httpx.Client, account: Account, media: str) -> str | Retry | Refused | AuthLost:
    """202 and 206 mean that it is not yet: to be asked again (docs.joinmastodon.org, media)."""
    looks = Retrying(
        retry=retry_if_result(lambda answer: content(answer) is not None and not _is_ready(answer)),
        wait=wait_fixed(LOOK),
        stop=stop_after_delay(READY),
        retry_error_callback=lambda state: state.outcome.result() if state.outcome else None,
    )
    answer = looks(lambda: call(http, account, "GET", f"v1/media/{media}"))
    if content(answer) is None:
        return of_preparing(answer)
    return media if _is_ready(answer) else Retry("The server has not made its sizes of the picture yet.")


def _is_ready(answer: Answer) -> bool:
    return isinstance(answer, httpx.Response) and answer.status_code == httpx.codes.OK
