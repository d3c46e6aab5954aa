"""The tables of the configuration, one module a subject: each reads its own and reports what is wrong."""
