"""One pass over the sources that are due, and what comes of each answer."""
