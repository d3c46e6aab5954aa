"""``relay config dump``: what takes effect, where it comes from, and no secret."""

import re
import tomllib
from pathlib import Path

import pytest

from relay.config.dumping import settings
from relay.config.load import Examined, examine, load
from relay.config.sections.accounts import Means, plain_keys
from relay.config.wording.masking import COVER
from relay.wiring import network_keys
from tests.commands.blog import Blog
from tests.commands.conftest import Relay

ROOT = Path(__file__).parents[2]
SAMPLES = [ROOT / "config" / "relay.toml", *sorted((ROOT / "config" / "examples").glob("*.toml"))]


def dumped(relay: Relay, *words: str) -> dict[str, tuple[object, str, int | None]]:
    found = relay("config", "dump", *words, "--json").json
    return {one["key"]: (one["value"], one["origin"], one["line"]) for one in found}


def test_each_value_says_where_it_comes_from(blog: Blog, relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELAY_DATABASE", "postgresql://relay:s3cr3t@db/relay")
    lines = blog.file.read_text().splitlines()
    found = dumped(relay)
    assert found["sources.cget.backlog"] == ("latest 3", "file", lines.index('backlog     = "latest 3"') + 1)
    assert found["sources.cget.longest"] == ("7d", "default", None)
    assert found["sources.cget.fulltext"] == (False, "default", None)
    assert found["service.proxies"] == (["127.0.0.0/8", "::1/128"], "default", None)
    assert found["routes.0.on_edit"] == ("ask", "default", None)
    value, origin, _ = found["service.database"]
    assert origin == "environment"
    assert "s3cr3t" not in str(value)


def test_no_secret_is_shown_and_whether_it_is_there_is(
    blog: Blog, relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = blog.folder / "token"
    token.write_text("s3cr3t-in-a-file")
    blog.file.write_text(
        blog.file.read_text()
        + '[accounts.m]\nnetwork = "mastodon"\ninstance = "https://m.example"\ntoken = { env = "RELAY_M" }\n'
        + f'[accounts.n]\nnetwork = "mastodon"\ninstance = "https://n.example"\ntoken = {{ file = "{token}" }}\n'
    )
    monkeypatch.setenv("RELAY_M", "s3cr3t-in-a-variable")
    for words in ((), ("--json",)):
        ran = relay("config", "dump", *words)
        assert ran.code == 0
        assert "$RELAY_M is set" in ran.out
        assert str(token) in ran.out
        assert "s3cr3t" not in ran.out + ran.err


@pytest.mark.parametrize(
    "address", ["postgresql://relay:it's s3cr3t@db/relay", "postgresql://db/relay?password=it's+s3cr3t"]
)
def test_a_password_with_any_signs_is_not_shown(relay: Relay, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("RELAY_DATABASE", address)
    ran = relay("config", "dump", "service")
    assert ran.code == 0
    assert "/relay" in ran.out
    assert "s3cr3t" not in ran.out


def test_what_opens_a_source_s_address_is_not_shown_and_all_else_of_it_is(blog: Blog, relay: Relay) -> None:
    text = blog.file.read_text()
    address = "https://reader.example/@cget/feed?keyword=s%C3%A9nat&token=s3cr3t&sig=s3cr3t&auth=s3cr3t&format=rss"
    blog.file.write_text(re.sub(r'url( +)= ".*/rss"', rf'url\1= "{address}"', text))
    shown = dumped(relay, "sources.cget")["sources.cget.url"][0]
    assert shown == address.replace("s3cr3t", COVER)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda file: file.name)
def test_what_is_dumped_is_a_configuration_that_says_the_same(sample: Path, blog: Blog, relay: Relay) -> None:
    blog.file.write_text(sample.read_text())
    dump = relay("config", "dump").out
    tomllib.loads(dump)
    again = blog.folder / "again.toml"
    again.write_text(dump)
    first, second = (load(file, {}, network_keys()).configuration for file in (blog.file, again))
    assert first
    assert second == first


def test_one_section_alone(relay: Relay) -> None:
    assert set(dumped(relay, "approvals.quick")) == {
        f"approvals.quick.{key}" for key in ("steps", "undo", "self", "expires", "remind")
    }
    ran = relay("config", "dump", "sauces")
    assert ran.code == 1
    assert "there is no section 'sauces'; there are: accounts, approvals, " in ran.err


def test_a_wrong_file_is_reported_as_check_does(blog: Blog, relay: Relay) -> None:
    blog.file.write_text("version = [")
    ran = relay("config", "dump")
    assert (ran.code, ran.out) == (78, "")
    assert "error[R001]" in ran.err


def test_what_opens_an_address_in_a_list_is_not_shown(blog: Blog, relay: Relay) -> None:
    hub = 'hub = ["https://hub.example/?token=s3cr3t"]'
    text, count = re.subn(r"(?m)^(\[feeds\.\w+\]\n)", rf"\1{hub}\n", blog.file.read_text(), count=1)
    assert count
    blog.file.write_text(text)
    ran = relay("config", "dump", "feeds")
    assert (ran.code, ran.err) == (0, "")
    assert "hub.example" in ran.out
    assert "s3cr3t" not in ran.out


def test_a_secret_that_stands_where_its_name_belongs_is_not_shown() -> None:
    """The file is refused for it; whatever is refused one day and taken the next, it is never shown."""
    networks = network_keys()
    text = 'version = 1\n[accounts.m]\nnetwork = "mastodon"\ninstance = "https://m.example"\n'
    for line in ('token = "s3cr3t"', 'token = { env = "s3cr3t-in-place" }', 'odd = "s3cr3t"'):
        found = examine(f"{text}{line}\n", Means(networks, {}))
        assert isinstance(found, Examined)
        shown = repr(settings(f"{text}{line}\n", found, {}, plain_keys(networks)))
        assert "https://m.example" in shown
        assert "s3cr3t" not in shown
