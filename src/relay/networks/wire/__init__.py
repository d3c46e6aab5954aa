"""Asking a network over HTTP, for all of them."""
