"""The local engine: one model in a process of its own, many conversations in one batch."""
