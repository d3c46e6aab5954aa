"""The configuration of a command, read without what a service is made of."""

import argparse
import gc
import os
import pickle
from typing import cast

from relay.cli.ending import Ending
from relay.config.configuration import Configuration
from relay.config.load import load, locate
from relay.config.messages import report
from relay.wiring import network_keys


def configuration(arguments: argparse.Namespace) -> Configuration:
    """The configuration of this command; its errors end the command with 78."""
    loaded = load(locate(arguments.config, os.environ), os.environ, network_keys())
    if loaded.configuration is None:
        raise Ending(report(loaded), 78)
    return loaded.configuration


def settled(arguments: argparse.Namespace) -> Configuration:
    """The same for a process that goes on: made anew side by side, out of its bytes.

    As it was read its values stand scattered among all that reading needed, which keeps that memory from the system:
    17 MB with ten thousand sources.
    """
    read = pickle.dumps(configuration(arguments))
    gc.collect()  # what reading needed refers to itself
    return cast("Configuration", pickle.loads(read))  # noqa: S301  # our own bytes
