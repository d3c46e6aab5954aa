"""The one service that an Apprise address means; the package is an extra, and is loaded when an account needs it."""

import logging
from importlib.util import find_spec
from typing import TYPE_CHECKING

from relay.core.account import Account
from relay.core.outcome import AuthLost, Unsure

if TYPE_CHECKING:
    from apprise import NotifyBase


def service(account: Account) -> "NotifyBase | AuthLost":
    """What ``url`` stands for, or why there is nothing; no connection is opened."""
    if find_spec("apprise") is None:
        return AuthLost("Apprise is not installed: pip install 'relay[apprise]', then start relay again.")
    from apprise import Apprise, AppriseAsset  # noqa: PLC0415 — an extra, of 35 MB in memory

    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)  # it repeats an address that it does not take
    found = Apprise.instantiate(account.secrets["url"].value, asset=AppriseAsset(secure_logging=True))
    if found is None:
        return AuthLost("The address is not one that Apprise knows: `apprise --dry-run` with it says more.")
    return found


def notify(there: "NotifyBase", title: str, text: str) -> Unsure | None:
    """Once; ``None`` where Apprise calls it a success. It opens its own connections, outside relay's guard."""
    try:
        is_done = there.notify(body=text, title=title, body_format="text")
    except Exception as error:  # noqa: BLE001 — each service is a plug-in, and raises what it likes
        return _untold(f" ({type(error).__name__})")
    return None if is_done else _untold("")


def _untold(how: str) -> Unsure:
    return Unsure(f"Apprise does not say what became of it{how}: look there whether it has arrived, before a repeat.")
