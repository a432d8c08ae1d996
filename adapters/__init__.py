"""The platforms' doors: one module per channel, its class exported as CHANNEL; private modules are parts."""

OURS = True  # PyPI has a package of the same name; the composition root makes sure that this one was found
