"""Linli 邻里: an open platform for governing and serving at the grassroots."""

__version__ = "0.1.0"
