"""``[sign_in]``: the ways in beside one-time addresses and passkeys, which are always there."""

from collections.abc import Mapping

from relay.config.sections.secrets import check_secret, referred
from relay.config.table import Fault, Table
from relay.config.values import text, url
from relay.core.account import Secret
from relay.core.signing.ways import Provider, SignIn


def sign_in(table: Table, environ: Mapping[str, str]) -> SignIn:
    """The whole section; every key may be absent."""
    table.only("passwords", "oidc")
    return SignIn(
        passwords=table.flag("passwords", default=False),
        provider=_provider(table.table("oidc"), environ) if "oidc" in table.values else None,
    )


def _provider(table: Table, environ: Mapping[str, str]) -> Provider | None:
    """Left out, with a warning, where its secret cannot be had: the other ways in work without it."""
    table.only("issuer", "client_id", "client_secret", "name")
    issuer, client = table.need("issuer", url, ""), table.need("client_id", text, "")
    name = table.one("name", text, "OpenID Connect")
    secret = _secret(table, environ)
    return Provider(issuer, client, secret, name) if issuer and client and secret else None


def _secret(table: Table, environ: Mapping[str, str]) -> Secret | None:
    if "client_secret" not in table.values:
        table.report((), Fault("R011", {"name": "client_secret"}), at_key=True)
        return None
    reference = check_secret(table, "client_secret")
    value = referred(reference, environ) if reference else None
    if reference and not value:
        form, name = reference
        table.report(("client_secret", form), Fault(f"R150/{form}", {"name": name}))
    return Secret(value) if value else None
