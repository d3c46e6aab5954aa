"""The editors' queue with 100,000 cross-posts in it."""
