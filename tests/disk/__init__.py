"""Disks that are full, read-only or faulty, and processes that may open no more files."""
