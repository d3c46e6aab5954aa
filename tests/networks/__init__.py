"""What the tests show of every network, as a table: ``docs/networks/table.md``."""
