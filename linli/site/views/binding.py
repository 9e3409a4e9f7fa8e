"""Confirming at the counter who a resident is 实名核验, and ending it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.site.forms.binding import BindForm, UnbindForm
from linli.site.views.shell import desk


@desk(registry.CONFIRM)
def binding(request: HttpRequest, actor: accounts.Actor, entity_id: UUID) -> HttpResponse:
    """Show whether somebody of the base has a confirmed account; confirm it."""
    brief = registry.look_at(entity_id=entity_id, by=actor, now=kernel.now())
    form = BindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            registry.confirm_identity(entity_id=entity_id, **form.cleaned_data, by=actor, now=kernel.now())
        except registry.BindingRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Confirmed. Who signs in with this number reads what concerns this person."))
            return redirect("desk:binding", entity_id)
    context = {
        **accounts.desk_shell(actor, "base"), "brief": brief, "form": form, "row": registry.binding_at(entity_id),
        "end": UnbindForm(),
    }  # fmt: skip
    return render(request, "site/desk/binding.html", context, status=422 if form.errors else 200)


@require_POST
@desk(registry.CONFIRM)
def unbind(request: HttpRequest, actor: accounts.Actor, entity_id: UUID) -> HttpResponse:
    """End it."""
    form, row = UnbindForm(request.POST), registry.binding_at(entity_id)
    if row is not None and form.is_valid():
        registry.end_binding(binding_id=row.id, **form.cleaned_data, by=actor, now=kernel.now())
        messages.success(request, _("Ended. From now on this account reads nothing of this person."))
    return redirect("desk:binding", entity_id)
