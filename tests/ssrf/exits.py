"""Where relay's code asks an address for something, found in its syntax: calls of a client, and of what wraps one."""

import ast
from collections import Counter
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src"
TABLE = Path(__file__).parents[2] / "docs" / "security" / "egress.md"
_METHODS = frozenset(
    "get post put patch delete head options request stream send build_request perform add_handle start".split()  # noqa: SIM905  # shorter
)
_CLIENTS = frozenset({"http", "httpx", "client", "curl", "_curl", "way", "exchanges", "_exchanges"})
_WRAPPERS = {
    ("relay.intake.wire.follow", "get"),
    ("relay.intake.wire.page", "get_page"),
    ("relay.networks.wire.answers", "ask"),
    ("relay.networks.nostr.websocket", "conversation"),
}
_OPENERS = frozenset({"Client", "AsyncClient", "HTTPTransport", "AsyncHTTPTransport", *_METHODS})
FORBIDDEN = (
    *("asyncio.open_connection", "http.client", "urllib.request", "ftplib", "telnetlib", "poplib", "imaplib"),
    *("xmlrpc.client", "websockets.sync", "websockets.asyncio", "websockets.client", "aiohttp", "requests", "urllib3"),
)


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of relay by its name."""
    found = {}
    for path in sorted((SOURCE / "relay").rglob("*.py")):
        found[name_of(path)] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def name_of(path: Path) -> str:
    """The module in the file at ``path``."""
    return ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")


def imported(tree: ast.Module) -> dict[str, tuple[str, str]]:
    """Local names → the module and the name there; a module imported whole has no name."""
    found: dict[str, tuple[str, str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {each.asname or each.name: (node.module, each.name) for each in node.names}
        if isinstance(node, ast.Import):
            found |= {each.asname or each.name: (each.name, "") for each in node.names}
    return found


def calls(tree: ast.Module) -> int:
    """How many calls of ``tree`` ask an address for something."""
    names, clients = imported(tree), _CLIENTS | _annotated(tree)
    return sum(_asks(node.func, names, clients) for node in ast.walk(tree) if isinstance(node, ast.Call))


def _annotated(tree: ast.Module) -> set[str]:
    arguments = (node for node in ast.walk(tree) if isinstance(node, ast.arg) and node.annotation is not None)
    fields = (node for node in ast.walk(tree) if isinstance(node, ast.AnnAssign))
    named = [(each.arg, each.annotation) for each in arguments]
    named += [(ast.unparse(each.target), each.annotation) for each in fields]
    return {name for name, kind in named if kind is not None and "httpx.Client" in ast.unparse(kind)}


def _asks(called: ast.expr, names: dict[str, tuple[str, str]], clients: frozenset[str]) -> bool:
    match called:
        case ast.Name(id=name):
            return names.get(name) in _WRAPPERS
        case ast.Attribute(value=ast.Name(id=name), attr=attr) if (
            ".".join(filter(None, names.get(name, ()))),
            attr,
        ) in _WRAPPERS:
            return True
        case ast.Attribute(value=owner, attr=attr):
            return ast.unparse(owner).rpartition(".")[2] in clients and attr in _METHODS
    return False


def found() -> Counter[str]:
    """Modules → how many calls each has; none without one."""
    return Counter({name: count for name, tree in modules().items() if (count := calls(tree))})


def written() -> Counter[str]:
    """The same as the table of ``docs/security/egress.md`` has it."""
    rows = (line.split("|") for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("| `relay."))
    return Counter({cells[1].strip().strip("`"): int(cells[2]) for cells in rows if cells[2].strip().isdigit()})


def openers(tree: ast.Module) -> list[str]:
    """What in ``tree`` makes a client or a transport of httpx's, or uses httpx without one."""
    called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    of_modules = [one for one in called if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name)]
    return [name for one in of_modules if (name := ast.unparse(one)) in {f"httpx.{opener}" for opener in _OPENERS}]


def forbidden(tree: ast.Module) -> list[str]:
    """What ``tree`` imports or uses that opens connections past the guard."""
    own = imported(tree)
    names = [".".join(filter(None, each)) for each in own.values()]
    used = (ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    names += [name for name in used if own.get(name.partition(".")[0], ("", "-"))[1] == ""]
    bad = (*FORBIDDEN, *(f"httpx.{one}" for one in _OPENERS if own.get(one) == ("httpx", one)))
    return sorted({name for name in names if any(f"{name}.".startswith(f"{one}.") for one in bad)})
