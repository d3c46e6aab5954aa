"""What a feed says of itself, and an entry beside its text."""

import pytest

from relay.core.document import Person, Picture, Provenance
from relay.intake.parse import parse
from tests.fakes.feed_documents import URL, atom, json_feed, one, rss

RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'


def test_a_feed_has_a_description_rights_authors_and_a_picture() -> None:
    feed = rss(
        "<title>t</title>",
        "<description>La ville &lt;b&gt;en mieux&lt;/b&gt;</description><copyright>CC BY &amp;#169; 2024</copyright>"
        "<managingEditor>redaction@exemple.fr (La rédaction)</managingEditor><category>Ville</category>"
        "<image><url>/logo.png</url><title>Le logo</title><link>/</link></image><generator>SPIP 4.2</generator>",
    )
    assert (feed.description, feed.rights, feed.generator) == ("La ville en mieux", "CC BY © 2024", "SPIP 4.2")
    assert feed.authors == (Person("La rédaction", "redaction@exemple.fr"),)
    assert (feed.categories, feed.picture) == (("Ville",), Picture("https://www.exemple.fr/logo.png", "Le logo"))


def test_the_picture_of_an_rdf_feed_stands_beside_its_channel() -> None:
    text = f"{RDF}><channel><title>t</title></channel><image><url>/logo.png</url></image></rdf:RDF>"
    assert parse(text.encode(), URL, None).picture == Picture("https://www.exemple.fr/logo.png")


def test_a_json_feed_has_an_icon_and_authors() -> None:
    text = '{"version":"https://jsonfeed.org/version/1.1","title":"t","description":"d","icon":"/i.png","favicon":"/f.ico","authors":{"name":"Jeanne","url":"mailto:jeanne@exemple.fr"},"items":[]}'
    feed = parse(text.encode(), URL, None)
    assert (feed.picture, feed.icon) == (Picture("https://www.exemple.fr/i.png"), "https://www.exemple.fr/f.ico")
    assert (feed.description, feed.authors) == ("d", (Person("Jeanne", "jeanne@exemple.fr"),))


@pytest.mark.parametrize(
    "text",
    [
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr-FR"><title>t</title><entry><title>e</title></entry></feed>',
        '<rss version="2.0" xml:lang="fr-FR"><channel><title>t</title><item><title>e</title></item></channel></rss>',
        '<rss version="2.0"><channel xml:lang="fr-FR"><title>t</title><item><title>e</title></item></channel></rss>',
        f'{RDF} xml:lang="fr-FR"><channel><title>t</title></channel><item><title>e</title></item></rdf:RDF>',
        '<rss version="2.0"><channel><title xml:lang="fr-FR">t</title><item><title>e</title></item></channel></rss>',
    ],
)
def test_the_language_may_be_that_of_the_mark_up(text: str) -> None:
    feed = parse(text.encode(), URL, None)
    assert (feed.language, feed.entries[0].language) == ("fr-FR", "fr-FR")


def test_a_feed_without_anything_in_it_is_a_feed() -> None:
    feed = parse(b"<rss><channel><title>Bient\xc3\xb4t</title></channel></rss>", URL, None)
    assert (feed.error, feed.title, feed.entries) == (None, "Bientôt", ())


def test_an_entry_says_where_readers_answer_and_what_may_be_done_with_it() -> None:
    assert one("<title>t</title><comments>/a#reponses</comments>").comments == "https://www.exemple.fr/a#reponses"
    entry = atom('<title>t</title><link rel="replies" type="text/html" href="/r"/><rights>CC BY-SA</rights>')
    assert (entry.comments, entry.rights) == ("https://www.exemple.fr/r", "CC BY-SA")


def test_an_entry_says_which_feed_it_comes_from() -> None:
    entry = one('<title>t</title><source url="https://www.autre.fr/flux">L’autre</source>')
    assert entry.provenance == Provenance("L’autre", "https://www.autre.fr/flux")
    source = '<source><title>L’autre</title><link href="https://www.autre.fr/"/><link rel="self" href="https://www.autre.fr/flux"/></source>'
    assert atom(f"<title>t</title>{source}").provenance == entry.provenance
    assert atom("<title>t</title>").provenance is None


@pytest.mark.parametrize(
    ("author", "person"),
    [
        ("jonas@insanity.industries (Jonas Große)", Person("Jonas Große", "jonas@insanity.industries")),
        ("Jeanne Petit &lt;jeanne@ville.paris&gt;", Person("Jeanne Petit", "jeanne@ville.paris")),
        ("Simon (mailto:simon@exemple.fr)", Person("Simon", "simon@exemple.fr")),
        ("jeanne@exemple.fr", Person("jeanne@exemple.fr", "jeanne@exemple.fr")),
        ("Jeanne Petit", Person("Jeanne Petit")),
    ],
)
def test_an_author_s_address_is_told_from_the_name(author: str, person: Person) -> None:
    assert one(f"<title>t</title><author>{author}</author>").authors == (person,)


def test_an_author_without_an_address_is_not_given_the_one_before() -> None:
    authors = "<author><name>A</name><email>a@ville.paris</email></author><author><name>B</name></author>"
    assert atom(f"<title>t</title>{authors}").authors == (Person("A", "a@ville.paris"), Person("B"))


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ('"id":3.5,"attachments":[{"url":"/a.mp3","size_in_bytes":100.2}]', ("3.5", 100)),
        ('"id":"a","attachments":[{"url":"/a.mp3","size_in_bytes":1e999}]', ("a", None)),
    ],
)
def test_numbers_of_a_json_feed_need_not_be_whole(item: str, expected: tuple[str, int | None]) -> None:
    entry = json_feed(f"{{{item}}}").entries[0]
    assert (entry.id, entry.enclosures[0].length) == expected
