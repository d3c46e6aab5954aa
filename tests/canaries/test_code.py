"""What no line of relay's code does: evaluate, start a shell, open a second client, put a statement together."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

CODE = Path(__file__).parents[2] / "src" / "relay"
EVALUATING = {"eval", "exec", "compile", "__import__"}
UNPICKLING = {"pickle", "marshal", "shelve", "dill", "yaml.load", "yaml.full_load", "yaml.unsafe_load"}
CLIENTS = {"requests", "urllib3", "aiohttp", "http.client", "urllib.request", "ftplib", "telnetlib", "pycurl"}
CURL = "intake/wire/curl/"
STARTING = {"subprocess", "multiprocessing", "pty"}
STARTERS = ("demo/far_ends.py", "intake/cage", "storage/dumping.py")
"""The demo starts relay itself, documents are read in a child of relay's own, and PostgreSQL copies its database by a
program of its own. None is told a word of a source."""
TOLD_BY_A_LIBRARY = "schedule/distributed/schema.py"
"""It runs the statements that Procrastinate brings along, and writes down the name of their file."""


@cache
def files() -> dict[str, ast.Module]:
    return {str(file.relative_to(CODE)): ast.parse(file.read_text(encoding="utf-8")) for file in CODE.rglob("*.py")}


@cache
def nodes(tree: ast.Module) -> tuple[ast.AST, ...]:
    """What is asked about: trees are long, and walked once."""
    return tuple(one for one in ast.walk(tree) if isinstance(one, ast.Import | ast.ImportFrom | ast.Call))


def imported(tree: ast.Module) -> Iterator[str]:
    for one in nodes(tree):
        if isinstance(one, ast.Import):
            yield from (name.name for name in one.names)
        elif isinstance(one, ast.ImportFrom) and one.module:
            yield one.module
            yield from (f"{one.module}.{name.name}" for name in one.names)


def called(tree: ast.Module) -> Iterator[ast.Call]:
    return (one for one in nodes(tree) if isinstance(one, ast.Call))


def evaluates(tree: ast.Module) -> bool:
    return any(isinstance(one.func, ast.Name) and one.func.id in EVALUATING for one in called(tree))


def unpickles(tree: ast.Module) -> bool:
    """Whether a module is there that makes things of bytes, or such a function of one that has others as well."""
    used = {ast.unparse(one.func) for one in called(tree)}
    return bool(UNPICKLING & {*imported(tree), *used})


def by_shell(tree: ast.Module) -> bool:
    shells = (word for one in called(tree) for word in one.keywords if word.arg == "shell")
    names = (one.func.attr for one in called(tree) if isinstance(one.func, ast.Attribute))
    return any(shells) or bool({"popen", "system"} & set(names))


def puts_together(tree: ast.Module) -> bool:
    """A statement as text that is more than a text: formatted, added, or joined."""
    doors = (one for one in called(tree) if _name(one.func) in {"text", "exec_driver_sql"} and one.args)
    return any(
        isinstance(one.args[0], ast.JoinedStr | ast.BinOp | ast.Call) and not _fixed(one.args[0]) for one in doors
    )


def _fixed(node: ast.expr) -> bool:
    """Whether all that is in it are constants of ours."""
    return all(one.id.isupper() for one in ast.walk(node) if isinstance(one, ast.Name)) and isinstance(
        node, ast.JoinedStr
    )


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def test_nothing_is_evaluated_or_unpickled() -> None:
    assert [name for name, tree in files().items() if evaluates(tree) or unpickles(tree)] == []


def test_programs_are_started_in_named_places_and_never_by_a_shell() -> None:
    starting = [name for name, tree in files().items() if STARTING & set(imported(tree))]
    assert [name for name in starting if not name.startswith(STARTERS)] == []
    assert [name for name, tree in files().items() if by_shell(tree)] == []


def test_there_is_no_second_client() -> None:
    """libcurl is told of exchanges in one folder, and opens no connection itself."""
    found = {name: CLIENTS & set(imported(tree)) for name, tree in files().items()}
    assert {name: of for name, of in found.items() if of and not (name.startswith(CURL) and of == {"pycurl"})} == {}


def test_no_word_of_sql_is_put_together() -> None:
    """Migrations, which see nobody's words, may."""
    ours = {name: tree for name, tree in files().items() if "sqlalchemy" in " ".join(imported(tree))}
    found = [name for name, tree in ours.items() if puts_together(tree) and "/migrations/" not in name]
    assert found == [TOLD_BY_A_LIBRARY]


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("x = eval(word)", evaluates),
        ("subprocess.run(line, shell=True)", by_shell),
        ("os.system(line)", by_shell),
        ("yaml.load(words)", unpickles),
        ("from pickle import loads\nimport pickle", unpickles),
        ("tx.execute(text(f'SELECT 1 ORDER BY {column}'))", puts_together),
        ("tx.exec_driver_sql('SELECT 1 ORDER BY ' + column)", puts_together),
    ],
)
def test_what_is_planted_is_found(planted: str, found: object) -> None:
    assert callable(found)
    assert found(ast.parse(planted))


def test_a_client_is_found_however_it_is_imported() -> None:
    for line in ("import urllib.request", "from urllib import request", "from urllib.request import urlopen"):
        assert CLIENTS & set(imported(ast.parse(line)))
