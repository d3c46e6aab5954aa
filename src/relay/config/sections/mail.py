"""``[mail]``: the server that the service hands its own letters to."""

from collections.abc import Mapping

from relay.config.sections.secrets import check_secret, referred
from relay.config.table import Fault, Table
from relay.config.values import choice, mailbox, text
from relay.core.account import Account, Secret

_KEYS = ("server", "from", "name", "security", "user", "password")


def mail(section: Table, environ: Mapping[str, str]) -> Account | None:
    """What hands letters over, as an account of e-mail without a reader; ``None`` where there is none."""
    if not section.values:
        return None
    section.only(*_KEYS)
    options = {"server": section.need("server", text, ""), "from": section.need("from", mailbox, "")}
    options |= {key: section.one(key, text, "") for key in ("name", "user") if key in section.values}
    if "security" in section.values:
        options["security"] = section.one("security", choice("starttls", "tls", "none"), "starttls")
    if ("user" in section.values) != ("password" in section.values):
        missing = "password" if "user" in section.values else "user"
        section.report((), Fault("R011", {"name": missing}), at_key=True)
    return Account("mail", "email", options, _password(section, environ))


def _password(section: Table, environ: Mapping[str, str]) -> dict[str, Secret]:
    """None, with a warning, where it cannot be had: the rest of relay works without it."""
    reference = check_secret(section, "password") if "password" in section.values else None
    if reference is None:
        return {}
    if value := referred(reference, environ):
        return {"password": Secret(value)}
    form, name = reference
    section.report(("password", form), Fault(f"R140/{form}", {"name": name}))
    return {}
