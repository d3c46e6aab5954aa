"""Programs that listen are told what happens to cross-posts."""
