"""Feed2Fedi, as its documentation has it run: by cron, with the file that its questions write."""

import json
from collections.abc import Sequence
from datetime import datetime

from tests.peers.adapter import Place
from tests.peers.tools.lab import installed, program


class Feed2fedi:
    name = "feed2fedi"

    def version(self) -> str | None:
        return installed(self.name)

    def prepare(self, place: Place) -> None:
        """All settings are those of the file that it writes itself; what is old cannot be skipped."""
        settings = {
            "feeds": [{"url": place.feed}],
            "fedi_instance": place.server,
            "fedi_access_token": place.token,
            "cache_max_age": 30,
            "cache_db_path": "./cache.sqlite",
            "bot_post_media": True,
            "bot_post_visibility": "public",
            "bot_post_template": "{title}\\n\\n{link}",
        }
        (place.folder / "config.json").write_text(json.dumps(settings))

    def command(self, place: Place, _: datetime) -> Sequence[str]:
        return [program("feed2fedi"), "-c", str(place.folder / "config.json")]
