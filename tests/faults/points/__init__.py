"""Fault points: the walks are interrupted at every place where they can be, and nothing may be lost by it."""
