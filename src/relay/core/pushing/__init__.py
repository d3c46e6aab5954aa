"""Subscriptions to hubs (WebSub)."""
