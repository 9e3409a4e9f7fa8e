"""What people taught the classifier: the matters they chose for texts."""

from collections.abc import Iterator

from linli.events.models import Correction


def training_examples() -> Iterator[tuple[str, str]]:
    """Yield (text, matter code) for every choice of a person, the oldest first; the newest choice of an event counts."""
    newest = Correction.objects.order_by("event_id", "-id").distinct("event_id")
    yield from newest.values_list("text", "chosen").iterator()
