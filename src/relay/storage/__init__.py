"""Rows: SQLAlchemy Core on SQLite and PostgreSQL, a module a table or two."""
