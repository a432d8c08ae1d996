"""Implementations of the Bus port: one process alone, or several around a Redis."""
