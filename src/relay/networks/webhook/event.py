"""One event of an account, and what a receiver's answer means for a post (https://www.standardwebhooks.com)."""

import httpx

from relay.core.account import Account
from relay.core.crosspost import Request
from relay.core.outcome import AuthLost, Refused, Retry, Unsure
from relay.networks.wire import standard
from relay.networks.wire.answers import Answer, of_publishing
from relay.networks.wire.waits import wait_asked

UNFIT = AuthLost(standard.WANTED)


def posted(http: httpx.Client, account: Account, key: bytes, event: Request) -> Answer:
    """Post it to the account's receiver, signed."""
    return standard.posted(http, account.options["endpoint"], key, event)


def key_of(account: Account) -> bytes | None:
    """The bytes of the account's secret; ``None`` where it is not one of the standard's."""
    return standard.key_in(account.secrets["secret"].value)


def of_any(answer: Answer) -> Retry | Refused | AuthLost:
    """410 means that the receiver wants no more at all, 401 and 403 that it does not take the signature."""
    outcome = of_publishing(answer)
    if isinstance(answer, httpx.Response) and answer.status_code in {401, 403, 410}:
        return AuthLost(outcome.why)
    if isinstance(outcome, Unsure):
        return Retry(outcome.why, wait_asked(answer)) if isinstance(answer, httpx.Response) else Retry(outcome.why)
    return outcome
