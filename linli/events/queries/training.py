"""What people taught the classifier: the matters they chose for texts."""

from collections.abc import Iterator

from linli.events.models import Correction


def training_examples() -> Iterator[tuple[str, str]]:
    """Yield (text, matter code) for each event whose matter a person chose; the newest choice counts."""
    newest = Correction.objects.order_by("event_id", "-id").distinct("event_id")
    yield from newest.values_list("text", "chosen").iterator()
