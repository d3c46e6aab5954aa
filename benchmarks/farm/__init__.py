"""Two thousand publishers on loopback, each with habits of its own; they live in a process of their own."""
