"""A thousand subscribers of relay's own hub, of which a hundred hang."""
