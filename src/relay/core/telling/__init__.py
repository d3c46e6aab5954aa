"""Who of the editors is told of what, outside the page, and when."""
