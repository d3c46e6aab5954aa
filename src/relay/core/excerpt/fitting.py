"""A stored post in the form of one feed: what is stored is the longest that any feed prints."""

from collections.abc import Iterable
from dataclasses import replace

import regex

from relay.core.excerpt.article import paragraph
from relay.core.excerpt.excerpt import Excerpt, Lengths, shortened
from relay.core.form import Form
from relay.core.language.text import graphemes
from relay.core.markup.blocks import blocks
from relay.core.post import Post

_TAG = regex.compile(r"<[^<>]*>")


def lengths(form: Form) -> Lengths:
    """How long lead and body of a form are; those of the blog's own archive where it does not say."""
    usual = Lengths()
    return Lengths(form.most("lead") or usual.lead, form.most("excerpt") or usual.body)


def longest(forms: Iterable[Form]) -> Lengths:
    """What has to be stored so that each of the forms can be printed."""
    found = [lengths(form) for form in forms] or [Lengths()]
    return Lengths(max(one.lead for one in found), max(one.body for one in found))


def fitted(post: Post, form: Form) -> Post:
    """The post as this form prints it, no part longer; to be asked once, of a stored post.

    A picture or related posts that the layout leaves out are left out everywhere. A body without a lead above it
    begins with the lead, as the text of a route does.
    """
    return replace(
        _cut(post, form),
        picture=post.picture if form.has("picture") else None,
        related=post.related[: form.most("related")] if form.has("related") else (),
    )


def _cut(post: Post, form: Form) -> Post:
    most, has_lead = lengths(form), form.has("lead")
    if not form.has("excerpt"):
        return replace(post, lead=shortened(Excerpt(post.lead, ()), post.language, most).lead, body_html="")
    if has_lead and graphemes(post.lead) <= most.lead and _size(post.body_html) <= most.body:
        return post
    opening = (paragraph(post.lead),) if post.lead and not has_lead else ()
    whole = Excerpt(post.lead if has_lead else "", (*opening, *blocks(post.body_html)))
    made = shortened(whole, post.language, most)
    body = post.body_html if made.body == whole.body and not opening else "\n".join(one.html for one in made.body)
    return replace(post, lead=made.lead if has_lead else post.lead, body_html=body)


def _size(markup: str) -> int:
    """Code points of the text, more or less: never fewer than its graphemes."""
    return len(_TAG.sub("", markup))
