"""The page of the terms within which rights of the person are answered 权利办理期限."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.trust import api as trust
from linli.trust.actions.right_terms import PURPOSES
from linli.trust.forms.right_terms import RightTermsForm
from linli.trust.queries.right_terms import right_term_versions

MOST = 30


@trust.staff(PURPOSES)
def right_terms(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show and change within how many working days each right is answered."""
    form = RightTermsForm(request.POST or None)
    if form.is_valid():
        trust.save_right_terms(content=form.content, by=actor, now=kernel.now())
        messages.success(request, _("The terms are in force as a new version."))
        return redirect("trust_right_terms")
    context = {"form": form, "versions": right_term_versions()[:MOST], **accounts.desk_shell(actor, "right-terms")}
    return render(request, "trust/right_terms.html", context, status=422 if form.errors else 200)
