"""The members: who sees them, who changes them, and what no change may do."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from relay.core.people import Editor, Role
from relay.storage import people
from tests.edges.newsroom import Newsroom, open_newsroom


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as newsroom:
        yield newsroom


@pytest.fixture
def admin(room: Newsroom) -> httpx.Client:
    return room.editor("ada", Role.ADMIN)


def _member(room: Newsroom, name: str) -> Editor | None:
    with room.office.db.read() as tx:
        return people.get(tx, name)


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.VIEWER, 403), (Role.WRITER, 403), (Role.EDITOR, 200), (Role.DIRECTOR, 200), (Role.ADMIN, 200)],
)
def test_those_who_work_with_members_see_them(room: Newsroom, role: Role, status: int) -> None:
    browser = room.editor("somebody", role)
    assert browser.get("/members").status_code == status
    assert ('href="/members"' in browser.get("/sources").text) is (status == 200)


def test_nobody_else_sees_them(room: Newsroom) -> None:
    assert room.visitor().get("/members").status_code == 401
    assert room.visitor().post("/members/add", data={"name": "eve", "role": "admin"}).status_code == 401
    assert _member(room, "eve") is None


@pytest.mark.parametrize("role", [Role.EDITOR, Role.DIRECTOR, Role.WRITER])
@pytest.mark.parametrize("word", ["add", "change", "disable", "enable", "link", "end"])
def test_only_an_admin_changes_anything(room: Newsroom, role: Role, word: str) -> None:
    room.link("camille")
    browser = room.editor("somebody", role)
    answer = browser.post(f"/members/{word}", data={"name": "camille" if word != "add" else "eve", "role": "admin"})
    assert (answer.status_code, "/c/" in answer.text) == (403, False)
    assert (_member(room, "camille"), _member(room, "eve")) == (Editor("camille", Role.EDITOR), None)


def test_a_member_is_added_with_accounts_and_address(room: Newsroom, admin: httpx.Client) -> None:
    form = {"name": " zoé ", "role": "writer", "email": "Zoe@Blog.example", "for-masto": "on"}
    assert admin.post("/members/add", data=form).headers["location"] == "/members?member=zo%C3%A9&did=added"
    assert _member(room, "zoé") == Editor("zoé", Role.WRITER, accounts=("masto",), email="zoe@blog.example")
    page = admin.get("/members?member=zoé&did=added").text
    assert "zoé est membre." in page
    assert room.told("member zoé") == ["added: writer for masto, zoe@blog.example"]


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"name": " "}, "Un membre a un nom."),
        ({"name": "ada"}, "ada est déjà membre."),
        ({"name": "eve", "role": "token"}, "Il n’y a pas de rôle token."),
        ({"name": "eve", "role": "king"}, "Il n’y a pas de rôle king."),
        ({"name": "eve", "email": "eve"}, "« eve » n’est pas une adresse e-mail."),
        ({"name": "eve", "email": "cam@blog.example"}, "camille a déjà l’adresse cam@blog.example."),
        ({"name": "eve", "for-nowhere": "on"}, "Il n’y a pas de compte nowhere dans la configuration."),
        ({"name": "e" * 101}, "Un nom a 100 caractères au plus, qui tous se voient."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    room: Newsroom, admin: httpx.Client, form: dict[str, str], sentence: str
) -> None:
    with room.office.db.write() as tx:
        people.add(tx, "camille", Role.EDITOR, room.clock(), (), "cam@blog.example")
    answer = admin.post("/members/add", data=form)
    assert (answer.status_code, sentence in answer.text) == (409, True)
    assert _member(room, "eve") is None


def test_role_accounts_and_address_are_changed_and_told(room: Newsroom, admin: httpx.Client) -> None:
    room.link("camille")
    form = {"name": "camille", "role": "director", "email": "c@blog.example", "for-bsky": "on"}
    assert admin.post("/members/change", data=form).status_code == 303
    assert _member(room, "camille") == Editor("camille", Role.DIRECTOR, accounts=("bsky",), email="c@blog.example")
    admin.post("/members/change", data=form)
    assert room.told("member camille") == ["changed: editor → director for bsky, c@blog.example"]


def test_an_account_that_has_left_the_configuration_does_not_widen_a_role(room: Newsroom, admin: httpx.Client) -> None:
    with room.office.db.write() as tx:
        people.add(tx, "camille", Role.EDITOR, room.clock(), ("former",))
    page = admin.get("/members").text
    assert 'name="for-former" checked' in page
    form = {"name": "camille", "role": "director", "for-former": "on"}
    assert admin.post("/members/change", data=form).status_code == 303
    assert _member(room, "camille") == Editor("camille", Role.DIRECTOR, accounts=("former",))


def test_a_member_without_access_is_out_and_comes_back(room: Newsroom, admin: httpx.Client) -> None:
    browser, address = room.editor("camille"), room.link("camille")
    assert admin.post("/members/disable", data={"name": "camille"}).status_code == 303
    assert browser.get("/review").status_code == 401
    assert room.visitor().post(address).status_code == 403
    assert "sans accès" in admin.get("/members").text
    refused = admin.post("/members/link", data={"name": "camille"})
    assert (refused.status_code, "rendez-le d’abord" in refused.text) == (409, True)
    assert admin.post("/members/enable", data={"name": "camille"}).status_code == 303
    assert room.visitor().post(room.link("camille")).status_code == 303


@pytest.mark.parametrize(
    ("word", "form"), [("disable", {}), ("change", {"role": "director"}), ("change", {"role": "viewer"})]
)
def test_the_last_admin_stays(room: Newsroom, admin: httpx.Client, word: str, form: dict[str, str]) -> None:
    room.link("camille")
    answer = admin.post(f"/members/{word}", data={"name": "ada", **form})
    assert (answer.status_code, "ada est seul à l’administration" in answer.text) == (409, True)
    assert _member(room, "ada") == Editor("ada", Role.ADMIN)


def test_a_sign_in_address_is_shown_once_and_works_once(room: Newsroom, admin: httpx.Client) -> None:
    room.link("camille")
    answer = admin.post("/members/link", data={"name": "camille"})
    found = re.search(r"http://127\.0\.0\.1(/c/[\w-]+)", answer.text)
    assert found
    assert found[1] not in admin.get("/members").text
    browser = room.visitor()
    assert browser.post(found[1]).status_code == 303
    assert "camille" in browser.get("/me").text


def test_all_sessions_of_a_member_end(room: Newsroom, admin: httpx.Client) -> None:
    browsers = [room.editor("camille") for _ in range(2)]
    assert "sessions : 2" in admin.get("/members").text.replace("\u00a0", " ")
    assert admin.post("/members/end", data={"name": "camille"}).status_code == 303
    assert [browser.get("/review").status_code for browser in browsers] == [401, 401]
    assert room.told("member camille")[-1] == "sessions ended: 2"


def test_nobody_and_nothing_are_answered_with_sentences(room: Newsroom, admin: httpx.Client) -> None:
    answer = admin.post("/members/disable", data={"name": "nobody"})
    assert (answer.status_code, "Personne ne s’appelle nobody ici." in answer.text) == (409, True)
    assert admin.post("/members/crown", data={"name": "ada"}).status_code == 404


def test_what_a_member_is_called_is_only_text(room: Newsroom, admin: httpx.Client) -> None:
    name = '<b>Zoé</b> & "Cie" / ?#'
    admin.post("/members/add", data={"name": name, "role": "editor"})
    page = admin.get("/members").text
    assert "<b>Zoé" not in page
    assert admin.post("/members/disable", data={"name": name}).status_code == 303
    assert _member(room, name) == Editor(name, Role.EDITOR, disabled=True)


def test_ones_own_page_is_ones_own(room: Newsroom) -> None:
    assert room.visitor().get("/me").status_code == 401
    camille, zoe = room.editor("camille"), room.editor("zoe")
    id = re.findall(r'name="session" value="(\w+)"', camille.get("/me").text)[0]
    assert zoe.post("/me/end", data={"session": id}).status_code == 303
    assert camille.get("/me").status_code == 200


def test_a_session_is_ended_from_another(room: Newsroom) -> None:
    here = room.editor("camille")
    there = room.visitor(User_Agent="Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    there.post(room.link("camille"))
    page = here.get("/me").text
    assert "Firefox, Linux" in page
    ids = re.findall(r'name="session" value="(\w+)"', page)
    assert here.post("/me/end", data={"session": ids[1]}).status_code == 303
    assert [here.get("/me").status_code, there.get("/me").status_code] == [200, 401]


def test_all_others_end_and_this_one_stays(room: Newsroom) -> None:
    here, *others = (room.editor("camille") for _ in range(3))
    assert here.post("/me/end-others").status_code == 303
    assert [browser.get("/me").status_code for browser in (here, *others)] == [200, 401, 401]


def test_a_member_changes_their_own_address_and_nothing_else(room: Newsroom) -> None:
    browser = room.editor("camille")
    answer = browser.post("/me/email", data={"email": "Cam@blog.example", "role": "admin", "name": "ada"})
    assert answer.headers["location"] == "/me?did=email"
    assert _member(room, "camille") == Editor("camille", Role.EDITOR, email="cam@blog.example")
    refused = room.editor("zoe").post("/me/email", data={"email": "cam@blog.example"})
    assert (refused.status_code, "camille a déjà l’adresse" in refused.text) == (409, True)


def test_the_only_member_may_change_their_address(room: Newsroom) -> None:
    assert room.editor("camille").post("/me/email", data={"email": "c@blog.example"}).status_code == 303


def test_passkeys_need_a_name_and_the_page_says_so(room: Newsroom) -> None:
    browser = room.editor("camille")
    assert "demandent que relay ait un nom" in browser.get("/me").text
    assert browser.post("/me/passkeys/begin").status_code == 404
    assert room.visitor().post("/sign-in/passkey/begin").status_code == 404
