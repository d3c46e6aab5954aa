"""``relay migrate --to``: out of SQLite once it is outgrown."""

from pathlib import Path

from relay.storage import copies
from tests.commands.blog import Blog
from tests.edges.opened import migrated


def test_the_command_moves_and_says_what_comes_next(blog: Blog, tmp_path: Path, postgresql_address: str) -> None:
    assert blog.relay("user", "add", "ada", "--role", "editor").code == 0
    ran = blog.relay("migrate", "--to", postgresql_address)
    assert ran.code == 0, ran.err
    assert 'database = "…"' in ran.out
    assert f'key = {{ file = "{tmp_path}/relay.key" }}' in ran.out
    again = blog.relay("migrate", "--to", postgresql_address)
    assert (again.code, again.err.count("\n")) == (1, 1)
    with migrated(tmp_path / "relay.db").read() as tx:
        assert copies.unseen(tx), "were it used again, relay would first look for what has left since"
