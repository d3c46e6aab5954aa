"""Whose news a post is, in words: one source, or all that bring the same news."""

import regex

from relay.core.post import Credit, Post

_SOURCE = regex.compile(r"(Source)(\s*:\s*)(\S.*)", regex.DOTALL)
"""The usual attribution, the same in French and in English but for the space before the colon."""


def attribution(post: Post) -> str:
    """Who is named: "Source : CGET", or "Sources : CGET, ANCT" of news that several bring."""
    opening, links = credited(post)
    return opening + ", ".join(credit.label for credit in links)


def source_names(post: Post) -> tuple[Credit, ...]:
    """The bodies behind the sources, each with its own entry; the first is the one whose words the post has."""
    name = post.credit.rpartition(":")[2].strip()
    return tuple(credit for credit in (Credit(name, post.credit_url), *post.also) if credit.label)


def credited(post: Post) -> tuple[str, tuple[Credit, ...]]:
    """The words before the first link, and the links.

    Of one source the whole attribution is the link; of several, each name is ("Sources : " and the names). Where the
    attribution has words of its own, the other names follow it.
    """
    if not post.also:
        return "", (Credit(post.credit, post.credit_url),) if post.credit else ()
    if usual := _SOURCE.fullmatch(post.credit):
        return f"{usual[1]}s{usual[2]}", (Credit(usual[3], post.credit_url), *post.also)
    return "", tuple(credit for credit in (Credit(post.credit, post.credit_url), *post.also) if credit.label)
