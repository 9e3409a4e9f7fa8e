"""Insight: measures of how events are handled, by matter and unit, never by person."""
