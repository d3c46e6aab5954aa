"""Relay: institutional news in, the blog's feeds and social posts out, an editor's yes in between."""
