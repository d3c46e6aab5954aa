"""The blog in HTML: one page with every post, and one page a post. No script; they work from a disk as well."""

from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files

from markupsafe import Markup

from relay.core.post import Post
from relay.publish.cleaning import clean
from relay.publish.format import Document, Edition
from relay.publish.fragment import TEMPLATES, body
from relay.publish.heading import Heading, heading
from relay.publish.item import utc
from relay.publish.labels import Labels, labels
from relay.publish.places import PLACES, subscriptions

_HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Article:
    """What the templates say of one post."""

    post: Post
    heading: Heading
    published: datetime
    updated: datetime
    body: Markup
    target: str
    """Where the headline leads; empty for the post's own page."""

    @property
    def is_revised(self) -> bool:
        """Whether readers should be told of a change: one on a later day."""
        return self.updated.date() > self.published.date()


def render(edition: Edition) -> tuple[Document, ...]:
    """Every post's own page, the style sheet, then ``index.html``, so that it never names a page not there yet."""
    readable = clean(edition)
    pages = (Document(f"{post.slug}.html", _HTML, _page(post, readable)) for post in readable.posts)
    style = files("relay.publish").joinpath("style.css").read_bytes()
    return (
        *pages,
        Document("style.css", "text/css; charset=utf-8", style),
        Document(PLACES["html"].path, _HTML, _archive(readable)),
    )


def _archive(edition: Edition) -> bytes:
    articles = [_article(post, edition, level=3) for post in edition.posts]
    return _fill("archive.html.j2", edition, articles=articles)


def _page(post: Post, edition: Edition) -> bytes:
    return _fill("post.html.j2", edition, article=_article(post, edition, level=2))


def _article(post: Post, edition: Edition, level: int) -> Article:
    return Article(
        post=post,
        heading=heading(post, edition),
        published=utc(post.published),
        updated=utc(post.updated),
        body=body(post, edition.feed.form, edition.directory, level),
        target=post.more_url if edition.feed.form.headline == "source" else "",
    )


def _fill(template: str, edition: Edition, **values: list[Article] | Article) -> bytes:
    feed = edition.feed
    words: Labels = labels(feed.language)
    page = TEMPLATES.get_template(template)
    return (page.render(feed=feed, labels=words, subscriptions=subscriptions(feed), **values) + "\n").encode()
