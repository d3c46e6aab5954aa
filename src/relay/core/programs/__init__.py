"""Programs: what those with a token may do, and what those that listen are told."""
