"""What sheets may be asked, by those above it."""

__all__: list[str] = []
