"""``relay completion``: what a shell completes the command line with, made of the commands as they are."""

import argparse
from collections.abc import Iterator
from pathlib import Path

EXAMPLE = "relay completion bash > ~/.local/share/bash-completion/completions/relay"
_SHELLS = ("bash", "zsh", "fish")
_FILES = {"FILE", "FOLDER", "DIR", "URL|FILE", "FILE|-"}
"""How an argument is called whose values are files, where it is kept as a text."""


def configure(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.add_argument("shell", choices=_SHELLS, help="the script is printed; where it belongs: docs/completion.md")


def run(arguments: argparse.Namespace) -> int:
    """Print the script."""
    print(script(arguments.shell))
    return 0


def script(shell: str) -> str:
    """What ``shell`` reads (``bash``, ``zsh``, ``fish``)."""
    import shtab  # noqa: PLC0415  # who runs the daemon need not wait for it

    from relay.cli.main import whole  # noqa: PLC0415  # it names this module

    parser = whole()
    for action in _actions(parser):
        if action.type is Path or action.metavar in _FILES:
            action.complete = shtab.FILE  # type: ignore[attr-defined]  # where shtab looks for it
    return shtab.complete(parser, shell).rstrip("\n")


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:  # noqa: SLF001  # argparse has no other list of them
        yield action
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for below in action.choices.values():
                yield from _actions(below)
