"""The directory's pages: who is who, and what editors add to it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from relay.core.directory.handles import Body, Directory, Former, Verified
from relay.core.people import Role
from relay.pipeline.today import current
from relay.storage import bodies, crossposts
from relay.web.handles import SHOWN
from relay.web.wording.handles import HANDLES
from tests.edges.newsroom import Newsroom, open_newsroom
from tests.edges.test_web_sources import text_of
from tests.feeds import editions

DAY = date(2026, 11, 20)
SHIPPED = Body("insee", "Insee", {"x": "@InseeFr"}, verified={"x": Verified("page", DAY)}, former=(Former("SNS", DAY),))
NEW = {"name": "Vaubrune Habitat", "acronyms": "VH\n", "names": "Office de Vaubrune", "site": "https://vh.example/"}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as newsroom:
        know(newsroom, SHIPPED, shipped=frozenset({"insee"}))
        yield newsroom


def know(room: Newsroom, *more: Body, shipped: frozenset[str] = frozenset()) -> None:
    """Bodies beside those of the newsroom's configuration."""
    known = {**room.office.desk.directory.bodies, **{body.id: body for body in more}}
    object.__setattr__(room.office.desk, "directory", Directory(known, shipped=shipped))


def today(room: Newsroom) -> Directory:
    with room.office.db.read() as tx:
        return current(tx, room.office.desk).directory


def row(html: str, id: str) -> str:
    """What the listing says of one body."""
    found = re.search(rf'<li id="{id}">(.*?)\n</ul>\n</li>', html, re.DOTALL)
    assert found
    return text_of(f"<main{found[1]}</main>")


def beside(html: str, field: str) -> str:
    """The sentence beside a field."""
    found = re.search(rf'id="wrong-{field}">(.*?)</p>', html)
    return unescape(found[1]).replace("\u202f", " ").replace("\u00a0", " ") if found else ""


def test_everybody_is_listed_with_handles_their_checks_and_whose_word_it_is(room: Newsroom) -> None:
    html = room.editor().get("/handles").text
    assert re.findall(r'<li id="(\w+)">', html) == ["anct", "anru", "insee"]
    assert row(html, "insee") == "Insee fourni avec relay X @InseeFr lu sur son site le 20 nov. 2026"
    assert row(html, "anru") == "ANRU de la configuration Mastodon @anru@social.exemple.fr non vérifié"
    assert 'href="/handles" aria-current="page"' in html


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("INSÉE", ["insee"]), ("sns", ["insee"]), ("@anru@", ["anru"]), ("social exemple", ["anct", "anru"]), ("zz", [])],
)
def test_names_acronyms_and_handles_are_searched(room: Newsroom, wanted: str, found: list[str]) -> None:
    html = room.editor().get("/handles", params={"q": wanted}).text
    assert re.findall(r'<li id="(\w+)">', html) == found
    assert f"{len(found)} sur 3" in html
    assert ("Personne de ce nom" in html) == (not found)


def test_a_long_directory_has_pages(room: Newsroom) -> None:
    know(room, *(Body(f"b{number:03}", f"Corps {number:03}") for number in range(SHOWN)))
    browser = room.editor()
    first = browser.get("/handles", params={"q": "corps"}).text
    assert "La suite" not in first
    first = browser.get("/handles").text
    (beyond,) = re.findall(r'href="(/handles\?after=[^"]+)"', first)
    ids = [re.findall(r'<li id="(\w+)">', html) for html in (first, browser.get(unescape(beyond)).text)]
    assert [len(page) for page in ids] == [SHOWN, 3]
    assert len({*ids[0], *ids[1]}) == SHOWN + 3


def test_a_body_is_added_with_its_first_handle(room: Newsroom) -> None:
    handle = {"network": "mastodon", "handle": "https://social.exemple.fr/@vh", "verified": "1"}
    answer = room.editor().post("/handles", data={**NEW, **handle})
    assert (answer.status_code, answer.headers["location"]) == (303, "/handles/vaubrune-habitat?did=added")
    assert room.nudged == ["publish"]
    assert today(room).bodies["vaubrune-habitat"] == Body(
        "vaubrune-habitat",
        "Vaubrune Habitat",
        {"mastodon": "@vh@social.exemple.fr"},
        names=("Office de Vaubrune",),
        acronyms=("VH",),
        verified={"mastodon": Verified("by hand", date(2026, 11, 24), "camille")},
        site="https://vh.example/",
    )
    shown = text_of(room.editor("dora").get(answer.headers["location"]).text)
    assert "Ajouté." in shown
    assert "@vh@social.exemple.fr vérifié à la main le 24 nov. 2026 par camille · ajouté ici" in shown


@pytest.mark.parametrize(
    ("form", "field", "sentence"),
    [
        ({"name": " "}, "name", "Ce texte est vide."),
        ({"name": "insee"}, "name", "« insee » désigne déjà Insee"),
        ({"name": "x" * 201}, "name", "Au plus 200 caractères."),
        ({"acronyms": "Vh"}, "acronyms", "« Vh » n'est pas un sigle"),
        ({"acronyms": "ANCT"}, "acronyms", "« ANCT » désigne déjà ANCT"),
        ({"names": "L’office\nAnru"}, "names", "« Anru » désigne déjà ANRU"),
        ({"site": "vh.example"}, "site", "« vh.example » n'est pas une adresse du Web"),
        ({"network": "mastodon", "handle": "@vh"}, "handle", "« @vh » ne peut pas être un compte sur mastodon"),
        ({"network": "x", "handle": "@v h"}, "handle", "Écrivez-le comme @name."),
        ({"network": "minitel", "handle": "@vh"}, "network", "Choisissez un réseau de la liste."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    room: Newsroom, form: dict[str, str], field: str, sentence: str
) -> None:
    answer = room.editor().post("/handles", data={**NEW, **form})
    assert answer.status_code == 422
    assert sentence in beside(answer.text, field)
    assert answer.text.count('class="wrong"') == 1
    assert f'id="{field}" name="{field}"' in answer.text
    assert answer.text.count("aria-invalid") == 1
    assert '<details class="panel adding" id="add" open>' in answer.text
    kept = {**NEW, **form}
    assert all(unescape(answer.text).count(kept[name].strip()) for name in kept if name != "network")
    assert room.nudged == []
    with room.office.db.read() as tx:
        assert bodies.every(tx) == {}


def test_the_sentence_is_in_the_readers_language(room: Newsroom) -> None:
    browser = room.editor()
    browser.get("/handles?lang=en")
    said = browser.post("/handles/insee/handle", data={"network": "x", "handle": "?"}).text
    assert beside(said, "handle") == "“?” cannot be a handle on x. Write it like @name."


def test_a_handle_is_set_checked_replaced_taken_away_and_put_back(room: Newsroom) -> None:
    browser = room.editor()

    def do(word: str, **form: str) -> str:
        answer = browser.post(f"/handles/insee/{word}", data={"network": "x", **form})
        assert (answer.status_code, answer.headers["location"]) == (303, f"/handles/insee?did={word}")
        return text_of(browser.get("/handles/insee").text)

    assert "X @insee non vérifié · ajouté ici · la configuration dit @InseeFr" in do("handle", handle="insee")
    shown = do("handle", handle="@insee", verified="1")
    assert "@insee vérifié à la main le 24 nov. 2026 par camille · ajouté ici" in shown
    assert "X retiré ici la configuration dit @InseeFr" in do("none")
    assert today(room).handle("insee", "x") is None
    assert "X @InseeFr lu sur son site le 20 nov. 2026 · fourni avec relay" in do("back")
    with room.office.db.read() as tx:
        assert bodies.every(tx) == {}
    assert room.nudged == ["publish"] * 4


def test_a_wrong_handle_changes_nothing(room: Newsroom) -> None:
    browser = room.editor()
    answer = browser.post("/handles/insee/handle", data={"network": "mastodon", "handle": "insee", "verified": "1"})
    assert answer.status_code == 422
    assert 'value="insee"' in answer.text
    assert '<option value="mastodon" selected>' in answer.text
    assert 'value="1" checked' in answer.text
    assert browser.post("/handles/insee/handle", data={"network": "x", "handle": ""}).status_code == 422
    assert browser.post("/handles/insee/none", data={"network": "minitel"}).status_code == 422
    assert today(room).bodies["insee"] == SHIPPED


def test_names_of_an_editors_body_are_corrected_and_it_can_leave(room: Newsroom) -> None:
    browser = room.editor()
    browser.post("/handles", data={**NEW, "network": "x", "handle": "@vh"})
    place = "/handles/vaubrune-habitat"
    answer = browser.post(f"{place}/names", data={"name": "Insee", "names": "Autre"})
    assert (answer.status_code, beside(answer.text, "name")[:7]) == (422, "« Insee")
    assert browser.post(f"{place}/names", data={"name": "Vaubrune Habitat", "names": "L’Office"}).status_code == 303
    body = today(room).bodies["vaubrune-habitat"]
    assert (body.names, body.acronyms, body.handles) == (("L’Office",), (), {"x": "@vh"})
    assert browser.post(f"{place}/remove").headers["location"] == "/handles?did=removed"
    assert browser.get(place).status_code == 404
    assert "vaubrune-habitat" not in today(room).bodies


def test_what_was_added_to_a_known_body_is_forgotten_at_once(room: Newsroom) -> None:
    browser = room.editor()
    for network, handle in (("mastodon", "@insee@a.example"), ("bluesky", "@insee.example")):
        browser.post("/handles/insee/handle", data={"network": network, "handle": handle})
    assert "Oublier ce qui a été ajouté ici" in browser.get("/handles/insee").text
    assert browser.post("/handles/insee/remove").headers["location"] == "/handles/insee?did=remove"
    assert today(room).bodies["insee"] == SHIPPED
    again = browser.post("/handles/insee/remove")
    assert again.status_code == 409
    assert "insee n’est pas ou plus dans l’annuaire." in again.text


def test_names_of_the_configuration_are_changed_there(room: Newsroom) -> None:
    answer = room.editor().post("/handles/insee/names", data={"name": "Institut"})
    assert answer.status_code == 409
    assert "viennent de la configuration" in answer.text


@pytest.mark.parametrize("role", [Role.VIEWER, Role.WRITER, Role.ADMIN])
def test_who_may_not_sees_it_and_has_no_form(room: Newsroom, role: Role) -> None:
    browser = room.editor("remi", role)
    for path in ("/handles", "/handles/insee"):
        html = browser.get(path).text
        assert 'method="post" action="/handles' not in html
        assert HANDLES["handles.not_yours"][0] in html
    for path in ("/handles", "/handles/insee/handle", "/handles/insee/remove"):
        refused = browser.post(path, data={**NEW, "network": "x", "handle": "@a"})
        assert refused.status_code == 403
        assert "n’en a pas le droit" in refused.text
    with room.office.db.read() as tx:
        assert bodies.every(tx) == {}


@pytest.mark.parametrize("path", ["/handles/personne", "/handles/insee/nonsense", "/handles/personne/handle"])
def test_there_is_nothing_else(room: Newsroom, path: str) -> None:
    browser = room.editor()
    answer = browser.post(path, data={"network": "x", "handle": "@a"}) if path.count("/") > 2 else browser.get(path)
    assert answer.status_code == 404


def test_what_is_typed_is_shown_as_text(room: Newsroom) -> None:
    evil = '"><script>alert(1)</script>'
    browser = room.editor()
    wrong = browser.post("/handles", data={**NEW, "name": evil, "site": evil})
    assert wrong.status_code == 422
    assert "<script>alert" not in wrong.text
    assert browser.post("/handles", data={"name": evil}).status_code == 303
    assert "<script>alert" not in browser.get("/handles").text
    assert "<script>alert" not in browser.get("/handles", params={"q": evil}).text


def test_it_is_all_there_in_english(room: Newsroom) -> None:
    browser = room.editor()
    told = text_of(browser.get("/handles?lang=en").text)
    assert "Insee comes with relay X @InseeFr read on its own site on 20 Nov 2026" in told
    assert "Set a handle" in browser.get("/handles/insee").text


# ── On the review sheet ──


def test_who_has_no_handle_there_is_offered_on_the_sheet(room: Newsroom) -> None:
    post = replace(editions.post(2), headline="L’Insee et l’ANRU publient un atlas", id="atlas", slug="atlas")
    id = room.publish_entry(post)
    browser = room.editor()
    with room.office.db.read() as tx:
        own = {one.account: one.id for one in crossposts.of_entry(tx, id)}
    told = {account: browser.get(f"/review/{number}").text for account, number in own.items()}
    assert "Insee n’a pas de compte connu sur Mastodon." in text_of(told["masto"])
    assert 'href="/handles/insee?network=mastodon"' in told["masto"]
    assert 'href="/handles/anru?network=mastodon"' not in told["masto"]
    assert "ANRU n’a pas de compte connu sur Bluesky." in text_of(told["bsky"])

    form = browser.get("/handles/insee?network=mastodon").text
    assert '<option value="mastodon" selected>' in form
    before = room.crosspost(own["masto"]).draft
    browser.post("/handles/insee/handle", data={"network": "mastodon", "handle": "@insee@a.example"})
    assert "Insee n’a pas" not in text_of(browser.get(f"/review/{own['masto']}").text)
    assert room.crosspost(own["masto"]).draft == before


def test_a_writer_is_told_and_not_led_to_a_form(room: Newsroom) -> None:
    id = room.publish_entry(replace(editions.post(2), headline="L’Insee publie", id="atlas", slug="atlas"))
    assert id
    html = room.editor("remi", Role.WRITER).get("/review/11").text
    assert "Insee n’a pas de compte connu sur Mastodon." in text_of(html)
    assert 'href="/handles/insee' not in html
