"""Pairs of posts, of two sources each, that tell the same news or do not."""
