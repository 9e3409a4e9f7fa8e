"""A file that could not be read, for who brought it: taken back as it came, or deleted."""

from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.sheets import states
from linli.sheets.actions.unread import forget_unread, unread_of
from linli.trust import api as trust


@trust.staff(states.FILL)
def unread(request: HttpRequest, actor: accounts.Actor, unread_id: UUID) -> HttpResponse:  # noqa: ARG001  by its id
    """Hand a file back as it came."""
    row = unread_of(actor).filter(pk=unread_id).first()
    if row is None:
        raise Http404
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(row.file_name)}",
        "Cache-Control": "no-store, private",
    }
    with row.file.open("rb") as file:
        return HttpResponse(file.read(), content_type="application/octet-stream", headers=headers)


@require_POST
@trust.staff(states.FILL)
def forget(request: HttpRequest, actor: accounts.Actor, unread_id: UUID) -> HttpResponse:  # noqa: ARG001  by its id
    """Delete it."""
    forget_unread(unread_id=unread_id, by=actor)
    return redirect("sheets:forms")
