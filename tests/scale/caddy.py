"""Caddy, as Debian has it, before the web processes: one address for all of them, in turn."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_FILE = """{{
	admin off
	auto_https off
	log {{
		output discard
	}}
}}

http://127.0.0.1:{port} {{
	bind 127.0.0.1
	reverse_proxy {webs} {{
		lb_policy round_robin
		lb_try_duration 5s
		fail_duration 3s
		flush_interval -1
		transport http {{
			dial_timeout 1s
			response_header_timeout 30s
		}}
	}}
}}
"""


@contextmanager
def before(ports: Sequence[int], port: int, folder: Path) -> Iterator[None]:
    """Until the end of the block."""
    file = folder / "Caddyfile"
    file.write_text(_FILE.format(port=port, webs=" ".join(f"127.0.0.1:{one}" for one in ports)), encoding="utf-8")
    own = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    command = ["caddy", "run", "--adapter", "caddyfile", "--config", str(file)]
    with (folder / "caddy.log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log, env=own) as caddy:
        try:
            yield
        finally:
            caddy.kill()
