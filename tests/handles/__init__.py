"""Bodies named in texts: a labelled set, and what becomes of what is found."""
