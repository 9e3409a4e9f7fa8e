"""Figures, the lists behind them, and definitions."""
