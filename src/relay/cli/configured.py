"""The configuration of a command, read without what a service is made of."""

import argparse
import os

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
