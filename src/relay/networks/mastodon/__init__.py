"""Mastodon, and servers that speak its API: its ``network.py`` has the names of ``relay.networks.network.Network``."""
