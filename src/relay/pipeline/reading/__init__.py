"""How a source is read, and what stands behind its entries."""
