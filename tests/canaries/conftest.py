"""Commands in this process, as the tests of commands have them."""

from tests.commands.conftest import blog, relay, site

__all__ = ["blog", "relay", "site"]
