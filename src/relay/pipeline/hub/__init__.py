"""Relay's own WebSub hub at work, and the word to other hubs."""
