"""One file per channel: payloads in, requests out."""
