"""The whole service on loopback, with sources and networks of its own."""
