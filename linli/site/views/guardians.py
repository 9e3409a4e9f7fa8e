"""Confirming at the counter who is guardian 监护人核验 of a child or of an adult under guardianship, and ending it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.site.forms.guardians import EndForm, GuardianForm
from linli.site.views.shell import desk


@desk(registry.CONFIRM)
def guardians(request: HttpRequest, actor: accounts.Actor, entity_id: UUID) -> HttpResponse:
    """Show who was ever confirmed as guardian of somebody, or they of others; confirm one."""
    now, form = kernel.now(), GuardianForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            registry.start_guardianship(ward_id=entity_id, **form.cleaned_data, by=actor, now=now)
        except registry.GuardianRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Confirmed. The guardian acts for this person on the pages about their data."))
            return redirect("desk:guardians", entity_id)
    sheet = registry.guardians_sheet(entity_id=entity_id, by=actor, now=now)
    context: dict[str, Any] = {**accounts.desk_shell(actor, "base"), "form": form, "sheet": sheet}
    context["rows"] = [
        {"it": row, "end": EndForm(initial={"guardianship_id": row.id}, auto_id=f"end-{row.id}-%s")}
        for row in sheet.rows
    ]
    return render(request, "site/desk/guardians.html", context, status=422 if form.errors else 200)


@require_POST
@desk(registry.CONFIRM)
def end(request: HttpRequest, actor: accounts.Actor, entity_id: UUID) -> HttpResponse:
    """End one."""
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            registry.end_guardianship(**form.cleaned_data, by=actor, now=kernel.now())
        except registry.GuardianRefusedError as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Ended. From now on they see and do nothing for this person."))
    return redirect("desk:guardians", entity_id)
