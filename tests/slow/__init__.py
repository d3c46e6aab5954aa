"""Whoever takes their time, at both ends: sources that drip, readers that do not read, and those who try doors."""
