"""Relay's own WebSub hub: who is told of news, when, and when no longer."""
