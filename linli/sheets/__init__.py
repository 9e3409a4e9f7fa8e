"""Sheets: forms that superiors issue come back filled."""
