"""The blog in HTML: the newest posts, a page for each month and each post. No script; they work from a disk as well."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from relay.core.post import Post
from relay.publish.cleaning import clean
from relay.publish.format import Document, Edition, Leaf
from relay.publish.fragment import body, template
from relay.publish.heading import Heading, heading
from relay.publish.item import KEPT, each, utc
from relay.publish.kept import Kept
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


_ARTICLES: Kept[Article] = Kept(KEPT)


def render(edition: Edition) -> tuple[Document, ...]:
    """Posts' own pages, those of months, the style sheet, then ``index.html``: it never names a page not there yet."""
    readable = clean(edition)
    posts = readable.posts if readable.pages is None else readable.pages
    pages = (Document(f"{post.slug}.html", _HTML, _page(post, readable)) for post in posts)
    farewells = (Document(f"{post.slug}.html", _HTML, _farewell(post, readable)) for post in readable.left)
    leaves = (Document(leaf.path, _HTML, _leaf(leaf, readable)) for leaf in readable.leaves)
    return (*pages, *farewells, *leaves, *(_front(readable) if readable.has_front else ()))


def _front(edition: Edition) -> tuple[Document, Document]:
    style = files("relay.publish").joinpath("style.css").read_bytes()
    articles = _articles(edition.posts[: edition.feed.size], edition)
    page = _fill("archive.html.j2", edition, articles=articles, months=edition.months)
    return Document("style.css", "text/css; charset=utf-8", style), Document(PLACES["html"].path, _HTML, page)


def _leaf(leaf: Leaf, edition: Edition) -> bytes:
    """It stands in the folder of its year."""
    articles = _articles(leaf.posts, edition)
    return _fill("month.html.j2", edition, articles=articles, leaf=leaf, root="../")


def _page(post: Post, edition: Edition) -> bytes:
    return _fill("post.html.j2", edition, article=_article(post, edition, level=2))


def _farewell(post: Post, edition: Edition) -> bytes:
    """The page of a post that has left: links to it still lead somewhere."""
    return _fill("left.html.j2", edition, post=post)


def _articles(posts: Sequence[Post], edition: Edition) -> list[Article]:
    """Posts one below the other."""
    if not edition.looks:
        return [_article(post, edition, level=3) for post in posts]
    return each(edition, posts, _ARTICLES, lambda one: _article(one.posts[0], one, level=3))


def _article(post: Post, edition: Edition, level: int) -> Article:
    return Article(
        post=post,
        heading=heading(post, edition),
        published=utc(post.published),
        updated=utc(post.updated),
        body=body(post, edition.feed.form, edition.directory, level),
        target=post.more_url if edition.feed.form.headline == "source" else "",
    )


def _fill(name: str, edition: Edition, **values: Any) -> bytes:
    feed = edition.feed
    words: Labels = labels(feed.language)
    said = {"root": "", "feed": feed, "labels": words, "subscriptions": subscriptions(feed), **values}
    return (template(name).render(said) + "\n").encode()
