"""Thousands of random requests, cancels and killed processes against the local engine; `python -m bench.fuzz`."""
