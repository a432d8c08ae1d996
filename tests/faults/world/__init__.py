"""The faults of the world: each has a name, a promise, and a test that shows the promise kept."""
