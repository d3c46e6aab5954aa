"""What ends a direct reading."""


class Unsure(Exception):
    """feedparser may find something else in this document: it reads then."""
