"""Which hubs a feed names, by the configuration; and who may be reached for them."""

from pathlib import Path

import pytest

from relay.config.messages import report
from tests.edges.configurations import SOURCE, good, loaded

FAR = 'public_url = "https://relay.exemple.fr"\n'
OWN = "https://relay.exemple.fr/hub"
OTHER = "https://pubsubhubbub.appspot.com/"


def configuration(service: str = FAR, link: str = "https://blog.exemple.fr/", hub: str = "") -> str:
    return f'{SOURCE}[service]\n{service}[feeds.blog]\ntitle = "Le blog"\nlink = "{link}"\n{hub}\n'


@pytest.mark.parametrize(
    ("hub", "expected"),
    [
        ("", (OWN,)),
        ('hub = "own"', (OWN,)),
        ('hub = "none"', ()),
        (f'hub = "{OTHER}"', (OTHER,)),
        (f'hub = ["own", "{OTHER}", "own"]', (OWN, OTHER)),
    ],
)
def test_a_feed_names_relay_s_own_hub_unless_the_file_says_otherwise(
    hub: str, expected: tuple[str, ...], tmp_path: Path
) -> None:
    assert good(tmp_path, configuration(hub=hub)).feeds[0].hubs == expected


@pytest.mark.parametrize(
    ("service", "link", "expected"),
    [
        ("", "https://blog.exemple.fr/", ()),
        ("", "http://127.0.0.1:8080/feeds/blog/", ("http://127.0.0.1:8080/hub",)),
        ('public_url = "https://relay.exemple.fr/"\n', "http://127.0.0.1/", (OWN,)),
    ],
)
def test_a_hub_on_this_machine_is_not_named_to_the_world(
    service: str, link: str, expected: tuple[str, ...], tmp_path: Path
) -> None:
    assert good(tmp_path, configuration(service, link)).feeds[0].hubs == expected


def test_who_insists_has_it_named_all_the_same(tmp_path: Path) -> None:
    found = good(tmp_path, configuration("", hub='hub = "own"'))
    assert found.feeds[0].hubs == ("http://127.0.0.1:8080/hub",)


@pytest.mark.parametrize(
    ("hub", "said"),
    [
        ('hub = "owm"', "owm"),
        ('hub = ["none", "own"]', "none"),
        ("hub = []", "hub"),
        ("hub = 1", "hub"),
        ('hub = "https://a:b@hub.exemple/"', "hub"),
        ('hub = "ftp://hub.exemple/"', "ftp://hub.exemple/"),
    ],
)
def test_what_is_no_hub_is_an_error_in_the_file(hub: str, said: str, tmp_path: Path) -> None:
    found = loaded(tmp_path, configuration(hub=hub))

    assert found.configuration is None
    assert said in report(found)


def test_callbacks_are_hosts_addresses_and_networks(tmp_path: Path) -> None:
    text = configuration(f'{FAR}callbacks = ["reader.internal", "10.0.0.0/8"]\n')
    found = good(tmp_path, text).service

    assert (found.callbacks, found.allow) == (("reader.internal", "10.0.0.0/8"), ())
    assert loaded(tmp_path, configuration(f'{FAR}callbacks = "no host/"\n')).configuration is None
