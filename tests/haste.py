"""What costs each of some thousand tests a moment, and shows none of them anything."""

import asyncio
import atexit
import os
import tempfile
from pathlib import Path
from types import SimpleNamespace

import certifi
import uvicorn.server

HASTE = 10
"""How much sooner a server in the tests' own process looks whether it is to end: ten times a second, as it comes."""


def make_haste() -> None:
    """For this process; those that tests start are what they always are."""
    _trust_one()
    vars(os)["fsync"] = _left_to_the_system
    sleep = asyncio.sleep
    waiting = {**vars(asyncio), "sleep": lambda seconds: sleep(seconds / HASTE)}
    vars(uvicorn.server)["asyncio"] = SimpleNamespace(**waiting)


def _left_to_the_system(number: int) -> None:
    """In the place of ``os.fsync``: no test cuts its own process off from its power; what is durable, tests/power shows."""
    os.fstat(number)


def _trust_one() -> None:
    """No test reaches the world: of the 140 authorities that each client reads, in 23 ms, one is enough."""
    end = "-----END CERTIFICATE-----\n"
    one = Path(certifi.where()).read_text(encoding="utf-8").partition(end)[0] + end
    number, name = tempfile.mkstemp(suffix=".pem")
    with os.fdopen(number, "w", encoding="utf-8") as file:
        file.write(one)
    atexit.register(os.unlink, name)
    certifi.where = lambda: name
