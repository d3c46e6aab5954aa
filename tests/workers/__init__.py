"""Relay as several processes on one PostgreSQL: who works, who leads, and what one that was dead or asleep may still do."""
