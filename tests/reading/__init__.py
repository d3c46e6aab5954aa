"""Both readers of documents, one beside the other: the tree by feedparser's rules, and feedparser."""
