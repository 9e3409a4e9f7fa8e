"""Answers of regions, from indexes in memory that reload when their data changes."""
