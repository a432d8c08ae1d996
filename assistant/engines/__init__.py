"""Implementations of the Engine port: the local slot engine and any OpenAI-compatible server."""
