"""The command line: which commands there are, and how each ends. Only the command asked for is loaded."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from relay.cli.ending import Ending

COMMANDS = {
    "demo": ("demo", "the whole service on loopback, with sample sources and sandbox networks"),
    "run": ("daemon", "the daemon: polling, delivery, the editors' page, the outgoing feeds"),
    "worker": ("worker", "one worker of the scaled-out service, on PostgreSQL"),
    "check": ("check", "validate the configuration"),
    "config": ("config_", "the configuration as it takes effect, and where each value comes from"),
    "try": ("trial", "what would become of a feed: nothing is stored, nothing is sent"),
    "add": ("add", "find the feed behind an address and write it into the configuration"),
    "import": ("import_", "sources from the list of another reader, and what another tool has posted"),
    "export": ("export", "the sources as a list for another reader"),
    "parse": ("parse", "what the parser reads in a document"),
    "poll": ("poll", "one pass over the sources that are due"),
    "publish": ("publish", "bring the outgoing feeds up to date"),
    "queue": ("queue", "the editors' queue: list, show, approve, edit, reject, …"),
    "questions": ("questions", "what relay asks editors about its sources, and their answers"),
    "handles": ("handles", "who is who on each network, and handles that an editor adds"),
    "deliver": ("deliver", "one pass over what is approved and due"),
    "count": ("count", "the length of a text as a network counts it"),
    "status": ("status", "sources, accounts, queue and feeds at a glance"),
    "account": ("account", "accounts on networks: how they stand, and connecting them"),
    "stop": ("stop", "nothing is sent, changed or taken back any more, until it is lifted"),
    "resume": ("resume", "lift what `relay stop` has stopped"),
    "audit": ("audit", "who did what, in a chain: exported, and verified"),
    "user": ("user", "editors, their roles and sign-in addresses"),
    "token": ("token", "tokens of programs: what each opens, and until when"),
    "hooks": ("hooks", "programs that are told what happens: how they stand, a test, once more"),
    "notify": ("notify", "who is told of what outside the page, and a test of it"),
    "migrate": ("migrate", "bring the database to this version's schema"),
    "backup": ("backup", "a copy of the database, while the daemon works"),
    "restore": ("restore", "a copy put back, after which nothing leaves a second time"),
    "health": ("health", "whether the daemon answers and its loops are alive"),
    "completion": ("completion", "what your shell completes relay's commands and options with"),
}
"""Name → the module of this folder that does it, and what it does in a line."""


CONFIG = "Every command takes --config FILE (default: config/relay.toml, then $RELAY_CONFIG)."


def run(argv: Sequence[str]) -> int:
    """Run one command; the exit code is 0 done, 1 failed, 2 wrong usage, 78 wrong configuration."""
    parser = _parser()
    try:
        config, words = _config(argv)
        module = _load(parser, words)
        arguments = parser.parse_args(words, argparse.Namespace(config=config))
        if module is None:
            parser.print_help()
            return 2
        return int(module.run(arguments))
    except Ending as ending:
        return ending.said()
    except UnicodeEncodeError as error:
        if error.encoding != "utf-8":
            raise
        return Ending("some of these words are not written in UTF-8, which is all that relay keeps").said()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="relay",
        description="An editorial relay: RSS and Atom in, feeds and social posts out, an editor's yes in between.",
        epilog=f"{CONFIG}\n\nexample:\n  relay demo",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    return parser


def _config(argv: Sequence[str]) -> tuple[Path | None, list[str]]:
    """``--config`` may stand anywhere: the file, and the other words."""
    parser = argparse.ArgumentParser(prog="relay", add_help=False, allow_abbrev=False)
    parser.add_argument("--config", type=Path, metavar="FILE")
    found, words = parser.parse_known_args(argv)
    return found.config, words


def whole() -> argparse.ArgumentParser:
    """The parser with every command loaded, for whoever describes them all: completion, the manual, the reference."""
    parser = _parser()
    parser.add_argument("--config", type=Path, metavar="FILE", help="the configuration; it may stand anywhere")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name in COMMANDS:
        _loaded(_named(subparsers, name), name)
    return parser


def _load(parser: argparse.ArgumentParser, argv: Sequence[str]) -> ModuleType | None:
    """The module of the command that ``argv`` names; every command's name is known to the parser."""
    wanted = next((word for word in argv if word in COMMANDS), None)
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    module = None
    for name in COMMANDS:
        own = _named(subparsers, name)
        if name == wanted:
            module = _loaded(own, name)
    return module


def _named(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str) -> argparse.ArgumentParser:
    what = COMMANDS[name][1]
    return subparsers.add_parser(
        name, help=what, description=what, formatter_class=argparse.RawDescriptionHelpFormatter
    )


def _loaded(parser: argparse.ArgumentParser, name: str) -> ModuleType:
    module = importlib.import_module(f"relay.cli.{COMMANDS[name][0]}")
    parser.epilog = f"{CONFIG}\n\nexample:\n  {module.EXAMPLE}"
    module.configure(parser)
    return module


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version  # noqa: PLC0415  # only who asks for it waits for it

        print(f"relay {version('relay')}")
        parser.exit()
