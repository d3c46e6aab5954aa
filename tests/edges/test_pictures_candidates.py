"""Every picture that a document names or shows for an entry, in the order in which it is to be looked at."""

import json

from relay.core.document import ParsedEntry, Picture
from relay.core.entry import fingerprint
from relay.intake.parse import parse

SITE = "https://www.exemple.fr/"
MEDIA = '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>t</title><item>{}</item></channel></rss>'


def entry(item: str) -> ParsedEntry:
    return parse(MEDIA.format(item).encode(), SITE, None).entries[0]


def test_candidates_are_enclosed_named_and_shown_in_this_order() -> None:
    one = entry(
        "<description>&lt;p&gt;&lt;img src='/texte.jpg' width='640' height='360'&gt;&lt;/p&gt;</description>"
        '<media:thumbnail url="/vignette.jpg" width="150" height="100"/>'
        '<media:content url="/large.jpg" medium="image" width="1200" height="800"/>'
        '<enclosure url="/enclos.jpg" type="image/jpeg" length="9"/>'
    )
    assert one.pictures == (
        Picture(SITE + "enclos.jpg", type="image/jpeg", length=9),
        Picture(SITE + "large.jpg", width=1200, height=800),
        Picture(SITE + "vignette.jpg", width=150, height=100),
        Picture(SITE + "texte.jpg", width=640, height=360),
    )
    assert one.picture == Picture(SITE + "large.jpg")


def test_a_group_gives_all_its_sizes_the_widest_first() -> None:
    one = entry(
        '<media:group><media:content url="/p.jpg" medium="image" width="300" height="200"/>'
        '<media:content url="/g.jpg" medium="image" width="900" height="600"/>'
        "<media:description>Une place</media:description><media:credit>Anne Martin</media:credit></media:group>"
    )
    assert [(one.url, one.alt, one.credit) for one in one.pictures] == [
        (SITE + "g.jpg", "Une place", "© Anne Martin"),
        (SITE + "p.jpg", "Une place", "© Anne Martin"),
    ]


def test_what_two_places_say_of_one_picture_is_put_together() -> None:
    one = entry(
        '<enclosure url="/vue.jpg" type="image/jpeg" length="9"/>'
        "<description>&lt;figure&gt;&lt;img src='/vue.jpg' alt='La vue'&gt;"
        "&lt;figcaption&gt;Photo : Anne&lt;/figcaption&gt;&lt;/figure&gt;</description>"
    )
    assert one.pictures == (Picture(SITE + "vue.jpg", "La vue", "image/jpeg", 9, credit="Photo : Anne"),)


def test_pixels_are_candidates_that_are_judged_later_and_never_the_first_choice() -> None:
    one = entry("<description>&lt;img src='/p.gif' width='1' height='1'&gt;&lt;img src='/vue.jpg'&gt;</description>")
    assert [picture.url for picture in one.pictures] == [SITE + "p.gif", SITE + "vue.jpg"]
    assert one.picture == Picture(SITE + "vue.jpg")


def test_other_candidates_make_no_edit_of_an_entry() -> None:
    item = '<guid>1</guid><media:content url="/a.jpg" medium="image"/>{}'
    plain, more = (entry(item.format(text)) for text in ("", '<media:thumbnail url="/b.jpg"/>'))

    assert plain.pictures != more.pictures
    assert fingerprint(plain) == fingerprint(more)


def test_a_json_feed_has_images_attachments_and_those_of_its_content() -> None:
    item = {
        "id": "1",
        "image": "/i.jpg",
        "banner_image": "/b.jpg",
        "attachments": [{"url": "/a.png", "mime_type": "image/png"}, {"url": "/s.mp3", "mime_type": "audio/mpeg"}],
        "content_html": "<p><img src='/i.jpg' alt='Une place'><img src='/t.jpg'></p>",
    }
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [item]}
    one = parse(json.dumps(feed).encode(), SITE, "application/feed+json").entries[0]

    assert [picture.url for picture in one.pictures] == [
        SITE + f"{name}" for name in ("a.png", "i.jpg", "b.jpg", "t.jpg")
    ]
    assert one.pictures[1].alt == "Une place"
    assert one.picture == Picture(SITE + "i.jpg")


def test_an_entry_has_a_few_candidates_at_most() -> None:
    media = "".join(f'<media:content medium="image" url="/{n}.jpg"/>' for n in range(500))
    assert len(entry(media).pictures) == 20
