"""What a filter can see of an entry as its source wrote it, and of the post that became of it."""

from dataclasses import dataclass
from datetime import datetime

from relay.core.document import ParsedEntry
from relay.core.markup.html import to_text
from relay.core.post import Post
from relay.core.source import Source


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry or post: plain text but ``content``, which is HTML; absent things are ``None`` or empty."""

    title: str | None
    summary: str | None
    content: str | None
    url: str | None
    image: str | None
    language: str
    source: str
    categories: tuple[str, ...]
    authors: tuple[str, ...]
    handles: tuple[str, ...]
    published: datetime | None

    def of(self, field: str) -> tuple[str, ...]:
        """The texts in a field of the language; a field that is one text is empty where there is nothing.

        A language is also its first part: ``fr-CA`` is ``fr`` (RFC 4647 §3.3.1).
        """
        if field == "text":
            return (self._text(),)
        values = {
            "title": (self.title,),
            "summary": (self.summary,),
            "content": (self.content,),
            "url": (self.url,),
            "image": (self.image,),
            "language": (self.language, self.language.partition("-")[0]),
            "source": (self.source,),
            "category": self.categories,
            "author": self.authors,
            "handle": self.handles,
            "published": (self.published.isoformat() if self.published else None,),
        }
        return tuple(value or "" for value in values[field])

    def _text(self) -> str:
        """All that a reader reads; made only when it is asked for, since it costs a parse of the HTML."""
        parts = (self.title, self.summary, to_text(self.content or ""))
        return "\n\n".join(part for part in parts if part)


def of_entry(entry: ParsedEntry, source: Source) -> Facts:
    """An entry before anything was made of it. Undated, it counts as published when it was last updated."""
    return Facts(
        title=entry.title,
        summary=entry.summary,
        content=entry.content_html,
        url=entry.url,
        image=entry.picture.url if entry.picture else None,
        language=entry.language or source.language,
        source=source.id,
        categories=entry.categories,
        authors=tuple(person.name for person in entry.authors),
        handles=source.mentions,
        published=entry.published or entry.updated,
    )


def of_post(post: Post) -> Facts:
    """A post: its headline, lead and excerpt for title, summary and content; the address is still the source's."""
    names = post.author.split(", ") if post.author else []
    return Facts(
        title=post.headline,
        summary=post.lead,
        content=post.body_html,
        url=post.more_url,
        image=post.picture.url if post.picture else None,
        language=post.language,
        source=post.source_id,
        categories=post.categories,
        authors=tuple(dict.fromkeys([*names, *filter(None, [post.author])])),
        handles=post.handles,
        published=post.published,
    )
