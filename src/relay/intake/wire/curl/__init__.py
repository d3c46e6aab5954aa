"""Exchanges over libcurl, for polls: what is asked every minute of thousands of hosts."""
