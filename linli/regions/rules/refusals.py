"""Why an action on regions is refused, in a sentence for the person at the desk."""


class RegionRefusedError(ValueError):
    """The change is not possible. The text is translated and says what, why and what to do."""
