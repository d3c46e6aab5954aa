"""The real WordPress (Debian) in PHP's own server, on a MariaDB of its own."""

import html
import itertools
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.real.mariadb import database
from tests.real.ports import LOOPBACK, free_port
from tests.real.program import answers, need, running

_FILES, _PHP = Path("/usr/share/wordpress"), Path("/usr/bin/php")
_HERE = Path(__file__).parent
_ADMIN = "admin"
_ANY = "publish,future,draft,pending,private,trash"
_CONFIGURATION = """<?php
define('DB_NAME', 'wp'); define('DB_USER', 'wp'); define('DB_PASSWORD', ''); define('DB_HOST', 'localhost:{socket}');
define('DB_CHARSET', 'utf8mb4');
define('WP_ENVIRONMENT_TYPE', 'local');  // application passwords over plain HTTP
define('WP_HOME', '{url}'); define('WP_SITEURL', '{url}');
define('DISABLE_WP_CRON', true); define('WP_HTTP_BLOCK_EXTERNAL', true); define('AUTOMATIC_UPDATER_DISABLED', true);
define('AUTH_KEY', 'a'); define('SECURE_AUTH_KEY', 'b'); define('LOGGED_IN_KEY', 'c'); define('NONCE_KEY', 'd');
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who may publish there, with an application password."""

    user: str
    password: str


@dataclass(frozen=True, slots=True)
class WordPress:
    """The running site, and its administrator's hand."""

    url: str
    http: httpx.Client
    _password: str
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def join(self) -> Author:
        """A new author."""
        name = f"veille{next(self._numbers)}"
        who = {"username": name, "email": f"{name}@example.org", "password": "pw", "roles": ["editor"]}
        number = self.call("POST", "users", json=who)["id"]
        made = self.call("POST", f"users/{number}/application-passwords", json={"name": "relay"})
        return Author(name, made["password"])

    def posts(self) -> list[dict[str, Any]]:
        """All that there are but those in the trash, oldest first."""
        asked = {"status": "any", "context": "edit", "per_page": "100", "orderby": "id", "order": "asc"}
        found: list[dict[str, Any]] = self.call("GET", "posts", params=asked)
        return found

    def texts(self) -> list[str]:
        """What readers see of them, tags left out."""
        shown = (
            "\n\n".join(re.findall(r"<p>(.*?)</p>", post["content"]["rendered"], re.DOTALL)) for post in self.posts()
        )
        return [html.unescape(re.sub(r"<[^>]*>", "", part)) for part in shown]

    def clear(self) -> None:
        """Without posts and pictures, as a new site has them: their slugs are free again."""
        for kind, status in (("posts", _ANY), ("media", "inherit")):
            for one in self.call("GET", kind, params={"status": status, "per_page": "100", "_fields": "id"}):
                self.call("DELETE", f"{kind}/{one['id']}", params={"force": "true"})

    def call(self, method: str, what: str, **how: Any) -> Any:
        """One call by the administrator that must succeed."""
        where, who = f"{self.url}/wp-json/wp/v2/{what}", httpx.BasicAuth(_ADMIN, self._password)
        answer = self.http.request(method, where, auth=who, **how)
        assert answer.is_success, answer.text
        return answer.json()


@contextmanager
def site(folder: Path) -> Iterator[WordPress]:
    """Started on a free port, with nothing published."""
    need(_FILES / "wp-load.php", _PHP)
    url = f"http://{LOOPBACK}:{(port := free_port())}"
    with database("wp") as socket:
        password = _installed(folder, url, socket)
        command = (_PHP, "-S", f"{LOOPBACK}:{port}", "-t", folder / "www", _HERE / "router.php")
        with (
            running(command, folder, answers(f"{url}/wp-json/"), {"PHP_CLI_SERVER_WORKERS": "2"}),
            httpx.Client(trust_env=False, timeout=60) as http,
        ):
            made = WordPress(url, http, password)
            made.clear()
            yield made


def _installed(folder: Path, url: str, socket: Path) -> str:
    """A copy of the program and its tables; gives the administrator's application password."""
    shutil.copytree(_FILES, folder / "www")
    (folder / "www" / "wp-config.php").write_text(_CONFIGURATION.replace("{url}", url).replace("{socket}", str(socket)))
    command = (_PHP, _HERE / "wordpress.php", folder, url, _ADMIN)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "PASSWORD=" in done.stdout, done.stdout + done.stderr
    return done.stdout.partition("PASSWORD=")[2].strip()
