"""Photos are handed out only to who may see their event; the public copy has no place and camera data."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404

from linli.accounts import api as accounts
from linli.events import api as events


def photo(request: HttpRequest, photo_id: UUID) -> FileResponse:
    """Hand out the public copy of a photo."""
    found = get_object_or_404(events.Photo, pk=photo_id)
    actor = accounts.actor_of(request)
    seen = events.events_seen_by(actor).filter(pk=found.event_id).exists()
    if not (
        seen
        or events.holds_receipt(found.event_id, request.GET.get("k", ""))
        or events.volunteer_sees(event_id=found.event_id, actor=actor)
    ):
        raise Http404
    return FileResponse(
        found.public.open("rb"),
        content_type="image/jpeg",
        headers={"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"},
    )
