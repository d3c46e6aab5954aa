"""The server that the settings of an account of e-mail name, or of the service's own letters."""

import re

from relay.core.account import Account
from relay.core.outcome import AuthLost
from relay.networks.email.smtp import Security, Server

_PORTS: dict[str, int] = {"starttls": 587, "tls": 465, "none": 25}
_SERVER = re.compile(r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9](?:[\w.-]{0,252}))(?::([0-9]{1,5}))?", re.ASCII)
_HERE = {"localhost", "127.0.0.1", "::1"}


def server_of(account: Account) -> Server | AuthLost:
    """The server of the settings, or what is wrong with them, in a sentence for whoever set the account up."""
    written, security = account.options["server"].strip(), _security(account)
    match = _SERVER.fullmatch(written)
    if match is None or not 0 < int(match[2] or 1) < 65536:
        return AuthLost(f"`server` must be a host, or a host and a port (smtp.example.org:587), not “{written}”.")
    if security is None:
        return AuthLost("`security` must be starttls, tls or none.")
    host, port = match[1].strip("[]"), int(match[2] or _PORTS[security])
    user, password = account.options.get("user", ""), account.secrets.get("password")
    if bool(user) != (password is not None):
        return AuthLost("`user` and `password` belong together: give both, or neither.")
    if password is not None and security == "none" and host not in _HERE:
        return AuthLost('A password must not travel unsecured: set `security` to "starttls" or "tls".')
    return Server(host, port, security, user, password)


def _security(account: Account) -> Security | None:
    match account.options.get("security", "starttls"):
        case "starttls" | "tls" | "none" as known:
            return known
        case _:
            return None
