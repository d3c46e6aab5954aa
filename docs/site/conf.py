"""The site of the documentation: the Markdown pages as they stand, in the order of ``navigation.toml``.

``./run site`` builds it into ``dist/site``. Nothing of it is fetched from elsewhere when it is read.
"""

import sys
import tomllib
from pathlib import Path

from sphinx.application import Sphinx

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE))

with (ROOT / "pyproject.toml").open("rb") as described:
    _project = tomllib.load(described)["project"]

project = "relay"
release = version = _project["version"]
author = "the authors of relay"
copyright = author  # noqa: A001  # Sphinx's name for it
language = "en"
extensions = ["myst_parser"]
root_doc = "docs/index"
include_patterns = ["docs/**", "SECURITY.md", "CONTRIBUTING.md", "CHANGELOG.md", "*/README.md"]
exclude_patterns = [".*", "src", "tests", "data", "feeds", "deploy", "dist", "config"]
myst_heading_anchors = 4
myst_enable_extensions: list[str] = []
html_theme = "furo"
html_title = "relay"
html_static_path = [str(HERE / "static")]
html_css_files = ["relay.css"]
html_copy_source = html_show_sphinx = False
html_extra_path = [str(HERE / "extra")]
pygments_dark_style = "native"


def setup(app: Sphinx) -> None:
    """What a forge shows otherwise than the site."""
    app.connect("source-read", _read)
    app.connect("html-page-context", _context)


def _read(app: Sphinx, name: str, source: list[str]) -> None:
    """Navigation after the pages that have some; a drawing that only forges draw is its words here."""
    app.env.note_dependency(str(HERE / "navigation.toml"), docname=name)
    source[0] = source[0].replace("\n```mermaid\n", "\n```text\n")
    source[0] += "".join(_tree(title, pages) for above, title, pages in trees() if above == name)


def _context(_: Sphinx, page: str, template: str, context: dict[str, object], tree: object) -> None:
    """A page in French says that it is."""
    del template, tree
    if page.startswith("docs/fr/"):
        context["language"] = "fr"


def trees() -> list[tuple[str, str, list[str]]]:
    """Each list of the navigation: the page that it follows, its title, and its pages, as Sphinx names them."""
    with (HERE / "navigation.toml").open("rb") as file:
        written = tomllib.load(file)
    lists = [*written["part"], *written["below"]]
    named = {name for one in lists for name in one["pages"]}
    return [
        (
            _name(one.get("page", "index")),
            one.get("title", ""),
            [page for name in one["pages"] for page in _pages(name, named)],
        )
        for one in lists
    ]


def _pages(name: str, named: set[str]) -> list[str]:
    """One page, or all of a folder that are not named by themselves."""
    if not name.endswith("*"):
        return [_name(name)]
    docs = ROOT / "docs"
    found = sorted(str(path.with_suffix("").relative_to(docs)) for path in docs.glob(f"{name}.md"))
    return [_name(page) for page in found if page not in {*named, "index"}]


def _name(written: str) -> str:
    return written.removeprefix("/") if written.startswith("/") else f"docs/{written}"


def _tree(title: str, pages: list[str]) -> str:
    caption = f":caption: {title}\n" if title else ""
    lines = "\n".join(f"/{page}" for page in pages)
    return f"\n\n```{{toctree}}\n:hidden:\n:titlesonly:\n{caption}\n{lines}\n```\n"
