"""Relay as many processes: workers that die, stop and are cut off, two web processes behind Caddy; exactly once all the same."""
