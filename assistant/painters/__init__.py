"""Implementations of the Painter port: a sketch of the few words it knows, and any OpenAI-compatible images server."""
