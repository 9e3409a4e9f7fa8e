"""The exception that becomes the page for too many requests."""


class TooManyRequestsError(Exception):
    """Someone asks too often. `retry_after` is in seconds."""

    def __init__(self, *, retry_after: int = 60) -> None:
        """Say how long to wait."""
        super().__init__(f"Too many requests; again in {retry_after} s.")
        self.retry_after = retry_after
