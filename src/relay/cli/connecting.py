"""``relay account connect``: a visit to the network whose answer is pasted here, or secrets typed out of sight."""

import secrets
import sys
from collections.abc import Mapping
from getpass import getpass
from urllib.parse import parse_qsl, urlsplit

from relay.cli.ending import Ending
from relay.core.grant import Grant
from relay.networks.connecting import Connecting
from relay.pipeline.accounts.connecting import Asker, free_for_connecting, paste, pasted, way_of
from relay.pipeline.accounts.visiting import Leaving, begin, finish
from relay.service import Relay

MEANS = "command line"
BACK = "/accounts/callback"
"""Where the network sends a browser back to, on relay's own page."""


def connect(relay: Relay, name: str, *, pasting: bool) -> int:
    """Connect it, and say whose it is."""
    free_for_connecting(relay.desk, name)
    way = way_of(relay.desk, name)
    asker = Asker(MEANS, secrets.token_urlsafe(32))
    grant = _pasted(relay, name, asker) if pasting or way is None else _visited(relay, name, way, asker)
    print(f"{name} is connected{f': {grant.whose}' if grant.whose else ''}.")
    if grant.expires_at and grant.refresh is None:
        print(f"It ends on {grant.expires_at:%Y-%m-%d}: relay says so in time.")
    return 0


def _visited(relay: Relay, name: str, way: Connecting, asker: Asker) -> Grant:
    public = relay.configuration.service.public_url
    leaving = Leaving(name, way.redirect or f"{public}{BACK}", secrets.token_urlsafe(32))
    url = begin(relay.db, relay.posting, relay.desk, leaving, asker, relay.clock())
    print(f"Open this address, and allow relay to post:\n\n  {url}\n")
    if not way.redirect:
        print("The browser then comes back to relay. Copy the whole address it came back to from its address bar.")
    print(f"With relay running, the page {public}/accounts does all this by itself.\n")
    sys.stdout.flush()
    answer = _asked("The code, or the whole address (not shown): ")
    return finish(relay.db, relay.posting, relay.desk, _read(answer, leaving.state), asker, relay.clock())


def _read(answer: str, state: str) -> Mapping[str, str]:
    """A code alone, or the address with the code in it; the state of an address is checked, not believed."""
    if answer.startswith(("http://", "https://")):
        try:
            parts = urlsplit(answer)
        except ValueError as error:
            raise Ending("that is no address: copy all of it, and connect the account once more") from error
        return dict(parse_qsl(parts.query or parts.fragment))
    return {"code": answer, "state": state}


def _pasted(relay: Relay, name: str, asker: Asker) -> Grant:
    account = relay.desk.accounts[name]
    required = relay.desk.networks[account.network].SETTINGS.secret
    typed = {}
    for key, what in pasted(relay.desk, account).items():
        print(f"{key}: {what}" if key in required else f"{key} (or nothing): {what}", file=sys.stderr)
        typed[key] = _asked(f"{key} (not shown): ", needed=key in required)
    return paste(relay.db, relay.desk, name, typed, asker, relay.clock())


def _asked(prompt: str, *, needed: bool = True) -> str:
    """What is typed, which nobody sees; a line of standard input where there is no terminal."""
    try:
        text = getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline()
    except EOFError:
        text = ""
    if needed and not text.strip():
        raise Ending("nothing was given: nothing has changed")
    return text.strip()
