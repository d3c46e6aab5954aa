"""How networks count that do not count what a person calls characters."""
