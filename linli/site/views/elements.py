"""The dictionary of data elements 数据元目录 at the console: read it, add an element, retire one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.site.forms.base import MASK_WORDS, SHARING_WORDS, TYPE_WORDS, ElementForm, kind_words
from linli.site.views.shell import desk
from linli.trust import api as trust

MANAGE = "registry.elements"
TONES = {1: "", 2: "", 3: "amber"}


@desk(MANAGE)
def elements(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show the elements of one kind, and add one."""
    form = ElementForm(request.POST or None, initial={"kind": _kind(request)})
    if request.method == "POST" and form.is_valid():
        last = max((row.position for row in registry.all_elements()), default=0)
        try:
            added = registry.add_element(element=form.element(last + 10), by=actor, now=kernel.now())
        except registry.ElementRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("%(name)s is in the dictionary now.") % {"name": added.label})
            return redirect(f"{reverse('desk:elements')}?tab={added.kind}")
    status = 422 if form.is_bound and form.errors else 200
    context = {**accounts.desk_shell(actor, "elements"), "form": form, **_shown(_kind(request))}
    return render(request, "site/desk/elements.html", context, status=status)


@require_POST
@desk(MANAGE)
def retire(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Take an element out of use."""
    kind, code = request.POST.get("kind", ""), request.POST.get("code", "")
    try:
        registry.retire_element(kind=kind, code=code, by=actor, now=kernel.now())
    except registry.ElementRefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The element is out of use; what was said about it is kept with its sources."))
    return redirect(f"{reverse('desk:elements')}?tab={kind if kind in kind_words() else 'person'}")


def _kind(request: HttpRequest) -> str:
    tab = request.GET.get("tab", "")
    return tab if tab in kind_words() else "person"


def _shown(kind: str) -> dict[str, Any]:
    page = reverse("desk:elements")
    rows = [row for row in registry.all_elements() if row.kind == kind]
    return {
        "kind": kind,
        "tabs": [{"label": label, "url": f"{page}?tab={code}", "current": code == kind}
                 for code, label in kind_words().items()],
        "rows": [{"it": row, "type": TYPE_WORDS[row.type], "sharing": SHARING_WORDS[row.sharing],
                  "mask": MASK_WORDS[row.mask], "tone": TONES.get(row.grade, "red"),
                  "grade": trust.GRADE_WORDS[row.grade]} for row in rows],
    }  # fmt: skip
