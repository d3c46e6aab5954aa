"""Many workers on one PostgreSQL: a farm at many addresses, the database, the workers, and what they cost."""
