"""Who publishes a feed and on what terms, and where its entries come from, in each format."""

import json
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree, html

from relay.core.feed import Imprint
from relay.publish import archive, atom, jsonfeed, rss
from relay.publish.format import Edition, Format
from tests.feeds.editions import LINK, ORIGINS, blog, post
from tests.feeds.rules import findings

NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "cc": "http://backend.userland.com/creativeCommonsRssModule",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
COMMONS = "https://creativecommons.org/licenses/by/4.0/"
IMPRINT = Imprint(
    author="La rédaction",
    rights="© La ville en commun",
    license=COMMONS,
    icon=f"{LINK}icon.png",
    logo=f"{LINK}logo.png",
    fediverse="@blog@mastodon.exemple",
    scheme=f"{LINK}category/",
)


def told(**changes: Any) -> Edition:
    return blog(post(1, hashtags=("FVM",)), post(0, language="en"), imprint=replace(IMPRINT, **changes))


def xml(module: Format, edition: Edition) -> etree._Element:
    document = module.render(edition)[0].body
    assert findings(document) == []
    return etree.fromstring(document)


def page(edition: Edition, path: str) -> html.HtmlElement:
    documents = {document.path: document.body.decode() for document in archive.render(edition)}
    return html.document_fromstring(documents[path])


def metas(page: html.HtmlElement) -> list[tuple[str, str]]:
    return [(meta.get("property") or meta.get("name"), meta.get("content")) for meta in page.iter("meta")]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("a:author/a:name/text()", "La rédaction"),
        ("a:author/a:uri/text()", LINK),
        ("a:rights/text()", "© La ville en commun"),
        ("a:icon/text()", f"{LINK}icon.png"),
        ("a:logo/text()", f"{LINK}logo.png"),
        ("a:link[@rel='license']/@href", COMMONS),
        ("@xml:lang", "fr"),
        ("a:entry[2]/@xml:lang", "en"),
        ("a:entry[1]/a:category[1]/@scheme", f"{LINK}category/"),
    ],
)
def test_atom_says_who_publishes_it_and_on_what_terms(path: str, said: str) -> None:
    assert xml(atom, told()).xpath(path, namespaces=NAMES) == [said]


def test_a_hashtag_is_not_of_the_blog_s_categories() -> None:
    tags = xml(atom, told()).findall("a:entry[1]/a:category", NAMES)
    assert [(tag.get("term"), tag.get("scheme")) for tag in tags] == [
        ("politique de la ville", f"{LINK}category/"),
        ("FVM", None),
    ]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("channel/copyright/text()", "© La ville en commun"),
        ("channel/cc:license/text()", COMMONS),
        ("channel/image/url/text()", f"{LINK}logo.png"),
        ("channel/language/text()", "fr"),
        ("channel/item[1]/category[1]/@domain", f"{LINK}category/"),
        ("channel/ttl/text()", "60"),
    ],
)
def test_rss_says_who_publishes_it_and_on_what_terms(path: str, said: str) -> None:
    assert xml(rss, told()).xpath(path, namespaces=NAMES) == [said]


def test_rss_shows_the_icon_where_there_is_no_logo() -> None:
    image = xml(rss, told(logo=None)).find("channel/image")
    assert image is not None
    assert [child.text for child in image] == [f"{LINK}icon.png", "La ville en commun", LINK]
    assert xml(atom, told(logo=None)).find("a:logo", NAMES) is None


def test_rss_has_no_word_for_a_licence_that_is_not_of_creative_commons() -> None:
    found = rss.render(told(license="https://exemple.fr/licence"))[0].body
    assert b"licen" not in found.lower()


def test_json_feed_says_who_publishes_it_and_on_what_terms() -> None:
    feed = json.loads(jsonfeed.render(told())[0].body)
    assert feed["authors"] == [{"name": "La rédaction", "url": LINK}]
    assert (feed["icon"], feed["favicon"]) == (f"{LINK}icon.png", f"{LINK}icon.png")
    assert feed["_relay"] == {"rights": "© La ville en commun", "license": COMMONS}
    assert [item["language"] for item in feed["items"]] == ["fr", "en"]


def test_a_feed_of_which_nothing_is_said_is_the_blog_s_own() -> None:
    feed = json.loads(jsonfeed.render(blog())[0].body)
    assert feed["authors"] == [{"name": "La ville en commun", "url": LINK}]
    assert not {"icon", "favicon", "_relay"} & feed.keys()
    assert xml(atom, blog()).findtext("a:author/a:name", namespaces=NAMES) == "La ville en commun"


@pytest.mark.parametrize("path", ["index.html", "billet-1.html"])
def test_a_page_names_its_licence_its_icon_and_its_account(path: str) -> None:
    found = page(told(), path)
    links = {link.get("rel"): link.get("href") for link in found.iter("link")}
    assert (links["license"], links["icon"]) == (COMMONS, f"{LINK}icon.png")
    assert ("fediverse:creator", "@blog@mastodon.exemple") in metas(found)


def test_a_shared_page_names_its_language_and_its_tags() -> None:
    said = metas(page(told(), "billet-1.html"))
    assert ("og:locale", "fr_FR") in said
    assert [tag for name, tag in said if name == "article:tag"] == ["politique de la ville", "FVM"]


@pytest.mark.parametrize(("language", "locale"), [("en", "en_GB"), ("fr-CA", "fr_CA"), ("de", "de_DE"), ("oc", None)])
def test_a_locale_is_told_of_languages_that_have_one(language: str, locale: str | None) -> None:
    said = dict(metas(page(blog(post(0, language=language)), "billet-0.html")))
    assert said.get("og:locale") == locale


def test_an_address_in_the_imprint_is_one_that_can_be_followed() -> None:
    edition = told(license="https://exemple.fr/licence libre", icon="javascript:alert(1)", logo="/logo é.png")
    found = xml(atom, edition)
    assert found.xpath("a:link[@rel='license']/@href", namespaces=NAMES) == ["https://exemple.fr/licence%20libre"]
    assert found.findtext("a:logo", namespaces=NAMES) == f"{LINK}logo%20%C3%A9.png"
    assert found.find("a:icon", NAMES) is None


def test_the_source_of_an_entry_is_as_complete_as_its_own_feed() -> None:
    origin = replace(
        ORIGINS["anct"],
        rights="Licence ouverte",
        authors=("ANCT", ""),
        categories=("Ville",),
        icon="/favicon.ico",
        language="fr-FR",
    )
    source = xml(atom, replace(told(), origins={"anct": origin})).find("a:entry/a:source", NAMES)
    assert source is not None
    assert source.xpath("@xml:lang", namespaces=NAMES) == ["fr-FR"]
    assert [
        (etree.QName(child).localname, child.text or child.get("href") or child.get("term")) for child in source
    ] == [
        ("id", "tag:anct.exemple.fr,2020:actualites"),
        ("title", "Les actualités de l’ANCT"),
        ("updated", "2026-10-01T07:30:00+00:00"),
        ("link", "https://anct.exemple.fr/rss.xml"),
        ("link", "https://anct.exemple.fr/"),
        ("author", "\n        "),
        ("category", "Ville"),
        ("rights", "Licence ouverte"),
        ("icon", "https://anct.exemple.fr/favicon.ico"),
    ]
    assert source.findtext("a:author/a:name", namespaces=NAMES) == "ANCT"
