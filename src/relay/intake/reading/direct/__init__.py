"""Well-formed RSS and Atom, read from the tree: the same that feedparser finds in it, or nothing."""
