"""Tokens as most networks take them: in the header ``Authorization`` (RFC 6750), never in an address."""

import re

from relay.core.account import Secret
from relay.core.outcome import AuthLost

UNFIT = AuthLost("The token holds what no token has: look for a space or a line end in its file or variable.")

_TOKEN = re.compile(r"[\x21-\x7e]+")


def is_token(secret: Secret) -> bool:
    """Whether a header can carry it."""
    return _TOKEN.fullmatch(secret.value) is not None


def bearer(secret: Secret) -> dict[str, str]:
    """The header that says who asks."""
    return {"Authorization": f"Bearer {secret.value}"}
