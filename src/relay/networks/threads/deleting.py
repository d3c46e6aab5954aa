"""A post of Threads that is public, deleted (https://developers.facebook.com/docs/threads/posts/delete-posts)."""

import json

import httpx

from relay.core.account import Account
from relay.core.crosspost import Request
from relay.core.outcome import Refused, Removal, Sent
from relay.networks.threads.container import NAME, home
from relay.networks.threads.reading import out
from relay.networks.wire.graph import deleted
from relay.networks.wire.masking import masked
from relay.networks.wire.tokens import UNFIT, is_token


def delete(http: httpx.Client, account: Account, sent: Sent, request: Request) -> Removal:
    """Delete it; what Threads does not have any more is deleted too. A container's name is none of a post."""
    if not is_token(account.secrets["token"]):
        return UNFIT
    container = json.loads(request.body)["container"]
    post = out(http, account, request) if sent.id in {container, request.key} else sent
    if post.id == container:
        return Refused("Threads does not tell which of the account's posts this is: delete it there.")
    return masked(deleted(http, account, f"{home(account)}/{post.id}", NAME, "threads_delete"), account)
