"""How a Facebook Page is connected: somebody who may post there says yes to an app of one's own.

https://developers.facebook.com/docs/pages-api/getting-started. The code gives a token for an hour, that one a token for
sixty days, and that one the Page's own, which does not end unless Facebook says so.
"""
# ruff: noqa: ARG001 — a network has the arguments of all networks

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import httpx

from relay.core.account import Account, Secret
from relay.core.grant import Grant
from relay.core.outcome import Refused
from relay.networks.connecting import Connecting, Failed, Visit
from relay.networks.facebook.page import NAME, SERVER, VERSION
from relay.networks.wire.answers import ask, content
from relay.networks.wire.exchange import exchanged, of_call
from relay.networks.wire.grants import Tokens, is_fit
from relay.networks.wire.oauth import asking, code, covered, origin, shown, whose, with_query
from relay.networks.wire.tokens import bearer

BROWSER = "https://www.facebook.com"
SCOPES = "pages_show_list,pages_manage_posts,pages_read_engagement"
PAGES = 5
"""How often a hundred Pages are read to find the account's."""
_TOKENS = "/oauth/access_token"
_LAST = 253_402_300_799
"""Seconds since 1970: the end of the year 9999."""


def way(account: Account) -> Connecting | None:
    """How this account can be connected in a browser, where it has an app."""
    return CONNECTING if "client_id" in account.options else None


def begin(http: httpx.Client, account: Account, redirect: str, state: str) -> Visit | Failed:
    """Where the person goes."""
    if "client_secret" not in account.secrets:
        return Refused("Facebook wants the app's client_secret too: set it beside client_id.")
    told = asking(account.options["client_id"], redirect, state, SCOPES)
    return Visit(with_query(_at(account, BROWSER, "/dialog/oauth"), told))


def finish(
    http: httpx.Client, account: Account, visit: Visit, redirect: str, answered: Mapping[str, str]
) -> Grant | Failed:
    """The Page's token, for the code that the person came back with."""
    given = code(answered, NAME)
    if not isinstance(given, str):
        return given
    url, app = _at(account, SERVER, _TOKENS), _app(account)
    short = exchanged(http, NAME, url, {"redirect_uri": redirect, "code": given, **app})
    if not isinstance(short, Tokens):
        return short
    longer = {"grant_type": "fb_exchange_token", "fb_exchange_token": short.access.value, **app}
    long = exchanged(http, NAME, url, longer)
    return _of_page(http, account, long.access) if isinstance(long, Tokens) else long


CONNECTING = Connecting(begin, finish)


def _of_page(http: httpx.Client, account: Account, user: Secret) -> Grant | Failed:
    """The grant of the account's Page, out of those that a person lets relay manage."""
    pages = _pages(http, account, user)
    if not isinstance(pages, list):
        return pages
    for page in pages:
        if page.get("id") == account.options["page"]:
            return _granted(http, account, page.get("access_token"), shown(page.get("name")))
    named = ", ".join(f"{shown(page.get('name'))} ({shown(page.get('id'))})" for page in pages[:5])
    own = f"you may post to {named}" if named else "you let relay manage none"
    return Refused(f"The Page {account.options['page']} is not among yours; {own}. Correct `page`, or say yes to it.")


def _pages(http: httpx.Client, account: Account, user: Secret) -> list[dict[str, Any]] | Failed:
    params, found = {"fields": "id,name,access_token", "limit": "100"}, []
    for _ in range(PAGES):
        where = _at(account, SERVER, "/me/accounts")
        answer = ask(http, "GET", where, headers=bearer(user), params=params, follow_redirects=False)
        read = content(answer)
        listed = read.get("data") if isinstance(read, dict) else None
        if not isinstance(listed, list):
            return covered(of_call(answer, NAME), {"access_token": user.value})
        found += [page for page in listed if isinstance(page, dict)]
        params["after"] = _after(read)
        if not params["after"]:
            break
    return found


def _granted(http: httpx.Client, account: Account, token: object, page: str) -> Grant | Failed:
    if not is_fit(token):
        return Refused("Facebook gave a token for the Page that is none: try again in a while.")
    return Grant({"token": Secret(token)}, expires_at=_end(http, account, token), whose=page or account.options["page"])


def _end(http: httpx.Client, account: Account, token: str) -> datetime | None:
    """When Facebook says that a token ends; most Pages' never do (0)."""
    app = Secret("|".join(_app(account).values()))
    told = whose(http, _at(account, SERVER, "/debug_token"), app, params={"input_token": token}).get("data")
    seconds = told.get("expires_at") if isinstance(told, dict) else None
    is_end = isinstance(seconds, int) and not isinstance(seconds, bool) and 0 < seconds < _LAST
    return datetime.fromtimestamp(seconds, UTC) if is_end and isinstance(seconds, int) else None


def _after(read: dict[str, Any]) -> str:
    match read.get("paging"):
        case {"next": str(), "cursors": {"after": str(after)}} if len(after) < 1000:
            return after
        case _:
            return ""


def _at(account: Account, own: str, path: str) -> str:
    version = account.options.get("version", VERSION)
    return f"{origin(account, own)}/{version}{path}"


def _app(account: Account) -> dict[str, str]:
    secret = account.secrets.get("client_secret")
    return {"client_id": account.options.get("client_id", ""), "client_secret": secret.value if secret else ""}
