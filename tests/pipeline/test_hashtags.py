"""Hashtags on their way from the configuration to the words for a network."""

from dataclasses import replace

from relay.core.account import Account
from relay.core.route import Route
from relay.core.subject.hashtags import Tagging
from relay.networks.bluesky import network as bluesky
from relay.networks.mastodon import network as mastodon
from relay.pipeline.desk import Desk
from tests.core.things import DIRECTORY, POST

ACCOUNTS = {"toots": Account("toots", "mastodon"), "blues": Account("blues", "bluesky")}
ROUTE = Route(0, ("cget",), ("toots", "blues"), text="{title} {hashtags}")
SPOKEN = replace(POST, headline="Le bilan", hashtags=("SMCL",), categories=("Égalité des territoires", "Actualités"))


def words(tagging: Tagging) -> dict[str, str]:
    networks = {"mastodon": mastodon, "bluesky": bluesky}
    desk = Desk({}, (), ACCOUNTS, (ROUTE,), DIRECTORY, networks, "https://relay.exemple.fr", tagging=tagging)
    return {account: draft.text for account, (_, draft) in desk.drafts(SPOKEN).items()}


def test_an_announcement_has_the_sources_hashtags_and_those_of_the_categories() -> None:
    expected = "Le bilan #SMCL #ÉgalitéDesTerritoires"
    assert words(Tagging()) == {"toots": expected, "blues": expected}


def test_each_network_has_as_many_as_it_should() -> None:
    assert words(Tagging(max_on={"bluesky": 1})) == {
        "toots": "Le bilan #SMCL #ÉgalitéDesTerritoires",
        "blues": "Le bilan #SMCL",
    }


def test_a_home_knows_the_rules_whether_a_feed_takes_the_source_or_not() -> None:
    tagging = Tagging(max=1)
    desk = Desk({}, (), {}, (), DIRECTORY, {}, "https://relay.exemple.fr", tagging=tagging)
    assert desk.home("cget").tagging == tagging
