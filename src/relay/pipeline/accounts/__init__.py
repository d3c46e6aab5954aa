"""Accounts: what connects them, how they stand, and what is said of them before it is too late."""
