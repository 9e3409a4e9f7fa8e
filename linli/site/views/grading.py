"""The queue of data elements without a decided grade 待定级数据元: what is proposed and why, and the decision."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.site.forms.base import MASK_WORDS, kind_words
from linli.site.forms.grading import GradeForm
from linli.site.views.shell import desk
from linli.trust import api as trust

GRADES = "trust.grades"
CLASSES = "personal_class"


@desk(GRADES)
def grading(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show the elements of one kind that wait, or with `all` every one; decide one."""
    kind, waiting = _kind(request), "all" not in request.GET
    form = GradeForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        code = form.cleaned_data["code"]
        try:
            registry.grade_element(
                kind=kind, code=code, graded=form.graded(), words=form.cleaned_data["words"], by=actor,
                now=kernel.now(),
            )  # fmt: skip
        except registry.ElementRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The grade holds from now on. What is kept is written anew in the background."))
            return redirect(request.get_full_path())
    context = {**accounts.desk_shell(actor, "grading"), **_shown(kind, waiting, form)}
    return render(request, "site/desk/grading.html", context, status=422 if form is not None else 200)


def _kind(request: HttpRequest) -> str:
    tab = request.GET.get("tab", "")
    return tab if tab in kind_words() else "person"


def _shown(kind: str, waiting: bool, form: GradeForm | None) -> dict[str, Any]:
    page, left = reverse("desk:grading"), registry.waiting_by_kind()
    return {
        "kind": kind,
        "waiting": waiting,
        "tabs": [{"label": f"{label} {left.get(code, 0)}", "url": f"{page}?tab={code}", "current": code == kind}
                 for code, label in kind_words().items()],
        "rows": [_row(one, form) for one in registry.elements_to_grade(kind, waiting=waiting)],
        "left": registry.to_write_anew(),
    }  # fmt: skip


def _row(one: registry.ToGrade, form: GradeForm | None) -> dict[str, Any]:
    is_asked = form is not None and form.data.get("code") == one.element.code
    proposed = one.proposal
    return {
        "it": one.element,
        "proposal": proposed,
        "decision": one.decision,
        "held": _in_words(one.element.grade, one.element.category, one.element.mask),
        "proposed": _in_words(proposed.grade, proposed.category, proposed.mask),
        "form": form if is_asked else GradeForm.of(proposed, one.element.code),
        "open": is_asked,
    }


def _in_words(grade: int, category: str, mask: str) -> str:
    parts = [trust.GRADE_WORDS[grade], kernel.code_label(CLASSES, category) if category else "", MASK_WORDS[mask]]
    return " · ".join(str(part) for part in parts if part)
