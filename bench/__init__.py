"""Every published figure has its script here; each compares with a named reference in the same run."""
