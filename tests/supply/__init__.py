"""What relay is made of that others made: pinned by hash, listed, explained, and held against known holes."""
