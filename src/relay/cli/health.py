"""``relay health``: for a container's health check."""

import argparse
import json
import os

import httpx

from relay.cli.configured import configuration
from relay.cli.ending import Ending
from relay.config.configuration import Service
from relay.config.load import locate

EXAMPLE = "relay health"
PATIENCE = 3.0


def configure(_parser: argparse.ArgumentParser) -> None:
    """It has no options."""


def run(arguments: argparse.Namespace) -> int:
    """Ask the running daemon; 0 only if it answers and its loops are alive."""
    service = _service(arguments)
    host = "127.0.0.1" if service.listen_host in {"0.0.0.0", "::", ""} else service.listen_host  # noqa: S104  # compared
    address = f"http://{host}:{service.listen_port}/health"
    try:
        answer = httpx.get(address, timeout=PATIENCE, trust_env=False)
        told = answer.json()
    except (httpx.HTTPError, json.JSONDecodeError) as error:
        raise Ending(f"the daemon does not answer at {address}: {error}; is `relay run` running?") from error
    if answer.status_code != httpx.codes.OK:
        raise Ending(f"the daemon is not well: {told.get('error', answer.text)}")
    print("well")
    return 0


def _service(arguments: argparse.Namespace) -> Service:
    """Where the daemon listens; without a configuration (the demo has its own) where it usually does."""
    if arguments.config is None and not locate(None, os.environ).exists():
        return Service()
    return configuration(arguments).service
