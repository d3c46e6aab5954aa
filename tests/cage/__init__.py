"""Documents are read in a process of their own: what it may not do, and what becomes of a document that ends it."""
