"""A messaging assistant that anybody can host: channels in, a Llama 3 model in the middle, staff beside it."""

__version__ = "0.1.0"
