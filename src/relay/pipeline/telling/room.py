"""A message in a room of editors: plain text, as long as the network of that room takes it."""

from collections.abc import Iterator

from relay.core.account import Limits
from relay.core.crosspost import Draft, State
from relay.core.language.length import fits
from relay.pipeline.telling.items import Bulletin, Item, News
from relay.pipeline.telling.phrases import Phrases

IN_FULL = 3
"""Entries whose words stand in the message; of more it has the titles."""


def message(phrases: Phrases, told: Bulletin, limits: Limits) -> Draft:
    """As much of it as fits: the words, or the titles alone, or fewer of them."""
    texts = _texts(phrases, told)
    text = next((one for one in texts if fits(_flat(one), limits)), phrases.subject(told))
    return Draft(_flat(text), phrases.language, "")


def _texts(phrases: Phrases, told: Bulletin) -> Iterator[str]:
    """From the longest to the shortest."""
    if len(told.news) <= IN_FULL:
        yield _joined(phrases, told, [_in_full(phrases, one) for one in told.news], told.more)
    titles = [_in_short(phrases, one) for one in told.news]
    for count in range(len(titles), -1, -1):
        yield _joined(phrases, told, titles[:count], told.more + len(titles) - count)


def _joined(phrases: Phrases, told: Bulletin, news: list[str], more: int) -> str:
    others = [f"{phrases.say(f'kind.{one.kind}')} – {phrases.other(one)}" for one in told.others]
    rest = phrases.say("more.1" if more == 1 else "more", n=more, address=f"{phrases.public_url}/review")
    return "\n\n".join([*others, *news, *([rest] if more else [])])


def _in_full(phrases: Phrases, one: News) -> str:
    head = [f"{_kinds(phrases, one)} – {one.title}" if one.title else _kinds(phrases, one)]
    head += [phrases.say("source", names=one.source)] if one.source else []
    return "\n\n".join(["\n".join(head), *(_item(phrases, item) for item in one.items)])


def _item(phrases: Phrases, item: Item) -> str:
    """What was judged needs no words any more."""
    first = f"{phrases.whose(item)} – {phrases.standing(item)}".removesuffix(" – ")
    if not item.is_open:
        return f"✓ {first}"
    image = item.crosspost.draft.image
    picture = [phrases.say("picture", address=image.url)] if image else []
    todo = [] if item.state is State.WAITING else [phrases.todo(item)]
    return "\n".join([first, item.text.strip(), *picture, *todo, phrases.say("open", address=phrases.page(item))])


def _in_short(phrases: Phrases, one: News) -> str:
    first = one.items[0]
    stand = ", ".join(
        dict.fromkeys(f"{item.crosspost.account}: {phrases.standing(item)}" for item in one.items if item.judged)
    )
    still = [item.crosspost.account for item in one.items if item.is_open]
    head = f"{_kinds(phrases, one)} – {one.title}" if one.title else _kinds(phrases, one)
    names = [f"({', '.join(still)})"] if still else []
    return "\n".join([" ".join([head, *names]), *([f"✓ {stand}"] if stand else []), phrases.page(first)])


def _kinds(phrases: Phrases, one: News) -> str:
    return ", ".join(dict.fromkeys(phrases.kind(item) for item in one.items))


def _flat(text: str) -> str:
    """No line of hyphens alone: on some networks it would begin another post."""
    return "\n".join("—" if line.strip() == "---" else line for line in text.split("\n"))
