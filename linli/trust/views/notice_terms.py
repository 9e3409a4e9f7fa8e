"""The page of the terms of notices 事件报告时限: who is told by when, in versions; what ships is a sample."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.trust import api as trust
from linli.trust.actions.incidents import save_notice_terms
from linli.trust.forms.security import NoticeTermsForm
from linli.trust.queries.alerts import WATCH
from linli.trust.queries.incidents import notice_term_versions, terms_in_force
from linli.trust.rules.notice_terms import TermsRefusedError

MOST = 30


@trust.staff(WATCH)
def notice_terms(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show the duties in force, which of them nobody compared with the official text, and write the next version."""
    now = kernel.now()
    terms = terms_in_force(now=now)
    form = NoticeTermsForm(request.POST or None, terms=terms, initial={"begins_on": timezone.localdate(now)})
    if form.is_valid():
        try:
            begins_on = form.cleaned_data["begins_on"]
            save_notice_terms(content=form.content, begins_on=begins_on, by=actor, now=now)
        except TermsRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The terms are kept as a version; they count from the day you named."))
            return redirect("trust_notice_terms")
    context = {
        **accounts.desk_shell(actor, "incidents"),
        "form": form,
        "samples": sum(one.is_sample for one in terms.duties),
        "versions": notice_term_versions()[:MOST],
    }
    return render(request, "trust/notice_terms.html", context, status=422 if form.errors else 200)
