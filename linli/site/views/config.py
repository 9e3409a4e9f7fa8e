"""The configuration file at the console: hand it out, show what another one would change, take that in."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.accounts import api as accounts
from linli.events import api as events
from linli.kernel import api as kernel
from linli.site.actions.config import config_changes, config_text, take_config
from linli.site.forms.config import ConfigForm
from linli.site.slots import ConfigRefusedError
from linli.site.views.shell import desk

MANAGE = "accounts.manage"


@desk(MANAGE)
def config(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Show the page; with a file, what it would change; once that is confirmed, take it in."""
    form = ConfigForm(request.POST or None, request.FILES or None)
    context = {**accounts.desk_shell(actor, "config"), "form": form}
    if request.method != "POST":
        return render(request, "site/desk/config.html", context)
    if not form.is_valid():
        return render(request, "site/desk/config.html", context, status=422)
    text, now = form.cleaned_data["text"], kernel.now()
    try:
        if "take" in request.POST:
            return _taken(request, text, actor)
        changes = config_changes(text=text, by=actor, now=now)
        context |= {
            "changes": changes,
            "text": text,
            "any": any(part.changes and not part.left_out for part in changes),
        }
    except (ConfigRefusedError, accounts.AccountRefusedError, events.RefusedError) as refused:
        form.add_error("file", forms.ValidationError(str(refused)))
        return render(request, "site/desk/config.html", context, status=422)
    return render(request, "site/desk/config.html", context)


@desk(MANAGE)
def config_file(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:  # noqa: ARG001  the door has looked at both
    """Hand out the configuration as it is now."""
    now = kernel.now()
    headers = {"Content-Disposition": f'attachment; filename="linli-{now:%Y%m%d-%H%M}.yaml"'}
    return HttpResponse(config_text(now=now), content_type="application/yaml; charset=utf-8", headers=headers)


def _taken(request: HttpRequest, text: str, actor: accounts.Actor) -> HttpResponse:
    changed = take_config(text=text, by=actor, now=kernel.now())
    if changed:
        parts = ", ".join(str(one.label) for one in changed)
        messages.success(request, _("Taken in: %(parts)s.") % {"parts": parts})
    else:
        messages.info(request, _("Nothing differs from what is set up."))
    return redirect("desk:config")
