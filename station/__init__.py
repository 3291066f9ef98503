"""Station: a desktop inspection station for the shop floor."""

__version__ = "0.1.0"
