"""Relay beside other tools that bring feeds to Mastodon: the same feed, the same far end, the same deaths."""
