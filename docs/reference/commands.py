"""The page of the commands: each with the help that it prints, and those below it with theirs."""

import argparse
import os
from collections.abc import Iterator
from unittest.mock import patch

from relay.cli.main import CONFIG, whole
from relay.cli.manual import below

WIDTH = "100"
HEAD = f"""# Commands

Generated from `relay COMMAND --help` by `docs/generate.py`. {CONFIG} [Exit codes](environment.md#exit-codes) are the
same for all. Your shell [completes](completion.md) all of it, and `man relay` has it too.
"""


def commands() -> str:
    """The page; argparse words its help a little differently from one version of Python to the next."""
    with patch.dict(os.environ, COLUMNS=WIDTH):
        parser = whole()
        parts = [_part((), parser), *(part for name, own in below(parser) for part in _parts((name,), own))]
    return "\n".join([HEAD, *parts])


def _parts(path: tuple[str, ...], parser: argparse.ArgumentParser) -> Iterator[str]:
    yield _part(path, parser)
    for name, own in below(parser):
        yield from _parts((*path, name), own)


def _part(path: tuple[str, ...], parser: argparse.ArgumentParser) -> str:
    sign = "##" if len(path) < 2 else "###"  # a command has a heading, a verb one below it
    return f"{sign} {' '.join(('relay', *path))}\n\n```text\n{parser.format_help().strip()}\n```\n"
