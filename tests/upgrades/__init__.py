"""Databases of every earlier schema, brought to this one: nothing is lost, whenever the process dies."""
