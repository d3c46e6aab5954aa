"""A Page of Facebook: where the Graph API has it, and what its account must have."""

import re
from urllib.parse import quote

from relay.core.account import Account
from relay.core.outcome import AuthLost
from relay.networks.wire.answers import address
from relay.networks.wire.tokens import UNFIT, is_token

SERVER, VERSION, NAME = "https://graph.facebook.com", "v25.0", "Facebook"
_PAGE = re.compile(r"\d{1,25}", re.ASCII)


def unfit(account: Account) -> AuthLost | None:
    """What the account's settings lack, in a sentence for whoever wrote them."""
    if not _PAGE.fullmatch(account.options["page"]):
        return AuthLost("Facebook knows a Page by its number, which stands under About, Page transparency: set `page`.")
    return None if is_token(account.secrets["token"]) else UNFIT


def edge(account: Account, name: str) -> str:
    """What hangs on the Page: its feed, its posts, its photos."""
    return f"{_api(account)}/{account.options['page']}/{name}"


def node(account: Account, name: str) -> str:
    """One post, by its number."""
    return f"{_api(account)}/{quote(name, safe='')}"


def address_of(name: str) -> str:
    """Where readers find a post."""
    return f"https://www.facebook.com/{name}"


def _api(account: Account) -> str:
    return f"{address(account.options.get('server', SERVER))}/{account.options.get('version', VERSION)}"
