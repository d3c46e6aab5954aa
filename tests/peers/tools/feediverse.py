"""feediverse, as its documentation has it run: by cron, with the file that its questions write."""

from collections.abc import Sequence
from datetime import datetime

from tests.peers.adapter import Place
from tests.peers.tools.lab import installed, program

_CONFIGURATION = """access_token: {token}
client_id: client
client_secret: secret
feeds:
- include_images: false
  template: '{{title}} {{url}}'
  url: {feed}
name: feediverse
updated: '2026-11-24T05:01:10+00:00'
url: {server}
"""
"""``updated`` is after what is old: "Shall already existing entries be tooted, too?", no."""


class Feediverse:
    name = "feediverse"

    def version(self) -> str | None:
        return installed(self.name)

    def prepare(self, place: Place) -> None:
        text = _CONFIGURATION.format(token=place.token, feed=place.feed, server=place.server)
        (place.folder / "feediverse.yml").write_text(text)

    def command(self, place: Place, _: datetime) -> Sequence[str]:
        return [program("feediverse"), "-c", str(place.folder / "feediverse.yml")]
