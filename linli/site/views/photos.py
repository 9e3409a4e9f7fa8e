"""Photos are handed out only to who may see their event; the public copy has no place and camera data."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404

from linli.accounts import api as accounts
from linli.events import api as events


def photo(request: HttpRequest, photo_id: UUID) -> FileResponse:
    """Hand out the public copy of a photo."""
    found = get_object_or_404(events.Photo.objects.select_related("follower"), pk=photo_id)
    if not events.photo_seen_by(photo=found, actor=accounts.actor_of(request), key=request.GET.get("k", "")):
        raise Http404
    return FileResponse(
        found.public.open("rb"),
        content_type="image/jpeg",
        headers={"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"},
    )
