"""The farm: Debian's nginx on loopback, where each source has an address of its own (Linux has all of 127.0.0.0/8).

So no two sources are one host, and what a reader waits between two requests to a host is not measured. No connection
is kept: between two polls of a source lies an hour, in which any server closes it.
"""

import http.client
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path
from time import sleep

from tests.real.ports import free_port

from benchmarks.polls.certificates import certify
from benchmarks.polls.documents import SHOWN, Place, document

KINDS = {"validators": "", "bare": 'etag off; if_modified_since off; add_header Last-Modified "";'}
"""``bare`` is a server that says neither ETag nor Last-Modified, and answers each request whole."""
_NGINX = """\
user {user};
daemon off; worker_processes 1; worker_rlimit_nofile 20000; pid {folder}/nginx.pid; error_log stderr error;
events {{ worker_connections 8192; }}
http {{
    access_log off; keepalive_timeout 0; sendfile on;
    client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    types {{ application/rss+xml rss; application/atom+xml atom; }}
    server {{
        listen 0.0.0.0:{port} backlog=4096;
        root {folder}/documents;
        include {folder}/kind.conf;
        {tls}
    }}
}}
"""
_TLS = """listen 0.0.0.0:{port} ssl backlog=4096;
        ssl_certificate {folder}/certificates/$server_addr.pem;
        ssl_certificate_key {folder}/certificates/$server_addr.pem;
        ssl_protocols TLSv1.2 TLSv1.3;"""


@dataclass(slots=True)
class Farm:
    """``number`` sources, their documents in ``folder``; ``newest`` is the number of the newest entry of each."""

    folder: Path
    number: int
    port: int
    tls: int | None = None
    shown: int = SHOWN
    newest: int = 0
    began: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))  # noqa: TID251

    @property
    def places(self) -> list[Place]:
        """Every source, by its address."""
        return [Place(n, self._url(n)) for n in range(self.number)]

    @property
    def authorities(self) -> Path | None:
        """Whom a reader has to believe, where it is to ask over TLS: those of the world, and the farm's own."""
        return self.folder / "authorities.pem" if self.tls else None

    def publish(self, newest: int) -> None:
        """Every source has written the entry of this number, and its document begins with it."""
        self.newest = newest
        for place in self.places:
            path = self.folder / "documents" / place.url.rpartition("/")[2]
            path.write_bytes(document(place, newest, self.began, self.shown))

    def serve(self, kind: str) -> None:
        """As one of ``KINDS``, from now on."""
        (self.folder / "kind.conf").write_text(KINDS[kind] + "\n", encoding="ascii")
        pid = self.folder / "nginx.pid"
        if not pid.exists():
            return
        os.kill(int(pid.read_text(encoding="ascii")), signal.SIGHUP)
        for _ in range(200):
            if kind == ("validators" if self._etag() else "bare"):
                sleep(0.5)  # the worker before it may still take a connection
                return
            sleep(0.05)
        raise SystemExit("nginx has not read its configuration again")

    def _url(self, n: int) -> str:
        scheme, port = ("https", self.tls) if self.tls else ("http", self.port)
        return f"{scheme}://{address(n)}:{port}/{n}.{'atom' if n % 2 else 'rss'}"

    def _etag(self) -> str | None:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        line.request("HEAD", "/0.rss")
        found = line.getresponse().getheader("ETag")
        line.close()
        return found


def address(n: int) -> str:
    """The one of source ``n``."""
    return f"127.{n // 62500 + 1}.{n // 250 % 250}.{n % 250 + 1}"


@contextmanager
def farm(folder: Path, number: int, shown: int = SHOWN, *, tls: bool = False, is_alone: bool = False) -> Iterator[Farm]:
    """So many sources, which have published; ``is_alone``: no authority but the farm's is known."""
    made = Farm(folder, number, free_port(), free_port() if tls else None, shown)
    for name in ("documents", "certificates"):
        (folder / name).mkdir()
    made.publish(0)
    made.serve("validators")
    if tls:
        certify(folder, [address(n) for n in range(number)], is_alone=is_alone)
    with _nginx(made):
        yield made


@contextmanager
def _nginx(made: Farm) -> Iterator[None]:
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        raise SystemExit("nginx serves the farm: apt-get install nginx-light")
    tls = _TLS.format(port=made.tls, folder=made.folder) if made.tls else ""
    said = _NGINX.format(user=getuser(), folder=made.folder, port=made.port, tls=tls)
    file = made.folder / "nginx.conf"
    file.write_text(said, encoding="utf-8")
    process = subprocess.Popen([program, "-p", str(made.folder), "-c", str(file)])
    try:
        _await(made, process)
        yield
    finally:
        process.terminate()
        process.wait(10)


def _await(made: Farm, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(200):
        if process.poll() is not None:
            raise SystemExit("nginx has not begun; its words are above")
        try:
            made._etag()  # noqa: SLF001  # of this file
        except OSError:
            sleep(0.05)
        else:
            return
    raise SystemExit("nginx does not answer")


def urls(made: Farm) -> Sequence[str]:
    """All addresses."""
    return [place.url for place in made.places]
