"""Real servers of networks, each started once for all tests that need it; give such a test the mark of its server."""

from collections.abc import Iterator

import pytest

from tests.real import nostr, snac, synapse, wordpress


@pytest.fixture(scope="session")
def nostr_relay_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address (``ws://``) of a real Nostr relay on loopback; the mark is ``nostr``."""
    with nostr.relaying(tmp_path_factory.mktemp("nostr")) as url:
        yield url


@pytest.fixture(scope="session")
def snac_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[snac.Snac]:
    with snac.instance(tmp_path_factory.mktemp("snac")) as server:
        yield server


@pytest.fixture(scope="session")
def snac_member(snac_server: snac.Snac) -> snac.Member:
    """One for all tests: making an account's keys takes seconds."""
    return snac_server.join()


@pytest.fixture
def snac_account(snac_server: snac.Snac, snac_member: snac.Member) -> Iterator[snac.Member]:
    """An empty account on a real server of Mastodon's API: its ``instance``, its ``token``; the mark is ``snac``."""
    yield snac_member
    snac_server.clear(snac_member)


@pytest.fixture(scope="session")
def synapse_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[synapse.Synapse]:
    with synapse.homeserver(tmp_path_factory.mktemp("synapse")) as server:
        yield server


@pytest.fixture(scope="session")
def wordpress_site_started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[wordpress.WordPress]:
    with wordpress.site(tmp_path_factory.mktemp("wordpress")) as made:
        yield made


@pytest.fixture
def wordpress_real(wordpress_site_started: wordpress.WordPress) -> Iterator[wordpress.WordPress]:
    """Debian's WordPress, which is empty again after each test, whoever posted there; the mark is ``wordpress``."""
    yield wordpress_site_started
    wordpress_site_started.clear()
