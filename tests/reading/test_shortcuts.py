"""What is done in a shorter way where that is the same, and in the longer way where it is not."""

from random import Random
from urllib.parse import urljoin

import pytest

from relay.core.markup import html
from relay.core.markup.absolute import all_absolute
from relay.intake import dates
from relay.intake.parse import parse
from relay.intake.reading import endless, fields
from relay.intake.reading.amounts import MOST, amount, is_little
from relay.intake.reading.direct.addresses import is_plain, joined
from relay.intake.reading.mending import mend, retouched
from relay.intake.reading.sound import MOST_ENTRIES, is_sound
from relay.intake.reading.traps import DEEPEST, MOST_ATTRIBUTES, attack
from relay.intake.reading.tree import well_formed
from tests.fuzz.seeds import document, seeds

BASE = "https://a.example/b/c"
_PIECES = [
    *('<a href="https://b.example/c?d=e&amp;f=1#g">h</a>', "<img src='https://b.example/c.jpg'>", '<img src="/c.jpg">'),
    *(
        '<a HREF="https://b.example">',
        '<a href="mailto:b@c.fr">d</a>',
        "<a href=https://b.example/>c</a>",
        "src",
        "href=",
    ),
    *('<img srcset="/a 1x" src="https://b.example/c.jpg">', '<a href="https://b.example/&#10;">', '<a data-href="/x">'),
    *(
        '<a href="//b.example">',
        '<a href=" https://b.example/ ">c</a>',
        '<a href="HTTPS://B.example/É">c</a>',
        "a\r\nb",
    ),
    *(
        "<pre>\nb</pre>",
        "<section>a</section>",
        "<ARTICLE>b",
        "<\u017fection>c",
        "<script/>d",
        "<SVG />e",
        "&lt;nav&gt;",
    ),
]


def test_html_is_the_same_whether_or_not_each_address_is_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = Random(3)  # noqa: S311  # no secret
    texts = ["".join(chance.choices(_PIECES, k=chance.randint(1, 3))) for _ in range(800)]
    short = [html.sanitise(text, BASE) for text in texts]
    assert len({all_absolute(text) for text in texts}) == 2
    monkeypatch.setattr(html, "all_absolute", lambda _: False)
    assert short == [html.sanitise(text, BASE) for text in texts]


def test_what_groups_others_is_found_in_any_letters() -> None:
    assert html.sanitise("<SECTION>a</SECTION><\u017fection>b", BASE) == "<div>a</div><div>b</div>"


@pytest.mark.parametrize(
    "address",
    ["https://a.example", "http://a.example:80/b/../c?d=e&f#g", "https://a.example/?b=c/d", "https://a/~b/%20,c"],
)
def test_a_plain_address_is_what_joining_leaves(address: str) -> None:
    assert is_plain(address)
    assert urljoin(BASE, address) == address == joined(BASE, address) == fields.address(BASE, address)


@pytest.mark.parametrize(
    "address",
    [
        "https://a.example/?",
        "https://a.example/#",
        "HTTPS://a.example/",
        "https:///a",
        "//a",
        " https://a/",
        "ftp://a/",
    ],
)
def test_any_other_is_joined(address: str) -> None:
    assert not is_plain(address)


def test_what_is_little_is_never_too_much() -> None:
    texts = [body.decode("utf-8", "replace") for body in seeds()]
    texts += ["<category>" * 5_000, "<a/>" * 30_000, "<tags>a,b</tags>", "<\u017fubject>" * 9_000, "&amp;" * 200_000]
    assert all(amount(text) <= MOST for text in texts if is_little(text))
    assert [is_little(text) for text in texts[-5:]] == [True, True, False, False, False]


def test_a_sound_document_is_mended_as_any_other() -> None:
    chance = Random(5)  # noqa: S311  # no secret
    bodies = [*seeds(), *(document(chance) for _ in range(300))]
    texts = [body.decode("utf-8", "replace") for body in bodies if len(body) < 20_000]
    short = [(text, found) for text in texts if (found := retouched(text)) and well_formed(found.xml) is not None]
    assert len(short) > 100
    for text, found in short:
        whole = mend(text)
        assert (found.xml, found.notes, found.is_whole) == (whole.xml, whole.notes, whole.is_whole)
        assert attack(whole.xml) is None


@pytest.mark.parametrize(
    ("items", "is_so"),
    [
        ("<item>a</item><item>b</item>", True),
        ("<item><![CDATA[</item><item>]]></item><!-- <item> -->", True),
        ("<item><title><entry/></title></item>", False),
        ("<item><x:item>a</x:item></item>", False),
        ("<item><\u00e9:item>a</\u00e9:item></item>", False),
        ("<item><" + "\U00020000" * 40 + ":entry/></item>", False),
        ("<item>" * 2 + "</item>" * 2, False),
        ("<item></item>" * MOST_ENTRIES, True),
        ("<item></item>" * (MOST_ENTRIES + 1), False),
        ("<a" + " b='c'" * MOST_ATTRIBUTES + "/>", True),
        ("<a" + " b='c'" * (MOST_ATTRIBUTES + 1) + "/>", False),
        ("<tag\u017f>" + "a " * 9_000 + "</tag\u017f>", False),
        ("<item/>" * 90_000, False),
        ("<![CDATA[" * 2_000, True),
        ("a" * 1_000_000, False),
    ],
)
def test_what_is_nested_or_too_much_is_not_sound(items: str, *, is_so: bool) -> None:
    assert is_sound(f"<rss><channel>{items}</channel></rss>") is is_so


@pytest.mark.parametrize("prefix", ["a", "\u00e9"])
def test_an_entry_within_an_item_is_none_of_the_feed_whatever_its_prefix(prefix: str) -> None:
    reply = f"<{prefix}:entry><{prefix}:title>reply</{prefix}:title><{prefix}:id>urn:b</{prefix}:id></{prefix}:entry>"
    items = f"<item><title>one</title>{reply}</item><item><title>two</title></item>"
    xml = f'<rss version="2.0" xmlns:{prefix}="http://www.w3.org/2005/Atom"><channel>{items}</channel></rss>'
    assert [entry.title for entry in parse(xml.encode(), BASE, None).entries] == ["one", "two"]


def test_depth_is_counted_in_tags_of_any_kind() -> None:
    for tag in ("<a>", '<a b="c">', "<a\n>"):
        assert attack(tag * (DEEPEST + 1)) == "its elements are nested too deeply"
        assert attack(f"{tag}</a>" * (DEEPEST + 1)) is None
        assert attack(f"{tag}<b/></a>" * (DEEPEST + 1)) is None


@pytest.mark.parametrize("length", [64, 65, 66, 90, 20_000, 30_000])
@pytest.mark.parametrize("before", range(0, 70, 7))
def test_no_endless_word_is_missed(length: int, before: int) -> None:
    for sign in ("a", "%") if length >= endless.LONGEST_WORD else ("a",):
        xml = f"<author>{'b ' * before}{sign * length} c</author>"
        is_long = length >= endless._LONGEST_ADDRESS
        assert (endless.without_endless_words(xml) != xml) == is_long


@pytest.mark.parametrize("zone", ["GMT", "UTC", "Z", "+0000", "-0330", "+1400", "+2400", "-9999"])
@pytest.mark.parametrize(
    "moment",
    ["Mon, 1 Jan 2024 00:00:00", "31 Nov 2024 10:00:00", "Tue, 05 Aug 1899 23:59:60", "Wed, 29 Feb 2023 12:00:61"],
)
def test_the_usual_date_is_what_the_patterns_make_of_it(
    zone: str, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = dates.parse(f"{moment} {zone}")
    monkeypatch.setattr(dates, "_of_mail", lambda _: None)
    assert found == dates.parse(f"{moment} {zone}")


@pytest.mark.parametrize(
    "text", ["a b", "a  b", " a ", "a\u00a0b", "a\tb", "a &amp; b", "<b>a</b>", "a\u202eb", "é\ufdd0", ""]
)
@pytest.mark.parametrize("is_html", [True, False])
def test_a_line_is_the_same_in_the_shorter_way(text: str, *, is_html: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    found = fields.line(text, is_html=is_html)
    monkeypatch.setattr(fields, "_is_simple", lambda _: False)
    assert found == fields.line(text, is_html=is_html)
