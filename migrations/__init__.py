"""The history of the schema, one numbered step a file, never edited after a release."""
