"""Real nginx and Caddy on loopback, with the configurations of docs/serving/."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from getpass import getuser
from pathlib import Path
from socket import create_connection

import pytest

from relay.publish import fronts
from tests.real.ports import free_port
from tests.wire.site import FEED, RETIRED, Site

DOCS = Path(__file__).parents[2] / "docs" / "serving"
TODAY = date(2026, 11, 24)
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")

_NGINX = """\
load_module {brotli};
user {user};
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log stderr warn;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    include {folder}/relay.conf;
}}
"""


@contextmanager
def nginx(folder: Path) -> Iterator[Site]:
    """The blog's files behind nginx."""
    program = _installed("nginx", BROTLI)
    port = free_port()
    (folder / "relay-feeds.conf").write_text(fronts.nginx([FEED], RETIRED, TODAY), encoding="utf-8")
    _adapt(
        "nginx.conf",
        folder / "relay.conf",
        {
            "listen 8081;": f"listen 127.0.0.1:{port};",
            "/srv/relay": str(folder),
            "/etc/nginx/relay-feeds.conf": str(folder / "relay-feeds.conf"),
        },
    )
    (folder / "main.conf").write_text(_NGINX.format(folder=folder, brotli=BROTLI, user=getuser()), encoding="utf-8")
    with _running([program, "-p", str(folder), "-c", str(folder / "main.conf")], folder, port):
        yield Site(f"http://127.0.0.1:{port}/feeds/", folder / "feeds")


@contextmanager
def caddy(folder: Path) -> Iterator[Site]:
    """The blog's files behind Caddy."""
    program = _installed("caddy")
    port = free_port()
    (folder / "relay-feeds.caddy").write_text(fronts.caddy([FEED], RETIRED, TODAY), encoding="utf-8")
    _adapt(
        "Caddyfile",
        folder / "Caddyfile",
        {
            ":8082 {": f"{{\n\tadmin off\n}}\nhttp://127.0.0.1:{port} {{",
            "/srv/relay": str(folder),
            "/etc/caddy/relay-feeds.caddy": str(folder / "relay-feeds.caddy"),
        },
    )
    command = [program, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    with _running(command, folder, port):
        yield Site(f"http://127.0.0.1:{port}/feeds/", folder / "feeds")


def _installed(name: str, *needed: Path) -> str:
    program = shutil.which(name) or shutil.which(name, path="/usr/sbin")
    missing = [str(file) for file in needed if not file.exists()]
    if program is None or missing:
        pytest.skip(f"{', '.join(missing) or name} is not installed")
    return program


def _adapt(name: str, to: Path, changes: Mapping[str, str]) -> None:
    """The configuration as it is documented, but for ports and folders."""
    text = (DOCS / name).read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    to.write_text(text, encoding="utf-8")


@contextmanager
def _running(command: list[str], folder: Path, port: int) -> Iterator[None]:
    """The server until the end; what it says, where it does not come up."""
    said = folder / "said.txt"
    homes = {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "HOME": str(folder)}
    with said.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, cwd=folder, env=os.environ | homes)
    try:
        _await(port, process, said)
        yield
    finally:
        process.terminate()
        process.wait(10)


def _await(port: int, process: subprocess.Popen[bytes], said: Path) -> None:
    for _ in range(200):
        assert process.poll() is None, said.read_text()
        try:
            create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(said.read_text())
