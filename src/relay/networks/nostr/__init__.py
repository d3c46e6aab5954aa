"""Nostr: its ``network.py`` has the names of ``relay.networks.network.Network``."""
