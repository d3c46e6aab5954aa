"""A real Nostr relay (nostr-relay of PyPI, in ``.lab/nostr``): NIP-01, 09, 11, 33 and more, in a SQLite file."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.real.ports import LOOPBACK, free_port
from tests.real.program import LAB, answers, need, running

_PROGRAM = LAB / "nostr" / "bin" / "nostr-relay"


@contextmanager
def relaying(folder: Path) -> Iterator[str]:
    """Its address, which begins with ``ws://``."""
    need(_PROGRAM)
    port = free_port()
    settings = {
        "storage": {
            "sqlalchemy.url": f"sqlite+aiosqlite:///{folder / 'events.db'}",
            "validators": [f"nostr_relay.validators.{rule}" for rule in ("is_not_too_large", "is_signed")],
        },
        "gunicorn": {"bind": f"{LOOPBACK}:{port}", "workers": 1, "loglevel": "warning"},
        "max_event_size": 8_196,
    }
    # Its configuration is YAML, and so is JSON.
    (folder / "relay.yaml").write_text(json.dumps(settings))
    command = (_PROGRAM, "-c", folder / "relay.yaml", "serve")
    with running(command, folder, answers(f"http://{LOOPBACK}:{port}/")):
        yield f"ws://{LOOPBACK}:{port}"
