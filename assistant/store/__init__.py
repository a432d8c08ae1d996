"""The store: every table, and every statement that touches one; plain functions over a connection."""
