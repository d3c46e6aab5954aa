"""One attempt at a cross-post: claimed, made ready, sent or corrected, and settled."""
