"""``relay health``: for a container's health check."""

import argparse
import os
from collections.abc import Iterator, Mapping
from typing import Any

import httpx

from relay.cli.configured import configuration
from relay.cli.ending import Ending
from relay.cli.failing import failures_said
from relay.config.configuration import Service
from relay.config.load import locate

EXAMPLE = "relay health"
PATIENCE = 3.0


def configure(parser: argparse.ArgumentParser) -> None:
    """Of whom."""
    what = "of the worker on this machine, as the database knows of it, where `relay worker` runs here"
    parser.add_argument("--worker", action="store_true", help=what)


def run(arguments: argparse.Namespace) -> int:
    """Ask the running daemon; 0 only if it answers and its loops are alive. What else needs somebody is said, too."""
    service = _service(arguments)
    if arguments.worker:
        return _of_worker(service)
    try:
        status, told = asked(service)
    except (httpx.HTTPError, ValueError) as error:
        where = address(service)
        raise Ending(f"the daemon does not answer at {where}: {error}; is `relay run` running?") from error
    alarms = list(_alarms(told.get("alarms")))
    if status != httpx.codes.OK:
        raise Ending("\n".join(["the daemon is not well:", *alarms] if alarms else [_why(told)]))
    print("\n".join([f"well{', but:' if alarms else ''}", *alarms]))
    return 0


def _of_worker(service: Service) -> int:
    """By the database, which is loaded here alone: a container asks the daemon every half minute."""
    from relay.cli import working  # noqa: PLC0415  # see above

    with failures_said():
        working.well(service)
    print("well")
    return 0


def _alarms(told: object) -> Iterator[str]:
    """Each in a line; whoever else answers there may mean something else by the word."""
    for one in told if isinstance(told, list) else ():
        if isinstance(one, dict) and {"alarm", "what"} <= one.keys():
            yield f"  {one['alarm']}: {one['what']}"


def _why(told: Mapping[str, object]) -> str:
    return f"the daemon is not well: {told.get('error', told)}"


def asked(service: Service) -> tuple[int, dict[str, Any]]:
    """The status and the words of the daemon's health; ``httpx.HTTPError`` or ``ValueError`` where it does not tell."""
    answer = httpx.get(address(service), timeout=PATIENCE, trust_env=False)
    told = answer.json()
    if not isinstance(told, dict):
        raise ValueError(f"it answers {answer.status_code}, and not as relay does")  # noqa: TRY004  # of what was answered
    return answer.status_code, told


def address(service: Service) -> str:
    """Where the daemon tells how it does."""
    host = "127.0.0.1" if service.listen_host in {"0.0.0.0", "::", ""} else service.listen_host  # noqa: S104  # compared
    return f"http://{f'[{host}]' if ':' in host else host}:{service.listen_port}/health"


def _service(arguments: argparse.Namespace) -> Service:
    """Where the daemon listens; without a configuration (the demo has its own) where it usually does."""
    if arguments.config is None and not locate(None, os.environ).exists():
        return Service()
    return configuration(arguments).service
