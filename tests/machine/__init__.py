"""A whole relay on a real database, and everybody who can do anything to it, in any order; one moment after the other."""
