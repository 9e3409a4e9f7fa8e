"""Channels that ship with accounts."""
