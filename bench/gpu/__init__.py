"""What a GPU gives the local engine, beside what the device itself could do; `python -m bench.gpu`."""
