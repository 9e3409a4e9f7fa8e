"""The page of what grades do 分级管控策略: the line of each grade, its versions, and a form to decide anew."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.trust import api as trust
from linli.trust.actions.handling import GRADES
from linli.trust.forms.handling import HandlingForm


@trust.staff(GRADES)
def grades(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show what each grade does; decide what the chosen one does from now on."""
    now, grade = kernel.now(), _grade(request)
    lines = trust.handling_at(now)
    form = HandlingForm(request.POST) if request.method == "POST" else HandlingForm.of(lines[grade])
    if form.is_bound and form.is_valid():
        try:
            words = form.cleaned_data["words"]
            trust.decide_handling(line=form.line(grade), words=words, by=actor, now=now)
        except trust.HandlingRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("It holds from now on. What is kept is written anew where that is needed."))
            return redirect(f"{reverse('trust_handling')}?grade={grade}")
    context = {**accounts.desk_shell(actor, "handling"), "form": form, **_shown(lines, grade)}
    return render(request, "trust/handling.html", context, status=422 if form.is_bound else 200)


def _grade(request: HttpRequest) -> int:
    said = request.GET.get("grade", "")
    return int(said) if said.isascii() and said.isdigit() and int(said) in trust.GRADE_WORDS else 3


def _shown(lines: dict[int, trust.Handling], grade: int) -> dict[str, Any]:
    page = reverse("trust_handling")
    return {
        "grade": trust.GRADE_WORDS[grade],
        "tabs": [{"label": words, "url": f"{page}?grade={one}", "current": one == grade}
                 for one, words in trust.GRADE_WORDS.items()],
        "columns": [{"label": words} for words in (
            _("Data grade"), _("Read plainly by"), _("Others see"), _("At rest"), _("Second person from"),
            _("Copies deleted after"),
        )],
        "rows": [_row(lines[one]) for one in trust.GRADE_WORDS],
        "versions": [_version(row) for row in trust.handling_versions(grade)],
    }  # fmt: skip


def _row(line: trust.Handling) -> list[Any]:
    rows, months = line.approve_from, line.retention_months
    return [
        {"text": trust.GRADE_WORDS[line.grade], "url": f"?grade={line.grade}"},
        trust.SIGHT_WORDS[line.sight],
        (_("the mask") if line.masked else _("nothing of it")) if line.step else _("everything"),
        _("encrypted") if line.sealed else _("as its type says"),
        _("%(n)s rows") % {"n": rows} if rows else _("not needed"),
        _("%(n)s months") % {"n": months} if months else _("stay"),
    ]


def _version(row: trust.HandlingVersion) -> dict[str, Any]:
    return {
        "since": row.since, "words": row.words, "who": row.made_by.name if row.made_by else "",
        "row": _row(trust.Handling(**row.content)),
    }  # fmt: skip
