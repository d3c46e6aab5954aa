"""Asking Slack, and what its answers mean: no is 200 and a word of its Web API, a status and a word of its webhooks."""

import re
from dataclasses import replace
from typing import Any

import httpx

from relay.core.account import Account
from relay.core.outcome import AuthLost, Refused, Retry, Unsure
from relay.networks.wire.answers import Answer, address, ask, fields, of_publishing, web_address
from relay.networks.wire.changed import of_one
from relay.networks.wire.masking import is_private
from relay.networks.wire.tokens import UNFIT, bearer, is_token
from relay.networks.wire.waits import wait_asked

_OF_THE_PLACE = {
    *("missing_scope", "no_permission", "restricted_action"),
    *("channel_not_found", "not_in_channel", "is_archived", "team_added_to_org"),
}
"""A channel, or a right in it."""
_FOR_A_PERSON = _OF_THE_PLACE | {
    *("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"),
    *("org_login_required", "ekm_access_denied", "team_access_not_granted", "access_denied", "not_allowed_token_type"),
}
"""What every other post of the account would be told too."""
_LATER = {"ratelimited", "rate_limited"}
_DOUBTFUL = {"internal_error", "fatal_error", "request_timeout", "service_unavailable"}
"""Slack says of these itself that some of it may have been done."""
_WORD = re.compile(r"[a-z_]{2,60}")


def unfit(account: Account) -> AuthLost | None:
    """What the account lacks, in a sentence for whoever set it up."""
    token, webhook = account.secrets.get("token"), account.secrets.get("webhook")
    if token is not None:
        if not is_token(token):
            return UNFIT
        return None if account.options.get("channel") else AuthLost("A token needs a channel: set `channel`.")
    if webhook is None:
        return AuthLost("Slack needs the address of a webhook, or a token and a channel: see `relay check`.")
    return None if is_private(webhook.value) else AuthLost("The webhook's address must begin with https://.")


def call(http: httpx.Client, account: Account, method: str, name: str, **how: Any) -> Answer:
    """One method of the Web API; ``how`` is what ``httpx.Client.request`` takes."""
    where = f"{address(account.options.get('server', 'https://slack.com'))}/api/{name}"
    return ask(http, method, where, headers=bearer(account.secrets["token"]), **how)


def page_of(frozen: dict[str, Any], channel: str, moment: str) -> str | None:
    """The message's address in its workspace, as Slack's "Copy link" has it; an answer's opens its thread."""
    home, root = frozen["home"], frozen["message"].get("thread_ts")
    thread = f"?thread_ts={root}&cid={channel}" if root else ""
    where = f"archives/{channel}/p{moment.replace('.', '')}{thread}"
    return web_address(f"{home}{where}") if isinstance(home, str) else None


def of_api(answer: Answer) -> Retry | Refused | AuthLost | Unsure:
    """What a method of the Web API says, where it is not the success that was hoped for."""
    word = fields(answer).get("error")
    if not isinstance(answer, httpx.Response) or not isinstance(word, str):
        return of_publishing(answer)
    why = f"Slack answered: {word[:300]}"
    if word in _LATER or answer.status_code == 429:
        return Retry(why, wait_asked(answer), is_limit=answer.status_code == 429)
    if word in _FOR_A_PERSON:
        return AuthLost(why)
    if word in _DOUBTFUL or not answer.is_success:
        return replace(of_publishing(answer), why=why)
    return Refused(why)


def of_changing(answer: Answer) -> Retry | Refused | AuthLost | Unsure:
    """The same of a call that changes one message: its channel may be another than that of today."""
    return of_one(of_api(answer), is_of_secret=str(fields(answer).get("error")) not in _OF_THE_PLACE)


def of_webhook(answer: Answer) -> Retry | Refused | AuthLost | Unsure:
    """The same of an incoming webhook: 403, 404 and 410 mean that it, or its channel, takes nothing any more."""
    outcome = of_publishing(answer)
    if not isinstance(answer, httpx.Response):
        return outcome
    word = _WORD.fullmatch(answer.text.strip()[:100])
    told = replace(outcome, why=f"Slack answered {answer.status_code}: {word.group()}") if word else outcome
    return AuthLost(told.why) if answer.status_code in {403, 404, 410} else told
