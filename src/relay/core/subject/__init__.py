"""What a post is about."""
