"""Requests a second from the daemon and from nginx, on the same files."""
