"""An approved post on its way to chat networks: all of relay, with a far end on loopback."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.commands.blog import FEED, Blog, Near
from tests.fakes import discord, receiver, slack, telegram
from tests.fakes.feed_server import answer, listening
from tests.fakes.wire import Fault, Wire
from tests.fakes.wire import listening as wired

TEXT = (
    "Égalité des territoires : un premier bilan\n\nhttps://blog.example/egalite-des-territoires-un-premier-bilan.html"
)


@pytest.fixture
def blog(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Blog]:
    with listening() as publisher:
        publisher.script.append(answer(body=FEED.format(url=publisher.url).encode()))
        made = Near(tmp_path, capsys)
        made.configure(publisher.url, "")
        yield made


def set_up(blog: Blog, account: str, **secrets: str) -> None:
    """Polled with this account, and its first cross-post approved."""
    for name, value in secrets.items():
        (blog.folder / name).write_text(f"{value}\n")
    lines = "".join(f'{name} = {{ file = "{blog.folder / name}" }}\n' for name in secrets)
    whole = blog.file.read_text().replace("[accounts.out]\n", f"[accounts.out]\n{account}\n{lines}")
    blog.file.write_text(whole)
    polled = blog.relay("poll")
    assert polled.code == 0, polled.err
    blog.approve_first()


def later(**span: float) -> str:
    """A time to pass to --at."""
    return (datetime.now(UTC) + timedelta(**span)).isoformat()  # noqa: TID251  # the commands have the real clock


def told(blog: Blog) -> tuple[str, str]:
    """State and note of the one cross-post, whatever has become of it."""
    [found] = blog.relay("queue", "list", "--json").json
    return found["state"], found["note"]


def test_a_post_reaches_a_telegram_channel(blog: Blog) -> None:
    server = telegram.Telegram()
    with wired(Wire(server.answer, publishes="/send")) as wire:
        account = f'network = "telegram"\nchat = "{telegram.CHANNEL}"\nserver = "{wire.url}"'
        set_up(blog, account, token=telegram.TOKEN)
        delivered = blog.relay("deliver", "--json")
    assert [one["state"] for one in delivered.json] == ["sent"]
    assert [message.text.startswith(TEXT) for message in server.messages] == [True]


def test_a_doubt_on_telegram_waits_for_a_person_and_shows_no_token(blog: Blog) -> None:
    server = telegram.Telegram()
    with wired(Wire(server.answer, publishes="/send")) as wire:
        account = f'network = "telegram"\nchat = "{telegram.CHANNEL}"\nserver = "{wire.url}"'
        set_up(blog, account, token=telegram.TOKEN)
        wire.faults.append(Fault.DROP_AFTER)
        said = [blog.relay("deliver"), blog.relay("deliver", "--at", later(minutes=10))]
        state, note = told(blog)
        log = blog.relay("queue", "list", "--json").out
    assert (state, len(server.messages)) == ("unconfirmed", 1)
    assert "look into the channel" in note
    assert telegram.TOKEN not in "".join([log, *(ran.out + ran.err for ran in said)])


def test_a_post_reaches_a_discord_channel(blog: Blog) -> None:
    server = discord.Discord()
    with wired(Wire(server.answer, publishes="/webhooks/")) as wire:
        set_up(blog, 'network = "discord"', webhook=wire.url + discord.HOOK)
        delivered = blog.relay("deliver", "--json")
    assert [one["state"] for one in delivered.json] == ["sent"]
    assert [message.text.startswith(TEXT) for message in server.messages] == [True]


def test_a_bot_on_slack_ends_its_doubts_itself(blog: Blog) -> None:
    server = slack.Slack(now=datetime.now(UTC).timestamp())  # noqa: TID251  # the commands have the real clock
    with wired(Wire(server.answer, publishes="chat.postMessage")) as wire:
        account = f'network = "slack"\nchannel = "{slack.CHANNEL}"\nserver = "{wire.url}"'
        set_up(blog, account, token=slack.TOKEN)
        wire.faults.append(Fault.DROP_AFTER)
        blog.relay("deliver")
        blog.relay("deliver", "--at", later(minutes=10))
        state, _ = told(blog)
    assert (state, len(server.messages)) == ("sent", 1)


def test_an_account_without_any_of_its_secrets_is_held_with_a_reason(blog: Blog) -> None:
    set_up(blog, 'network = "slack"')
    blog.relay("deliver")
    state, note = told(blog)
    assert state == "held"
    assert "Slack needs the address of a webhook, or a token and a channel" in note


def test_a_receiver_gets_a_post_once_although_its_answer_was_lost(blog: Blog) -> None:
    taking = receiver.Receiver()
    with wired(Wire(taking.answer, publishes="/news")) as wire:
        set_up(blog, f'network = "webhook"\nendpoint = "{wire.url}/news"', secret=receiver.SECRET)
        wire.faults.append(Fault.DROP_AFTER)
        blog.relay("deliver")
        blog.relay("deliver", "--at", later(minutes=2))
        calls, (state, _) = len(wire.calls), told(blog)
    assert (state, calls) == ("sent", 2)
    assert [payload["data"]["text"].startswith(TEXT) for payload in taking.posts.values()] == [True]
