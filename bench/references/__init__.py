"""What the engine is measured against: other ways to run the same weights on the same prompts and threads."""
