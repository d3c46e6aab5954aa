"""Members in a terminal: added, changed, sent away, and let in."""

import io
import re

import pytest

from tests.commands.blog import Blog
from tests.commands.conftest import Relay


def _allow_passwords(blog: Blog) -> None:
    blog.file.write_text(blog.file.read_text() + "\n[sign_in]\npasswords = true\n")


def test_a_member_is_added_changed_and_listed(relay: Relay) -> None:
    added = relay("user", "add", "zoé", "--role", "director", "--email", "Zoe@Blog.example", "--accounts", "out")
    assert added.out.startswith("zoé has the role director now.")
    (zoe,) = relay("user", "list", "--json").json
    assert zoe == {
        "name": "zoé",
        "role": "director",
        "disabled": False,
        "accounts": ["out"],
        "email": "zoe@blog.example",
        "ways": ["link"],
        "seen_at": None,
        "sessions": 0,
    }
    assert relay("user", "change", "zoé", "--role", "editor").out == "zoé: editor for out, zoe@blog.example.\n"
    assert relay("user", "change", "zoé", "--accounts", "all", "--email", "").out == "zoé: editor.\n"
    assert relay("user", "list").out.split() == ["zoé", "editor", "all", "–", "link"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("add", "camille"), "There already is an editor 'camille'."),
        (("add", "zoe", "--email", "zoe"), "'zoe' is not an e-mail address."),
        (("add", "zoe", "--accounts", "nowhere"), "There is no account 'nowhere' in the configuration."),
        (("change", "nobody", "--role", "editor"), "There is no editor 'nobody':"),
        (("disable", "nobody"), "There is no editor 'nobody':"),
        (("disable", "camille"), "camille is the last who can sign in: add somebody first."),
        (("sessions", "nobody"), "There is no editor 'nobody':"),
        (("password", "camille", "-"), "there are no passwords here: write `passwords = true` under [sign_in]"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(relay: Relay, words: tuple[str, ...], sentence: str) -> None:
    relay("user", "add", "camille")
    ended = relay("user", *words)
    assert (ended.code, ended.out) == (1, "")
    assert sentence in ended.err


def test_a_member_leaves_and_comes_back(relay: Relay) -> None:
    relay("user", "add", "camille")
    relay("user", "add", "zoe")
    assert relay("user", "disable", "zoe").out == "zoe is signed out everywhere and cannot sign in any more.\n"
    assert relay("user", "link", "zoe").err == "relay: zoe is disabled: enable them first.\n"
    assert relay("user", "enable", "zoe").code == 0
    assert re.search(r"/c/[\w-]{20,}$", relay("user", "link", "zoe").out)


def test_a_password_is_read_from_stdin_and_weighed(relay: Relay, blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    _allow_passwords(blog)
    relay("user", "add", "camille")
    for text, ending in (("court\n", 1), ("cheval agrafe pile\n", 0)):
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        ended = relay("user", "password", "camille", "-")
        assert ended.code == ending
        assert text.strip() not in ended.out + ended.err
    assert relay("user", "list", "--json").json[0]["ways"] == ["link", "password"]
    assert relay("user", "password", "camille", "--remove").out == "camille has no password any more.\n"
    assert relay("user", "list", "--json").json[0]["ways"] == ["link"]


def test_a_password_is_typed_twice(relay: Relay, blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    _allow_passwords(blog)
    relay("user", "add", "camille")
    typed = iter(("cheval agrafe pile", "cheval agrafe pilE"))
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    ended = relay("user", "password", "camille")
    assert (ended.code, ended.err) == (1, "relay: the two are not the same: nothing has changed\n")


def test_nobody_is_signed_in_where_nobody_is(relay: Relay) -> None:
    relay("user", "add", "camille")
    assert relay("user", "sessions", "camille").out == "camille is not signed in anywhere.\n"
    assert relay("user", "end", "camille").out == "camille: 0 sessions ended.\n"
    assert relay("user", "sessions", "camille", "--json").json == []
