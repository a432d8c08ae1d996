"""The sentence grammars of the demo model: one file per language, one for system texts, one for slots."""
