"""How a WordPress site is connected: it makes an application password for relay, and hands it over by the browser.

https://make.wordpress.org/core/2020/11/05/application-passwords-integration-guide (since 5.6). It does not end.
"""
# ruff: noqa: ARG001 — a network has the arguments of all networks

from collections.abc import Mapping
from secrets import token_hex

import httpx

from relay.core.account import Account, Secret
from relay.core.grant import Grant
from relay.core.outcome import Refused
from relay.networks.connecting import Connecting, Failed, Visit
from relay.networks.wire.answers import address, ask, content, of_preparing
from relay.networks.wire.masking import is_private, masked
from relay.networks.wire.oauth import shown, with_query
from relay.networks.wire.refusals import of_way_back

NAME = "WordPress"
_LONGEST = 200


def begin(http: httpx.Client, account: Account, redirect: str, state: str) -> Visit | Failed:
    """Where the person goes; what WordPress gives is added to the address to come back to, which has ``state``.

    WordPress lets no user have two passwords of the same name, so each visit has one of its own.
    """
    site = address(account.options["site"])
    if not is_private(site):
        return Refused("The site's address must begin with https://: the password must not travel unsecured.")
    if not is_private(redirect):
        return Refused("WordPress hands a password to an address with https:// only: paste one instead.")
    named = f"relay {account.id} {token_hex(3)}"
    told = {"app_name": named, "success_url": with_query(redirect, {"state": state})}
    return Visit(with_query(f"{site}/wp-admin/authorize-application.php", told))


def finish(
    http: httpx.Client, account: Account, visit: Visit, redirect: str, answered: Mapping[str, str]
) -> Grant | Failed:
    """The password that the person came back with, if it opens the site to the account's user."""
    if answered.get("error") == "disabled":
        return Refused("This WordPress makes no application passwords: its administrator has turned them off.")
    if answered.get("success") == "false":
        return Refused(f"You said no at {NAME}: nothing was connected.")
    if failed := of_way_back(answered, NAME):
        return failed
    given = Secret(answered.get("password", ""))
    if not given.value.isprintable() or not 0 < len(given.value) < _LONGEST:
        return Refused("There was no password from WordPress: connect the account once more, or paste one.")
    return _opened(http, account, given, shown(answered.get("user_login", "")))


CONNECTING = Connecting(begin, finish)


def _opened(http: httpx.Client, account: Account, given: Secret, login: str) -> Grant | Failed:
    who = httpx.BasicAuth(account.options["user"], given.value)
    where = f"{address(account.options['site'])}/wp-json/wp/v2/users/me"
    answer = ask(http, "GET", where, auth=who, params={"context": "edit"}, follow_redirects=False)
    match content(answer):
        case {"id": int(), **found}:
            return Grant({"password": given}, whose=shown(found.get("name")) or account.options["user"])
    if isinstance(answer, httpx.Response) and answer.status_code == httpx.codes.UNAUTHORIZED:
        return Refused(
            f"“{login}” said yes at WordPress, and `user` is “{account.options['user']}”: make them the same."
        )
    return masked(of_preparing(answer), Account("", "", secrets={"password": given}))
