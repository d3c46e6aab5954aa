"""Who wrote it, as feedparser gathers names and addresses."""

import re

from relay.intake.reading.direct.gathering import pop, push
from relay.intake.reading.direct.state import Attributes, Fields, State

_EMAIL = re.compile(
    r"(([a-zA-Z0-9\_\-\.\+]+)@((\[[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.)|(([a-zA-Z0-9\-]+\.)+))([a-zA-Z]{2,4}|[0-9]{1,3})(\]?))"
    r"(\?subject=\S+)?"
)


def start_author(state: State, _: Attributes) -> None:
    """An author: a text, or an element with a name, an address and a page."""
    state.in_author = True
    push(state, "author")
    state.context().setdefault("authors", []).append({})


def end_author(state: State) -> None:
    """What was found of the author."""
    pop(state, "author")
    state.in_author = False
    _agree(state.context())


def start_owner(state: State, _: Attributes) -> None:
    """Who owns a podcast."""
    state.in_publisher = True
    push(state, "publisher", is_kept=False)


def end_owner(state: State) -> None:
    """The same."""
    pop(state, "publisher")
    state.in_publisher = False


def end_name(state: State) -> None:
    """The name of whoever it is."""
    _ended(state, "name", "name")


def end_email(state: State) -> None:
    """The address of whoever it is."""
    _ended(state, "email", "email")


def end_page(state: State) -> None:
    """The page of an author."""
    found = pop(state, "href")
    if state.in_author:
        _save(state, "author", "href", found)


def _ended(state: State, name: str, key: str) -> None:
    found = pop(state, name)
    if state.in_publisher or state.in_author:
        _save(state, "publisher" if state.in_publisher else "author", key, found)
    elif name == "name" and state.in_text_input:
        state.context()["name"] = found


def _save(state: State, prefix: str, key: str, found: str | None) -> None:
    """An owner counts as the last author too, as feedparser has it."""
    context = state.context()
    context.setdefault(f"{prefix}_detail", {})[key] = found
    _agree(context)
    context.setdefault("authors", [{}])[-1][key] = found


def _agree(context: Fields) -> None:
    """The author as one text, and what it says as a name and an address."""
    detail = context.get("authors", [{}])[-1]
    if not detail:
        _split(context, detail)
        return
    name, email = detail.get("name"), detail.get("email")
    if name or email:
        context["author"] = f"{name} ({email})" if name and email else name or email


def _split(context: Fields, detail: Fields) -> None:
    author = context.get("author")
    if not author:
        return
    found = _EMAIL.search(author) if "@" in author else None
    if found:
        for part in (found[0], "()", "<>", "&lt;&gt;"):
            author = author.replace(part, "")
        author = author.strip().removeprefix("(").removesuffix(")").strip()
    if author or found:
        context.setdefault("author_detail", detail)
    if author:
        detail["name"] = author
    if found:
        detail["email"] = found[0]
