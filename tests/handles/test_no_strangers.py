"""Whatever a post names and whatever a template asks for, no text holds a handle of another network."""

from dataclasses import replace
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from relay.config.shipped import shipped
from relay.core.account import Limits
from relay.core.compose import compose, headline
from relay.core.directory.handles import Body, Directory, Mentioning
from relay.core.post import Post
from relay.core.template import FIELDS
from relay.wiring import NETWORKS as SENT_TO
from tests.core.things import POST

NETWORKS = tuple(sorted({*SENT_TO, "bluesky", "linkedin", "mastodon", "threads", "x"}))
_LIKE = {"bluesky": "@{}.blue.exemple.fr", "mastodon": "@{}@social.exemple.fr"}


def handle(number: int, network: str) -> str:
    """One that nobody has anywhere else."""
    return _LIKE.get(network, f"@{{}}_{network[:5]}").format(f"corps{number}")


def known(number: int, body: Body) -> Body:
    """A body of the shipped directory with invented handles, on half of the networks."""
    has = (network for place, network in enumerate(NETWORKS) if (number >> (place % 5)) & 1 or number % 7 == 0)
    return replace(body, handles={network: handle(number, network) for network in has})


SHIPPED = shipped("fr", NETWORKS)
BODIES = {one: known(number, SHIPPED[one]) for number, one in enumerate(sorted(SHIPPED), start=1)}
OF = {
    network: {body.handles[network].lower() for body in BODIES.values() if network in body.handles}
    for network in NETWORKS
}
NAMES = sorted({name.text for body in BODIES.values() for name in body.known_as()})
HANDLES = sorted({one for body in BODIES.values() for one in body.handles.values()})

SPOKEN = (
    st.sampled_from(NAMES)
    | st.sampled_from(NAMES).map(str.upper)
    | st.sampled_from(["l’", "et", "du", ",", ".", "(", "«\u00a0"])
)
WRITTEN = st.sampled_from(HANDLES) | st.sampled_from(HANDLES).map(str.upper) | st.sampled_from([".", "@", "(", "RT"])
TEXTS = st.lists(SPOKEN | WRITTEN, max_size=9).map(" ".join)
POSTS = st.builds(
    replace,
    st.just(POST),
    headline=TEXTS,
    lead=TEXTS,
    body_html=TEXTS.map(lambda text: f"<p>{text}</p>"),
    credit=TEXTS,
    author=TEXTS,
    categories=st.lists(TEXTS, max_size=2).map(tuple),
    handles=st.lists(st.sampled_from(sorted(BODIES)), max_size=3).map(tuple),
)
MENTIONING = st.builds(Mentioning, find=st.booleans(), max=st.integers(0, 5))


def strangers(text: str, network: str) -> set[str]:
    """The handles of other networks that stand in ``text``."""
    low = text.lower()
    return {one for other, handles in OF.items() if other != network for one in handles if one in low}


def template(fields: frozenset[str], network: str) -> str:
    """Each field as a whole and cut short; mentions of this network are named too."""
    asked = [f"{{{field}{length}}}" for field, length in product(sorted(fields), ("", ":30"))]
    return "\n".join([*asked, f"{{mentions:{network}}}"])


@given(POSTS, TEXTS, st.sampled_from(NETWORKS), st.integers(20, 9_000), MENTIONING)
def test_no_draft_holds_a_stranger(post: Post, name: str, network: str, room: int, mentioning: Mentioning) -> None:
    directory = Directory(BODIES, mentioning)
    limits = Limits((("graphemes", room),))
    draft = compose(post, name, template(FIELDS, network), limits, network, directory)
    assert strangers(draft.text, network) == set()


@given(POSTS, st.sampled_from(NETWORKS), MENTIONING)
def test_what_a_page_adds_to_the_words_of_its_source_is_of_the_network_that_was_asked_for(
    post: Post, network: str, mentioning: Mentioning
) -> None:
    directory = Directory(BODIES, mentioning)
    told = headline(post, f"{{mentions:{network}}}", directory)
    bare = headline(post, "{mentions}", directory)
    assert strangers(told, network) == set()
    assert strangers(bare, "") == set()


def test_the_test_would_see_one() -> None:
    one = next(body for body in BODIES.values() if {"x", "mastodon"} <= body.handles.keys())
    assert strangers(f"Avec {one.handles['x'].upper()}.", "mastodon") == {one.handles["x"]}
    assert strangers(f"Avec {one.handles['x']}.", "x") == set()
