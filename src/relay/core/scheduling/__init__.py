"""When a cross-post leaves, and why then."""
