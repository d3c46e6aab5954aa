"""For every test: a database of each kind, and properties that say the same thing each time they are asked."""

from hypothesis import settings

pytest_plugins = ["tests.edges.databases", "tests.servers"]

settings.register_profile("relay", deadline=None, derandomize=True)
settings.load_profile("relay")
