"""The categories and hashtags of a post, as every format and page gives them."""

from dataclasses import dataclass

from relay.core.post import Post


@dataclass(frozen=True, slots=True)
class Tag:
    """A category or a hashtag; ``scheme`` is the address of the list that it is taken from, if there is one."""

    term: str
    scheme: str | None = None


def tags(post: Post, scheme: str | None = None) -> tuple[Tag, ...]:
    """Categories, then hashtags without their "#", each once whatever its case."""
    kept: dict[str, Tag] = {}
    for written, listed in ((post.categories, scheme), (post.hashtags, None)):
        for tag in written:
            if word := " ".join(tag.split()).removeprefix("#"):
                kept.setdefault(word.casefold(), Tag(word, listed))
    return tuple(kept.values())
