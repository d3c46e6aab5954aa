"""A token that goes into a header (RFC 6750), and what no token can be."""

import re

from relay.core.crosspost import Account, AuthLost

_TOKEN = re.compile(r"[\x21-\x7e]+")


def bearer(account: Account) -> dict[str, str]:
    """The header that says who asks."""
    return {"Authorization": f"Bearer {account.secrets['token'].value}"}


def unfit(account: Account) -> AuthLost | None:
    """What is wrong with the account's token before anybody is asked; ``None`` where nothing is."""
    if _TOKEN.fullmatch(account.secrets["token"].value):
        return None
    return AuthLost("The token holds what no token has: look for a space or a line end in its file or variable.")
