"""The manual page, relay(1), made of the commands as they are; ``docs/generate.py`` writes it."""

import argparse
from collections.abc import Iterator

from relay.cli.main import whole

ENDS = (
    (0, "done"),
    (1, "something failed; what, is said on standard error"),
    (2, "wrong usage"),
    (78, "the configuration is wrong; relay check says where"),
    (130, "interrupted by Ctrl-C"),
)
"""Exit codes, as sysexits.h and shells have them."""
VARIABLES = {
    "RELAY_CONFIG": "the configuration, where neither --config nor config/relay.toml is there",
    "RELAY_DATABASE": "the database, instead of the one that the configuration names; it may hold a password",
    "RELAY_LOG": "how the log is written: text, json, or auto, which is text on a terminal and JSON elsewhere",
}
"""What relay reads of the environment, beside the variables that the configuration names."""


def manual() -> str:
    """A page for man(1), in its own macros; it names neither a day nor a version, so that it changes as commands do."""
    parser = whole()
    head = [
        '.TH RELAY 1 "" relay "User commands"',
        ".ad l",
        ".SH NAME",
        r"relay \- news in, feeds and social posts out, with an editor's yes in between",
        ".SH SYNOPSIS",
        r".B relay",
        r"[\fB\-\-config\fR \fIFILE\fR] \fICOMMAND\fR [\fIARGUMENTS\fR]",
        ".SH DESCRIPTION",
        _plain(parser.description or ""),
        ".PP",
        _plain("Every command answers --help."),
        "Results are written to standard output, everything else to standard error.",
        ".SH OPTIONS",
        *_options(parser),
        ".SH COMMANDS",
    ]
    commands = [line for name, own in below(parser) for line in _command((name,), own)]
    return "\n".join([*head, *commands, *_tail()]) + "\n"


def below(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """The commands of a command, with the parser of each."""
    for action in parser._actions:  # noqa: SLF001  # argparse has no other list of them
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            yield from action.choices.items()


def _command(path: tuple[str, ...], parser: argparse.ArgumentParser) -> Iterator[str]:
    """A command and those below it, each with its options and its example."""
    yield f".SS relay {_plain(' '.join(path))}"
    yield _plain(parser.description or "")
    yield from _options(parser)
    if example := (parser.epilog or "").rpartition("example:\n")[2].strip():
        yield from (".PP", "Example:", ".PP", ".EX", *(_plain(line.strip()) for line in example.splitlines()), ".EE")
    for name, own in below(parser):
        yield from _command((*path, name), own)


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:  # noqa: SLF001
        if not isinstance(action, argparse._SubParsersAction | argparse._HelpAction):  # noqa: SLF001
            yield from (".TP", _called(action), _plain(_help(action)))


def _called(action: argparse.Action) -> str:
    """An option with its value, or an argument."""
    value = "" if action.nargs == 0 else rf"\fI{_plain(_value(action))}\fR"
    names = ", ".join(rf"\fB{_plain(name)}\fR" for name in action.option_strings)
    return f"{names} {value}".strip()


def _value(action: argparse.Action) -> str:
    if action.metavar:
        return action.metavar if isinstance(action.metavar, str) else " ".join(action.metavar)
    return "|".join(map(str, action.choices)) if action.choices else action.dest.upper()


def _help(action: argparse.Action) -> str:
    return (action.help or "") % {**vars(action), "prog": "relay"}


def _tail() -> Iterator[str]:
    yield ".SH EXIT STATUS"
    for code, meaning in ENDS:
        yield from (".TP", rf"\fB{code}\fR", _plain(meaning))
    yield ".SH ENVIRONMENT"
    for name, meaning in VARIABLES.items():
        yield from (".TP", rf"\fB{name}\fR", _plain(meaning))
    yield from (".SH FILES", ".TP", r"\fIconfig/relay.toml\fR", "the configuration, unless another is named")


def _plain(text: str) -> str:
    """Text as roff takes it for text: its backslashes, its hyphens, and the signs that begin a request."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-").replace("\n", " ").strip()
    return rf"\&{escaped}" if escaped.startswith((".", "'")) else escaped
