"""Reads of exchange, named as the answer."""
