"""A real MariaDB (Debian), on a Unix socket alone."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.real.program import need, running

_SERVER, _INSTALL = "/usr/sbin/mariadbd", "/usr/bin/mariadb-install-db"
_MYSQL = "mysql"
"""The user of Debian's that it runs as, where root starts it."""
_FAST = ("--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=32M", "--skip-log-bin")


@contextmanager
def database(name: str) -> Iterator[Path]:
    """Its socket; a database ``name``, and everything in it, belongs to a user ``name`` without a password.

    Not in pytest's folder, which is closed to the user that the server runs as.
    """
    need(_SERVER, _INSTALL)
    as_whom = (f"--user={_MYSQL}",) if os.getuid() == 0 else ()
    with TemporaryDirectory(prefix="relay-db-") as made:
        folder = Path(made)
        if as_whom:
            shutil.chown(folder, _MYSQL)
        common = ("--no-defaults", *as_whom, f"--datadir={folder / 'data'}")
        install = (_INSTALL, *common, "--auth-root-authentication-method=normal", "--skip-test-db")
        done = subprocess.run(install, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        socket = folder / "socket"
        server = (_SERVER, *common, f"--socket={socket}", "--skip-networking", *_FAST)
        with running(server, folder, lambda: _is_answering(socket)):
            _asked(
                socket,
                f"CREATE DATABASE {name}; CREATE USER {name}@localhost; GRANT ALL ON {name}.* TO {name}@localhost",
            )
            yield socket


def _is_answering(socket: Path) -> bool:
    return socket.exists() and _told(socket, "SELECT 1").returncode == 0


def _asked(socket: Path, words: str) -> None:
    told = _told(socket, words)
    assert told.returncode == 0, told.stderr


def _told(socket: Path, words: str) -> subprocess.CompletedProcess[str]:
    command = ("mariadb", "--no-defaults", f"--socket={socket}", "-u", "root", "-e", words)
    return subprocess.run(command, capture_output=True, text=True, check=False)
