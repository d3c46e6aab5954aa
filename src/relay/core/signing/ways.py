"""The ways in that are configured: ``[sign_in]``. One-time addresses and passkeys are always there."""

from dataclasses import dataclass

from relay.core.account import Secret


@dataclass(frozen=True, slots=True)
class Provider:
    """Who vouches for members (OpenID Connect). ``secret`` is empty where it is configured and cannot be had.

    ``name`` is what the button says.
    """

    issuer: str
    client_id: str
    secret: Secret
    name: str


@dataclass(frozen=True, slots=True)
class SignIn:
    """``passwords`` says whether there are any; ``provider`` is whoever else vouches for members."""

    passwords: bool = False
    provider: Provider | None = None
