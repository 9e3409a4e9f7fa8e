"""The list of people at whom each look is reviewed 重点保护名单: the security officer keeps, the auditor reads it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.trust import api as trust
from linli.trust.forms.marked import MarkForm
from linli.trust.plugins import AUDIT
from linli.trust.queries.marked import MARKED, marked_list

SHOWN = 200


@trust.staff(MARKED, AUDIT)
def marked(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List them, and put somebody on the list. Reading it is entered into the ledger."""
    now, form = kernel.now(), MarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            trust.mark_person(**form.cleaned_data, by=actor, now=now)
        except trust.MarkRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("From now on each look at this person is reviewed."))
            return redirect("trust_marked")
    rows = list(marked_list(actor)[:SHOWN])
    trust.record(
        by=actor, action="list", purpose=MARKED, subjects=[row.subject for row in rows], object_kind="marked",
        object_id=f"{len(rows)} rows", elements=["marked"], now=now,
    )  # fmt: skip
    context = {**accounts.desk_shell(actor, "marked"), "form": form, "rows": rows, "may_mark": actor.can(MARKED)}
    return render(request, "trust/marked.html", context, status=422 if form.errors else 200)


@require_POST
@trust.staff(MARKED)
def unmark(request: HttpRequest, actor: accounts.Actor, marked_id: UUID) -> HttpResponse:
    """Take somebody off the list."""
    trust.unmark_person(marked_id=marked_id, by=actor, now=kernel.now())
    messages.success(request, _("Taken off the list; the line stays with its end."))
    return redirect("trust_marked")
