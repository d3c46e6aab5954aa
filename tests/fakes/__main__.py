"""Far ends for trying relay out: ``python -m tests.fakes``, in a clone of the repository, until Ctrl-C.

Prints accounts for a configuration, and where their posts are shown. With ``--json``, for ``relay demo``, all that is
one line, and the end is that of the standard input.
"""

import json
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress

from tests.fakes.showing import showing
from tests.fakes.standing import Stand, standing
from tests.fakes.wire import Wire, listening


def main(arguments: Sequence[str]) -> int:
    """Until the end."""
    with standing() as stands, listening(Wire(showing(stands), publishes="")) as page:
        if "--json" in arguments:
            _say(told(stands, page.url))
            sys.stdin.read()
            return 0
        _say(f"# Posts are shown at {page.url}/ until Ctrl-C.\n\n{configured(stands)}")
        with suppress(KeyboardInterrupt):
            threading.Event().wait()
    return 0


def told(stands: Sequence[Stand], page: str) -> str:
    """One line of JSON: the page, the accounts as a configuration has them, and what the environment must have."""
    parts = [accounts_of(stand) for stand in stands]
    names = [stand.account.id for stand in stands]
    return json.dumps({"page": page, "ids": names, "accounts": "\n".join(parts), "environment": environment(stands)})


def configured(stands: Sequence[Stand]) -> str:
    """The same for a person."""
    secrets = [f"#   export {name}='{value}'" for name, value in environment(stands).items()]
    allow = '# In [service]: allow = ["127.0.0.1"]'
    return "\n".join([*map(accounts_of, stands), allow, "# Before relay starts:", *secrets])


def accounts_of(stand: Stand) -> str:
    """One account in TOML."""
    lines = [f"[accounts.{stand.account.id}]", f'network = "{stand.account.network}"']
    lines += [f'{name} = "{value}"' for name, value in stand.account.options.items()]
    lines += [f'{name} = {{ env = "{_variable(stand, name)}" }}' for name in stand.account.secrets]
    return "\n".join(lines) + "\n"


def environment(stands: Sequence[Stand]) -> dict[str, str]:
    """The secrets, none of which opens anything."""
    return {_variable(stand, name): secret.value for stand in stands for name, secret in stand.account.secrets.items()}


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _variable(stand: Stand, name: str) -> str:
    return f"RELAY_{stand.account.id}_{name}".upper()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
