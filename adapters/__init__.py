"""The platforms' doors: one module per channel, each exporting its class as CHANNEL; private modules hold shared parts."""

OURS = True  # PyPI has a package of the same name; the composition root makes sure that this one was found
