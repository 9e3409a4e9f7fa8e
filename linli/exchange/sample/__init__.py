"""Data that ships with exchange: usual names of columns."""
