"""Who is who, and where a text names them."""
