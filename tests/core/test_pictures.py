"""Which picture first, and what is none; the names and the kinds of files."""

from dataclasses import replace

import pytest

from relay.core.document import ParsedEntry, Picture
from relay.core.markup.pictures import credit_in, pictures_in
from relay.core.pictures.candidate import Standing
from relay.core.pictures.kinds import kind, webp_size
from relay.core.pictures.ranking import candidates, fault, misfit, rank, repeated_in
from relay.core.pictures.rendition import Rendition, digest_of, shown
from tests.core.things import ENTRY

SITE = "https://agence.exemple.fr/"
DIGEST = "0123456789abcdef" * 2


def picture(name: str, width: int | None = None, height: int | None = None) -> Picture:
    return Picture(SITE + name, width=width, height=height)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (picture("pixel/count.gif", 1, 1), "icon by its size"),
        (picture("i.png", 32), "icon by its size"),
        (picture("i.png", 0, 0), "icon by its size"),
        (picture("place-50x50.jpg"), "icon by its size"),
        (picture("bandeau.jpg", 970, 90), "banner"),
        (picture("colonne.jpg", 120, 600), "banner"),
        (picture("bandeau-970x90.jpg"), "banner"),
        (picture("img/logo.png"), "“logo”"),
        (picture("LOGO_Agence.png"), "“logo”"),
        (picture("share-facebook.png?x=1"), "“share”"),
        (picture("spacer.gif"), "“spacer”"),
        (picture("logo"), "“logo”"),
    ],
)
def test_what_is_no_picture_is_passed_over_with_a_reason(one: Picture, said: str) -> None:
    assert said in fault(one)
    (ranked,) = rank((one,))
    assert (ranked.standing, said in ranked.why) == (Standing.PASSED, True)


@pytest.mark.parametrize(
    "one",
    [
        picture("place.jpg"),
        picture("place.jpg", 640, 360),
        picture("place.jpg", 60, 60),
        picture("catalogo.jpg"),
        picture("logos/place.jpg"),  # the folder's name says nothing of the file
        picture("iconique.jpg"),
        picture("partage-share2026x.jpg".replace("share", "shared")),
        picture("panorama.jpg", 400, 100),
        picture("affiche.jpg", 100, 300),
    ],
)
def test_what_may_be_a_picture_is_looked_at(one: Picture) -> None:
    assert fault(one) == ""


def test_candidates_come_in_the_order_in_which_they_are_named_thumbnails_after_the_others() -> None:
    thumbnail, named, shown_, logo = (
        picture("p-150x100.jpg"),
        picture("enclos.jpg"),
        picture("texte.jpg", 800, 600),
        picture("logo.png"),
    )
    ranked = rank((thumbnail, logo, named, shown_))

    assert [one.picture for one in ranked] == [named, shown_, thumbnail, logo]
    assert [one.place for one in ranked] == [0, 1, 2, 3]
    assert [one.standing for one in ranked] == [*["wanted"] * 3, "passed"]


def test_what_three_entries_have_is_the_sources_own() -> None:
    charte, own = picture("charte.png"), [picture(f"{number}.jpg") for number in range(3)]
    entries = [replace(ENTRY, pictures=(charte, one)) for one in own]

    assert repeated_in(entries[:2]) == frozenset()
    assert repeated_in(entries) == {charte.url}
    assert "3 or more entries" in fault(charte, repeated_in(entries))


def test_candidates_are_the_feeds_then_those_of_the_article_each_once() -> None:
    article = '<p><img src="/a.jpg"><img src="/b.jpg" width="600" height="400"></p>'
    entry = replace(ENTRY, url=SITE, pictures=(picture("a.jpg"),), article_html=article)

    assert candidates(entry) == (picture("a.jpg"), picture("b.jpg", 600, 400))


def test_an_entry_that_names_one_picture_only_has_that_candidate() -> None:
    assert candidates(ParsedEntry("1", None, "Un titre", picture=picture("a.jpg"))) == (picture("a.jpg"),)
    assert candidates(ParsedEntry("1", None, "Un titre")) == ()


@pytest.mark.parametrize(
    ("size", "is_fit"),
    [
        ((200, 100), True),
        ((199, 150), False),
        ((400, 99), False),
        ((800, 200), True),
        ((801, 200), False),
        ((300, 900), True),
        ((300, 901), False),
    ],
)
def test_real_pixels_decide_whether_a_picture_is_shown(size: tuple[int, int], is_fit: bool) -> None:  # noqa: FBT001
    assert (misfit(*size) == "") is is_fit


def test_pictures_in_a_text_have_their_words_sizes_and_credits() -> None:
    figure = (
        '<figure><img src="b.jpg" alt=" Une\n place " width="640px" height="360.0">'
        "<figcaption>La place, un soir. © Anne Martin / Agence</figcaption></figure>"
    )
    found = pictures_in(f'<p><img src="/a.jpg" width="100%"></p>{figure}<img src="data:x"><img src="/a.jpg">', SITE)

    assert found == (
        picture("a.jpg"),
        Picture(SITE + "b.jpg", "Une place", width=640, height=360, credit="© Anne Martin / Agence"),
    )


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("© Agence", "© Agence"),
        ("Une place. Photo : Anne  Martin", "Photo : Anne Martin"),
        ("Crédit photo : ANCT", "Crédit photo : ANCT"),
        ("Crédits : ANCT", "Crédits : ANCT"),
        ("Photo credit: A. Smith", "Photo credit: A. Smith"),
        ("(c) A. Smith", "(c) A. Smith"),
        ("Photographie : A. Martin", "Photographie : A. Martin"),
        ("Une photo de la place", ""),
        ("Le crédit d'impôt", ""),
        ("", ""),
    ],
)
def test_a_caption_may_name_whom_to_credit(caption: str, credit: str) -> None:
    assert credit_in(caption) == credit


def test_a_picture_of_ours_is_known_by_its_address() -> None:
    whole = Rendition(DIGEST, "page", "image/jpeg", 1200, 800, 9)
    small = Rendition(DIGEST, "small", "image/png", 480, 320, 5)
    made = shown(whole, "https://blog.exemple.fr/", "Une place", "© Anne")

    assert made == Picture(
        f"https://blog.exemple.fr/pictures/{DIGEST}.jpg", "Une place", "image/jpeg", 9, 1200, 800, "© Anne"
    )
    assert small.name == f"{DIGEST}-small.png"
    assert digest_of(made.url) == digest_of(f"/pictures/{small.name}") == DIGEST
    assert digest_of(f"https://blog.exemple.fr/pictures/{DIGEST}.svg") is None
    assert digest_of("https://blog.exemple.fr/pictures/place.jpg") is None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x1cftypavif", None),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", None),
        (b"\0\0\0\x1cftypmp42", None),
        (b"RIFF\0\0\0\0WAVE", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"<?xml version='1.0'?><svg/>", None),
        (b"<!doctype html>", None),
        (b"BM", None),
        (b"", None),
    ],
)
def test_a_file_is_what_its_first_bytes_say(body: bytes, expected: str | None) -> None:
    assert kind(body) == expected


def test_a_webp_file_tells_its_size_before_it_is_decoded() -> None:
    extended = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + (4999).to_bytes(3, "little") + (299).to_bytes(3, "little")
    assert webp_size(extended) == (5000, 300)
    assert webp_size(b"RIFF\0\0\0\0WEBPxxxx") is None
