"""The way of a picture, from what a feed names to what a post shows."""
