"""Connections at the desk: the ways into departments' systems; what is secret is never shown again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.exchange.actions.sources import check_connection, save_connection
from linli.exchange.forms.sources import ConnectionForm
from linli.exchange.models import Connection
from linli.exchange.queries.sources_sight import SOURCES
from linli.exchange.rules.refusals import ExchangeRefusedError, SettingsRefusedError
from linli.exchange.slots import Connector, connectors
from linli.kernel import api as kernel
from linli.kernel import slots as kernel_slots
from linli.trust import api as trust

CHECK_SECONDS = 20


@trust.staff(SOURCES)
def connections(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List the connections, and the kinds of which one can be made."""
    rows = trust.visible(actor, SOURCES, Connection.objects.order_by("name"))
    context = {
        **accounts.desk_shell(actor, "sources"),
        "rows": [(row, connectors.get(row.connector).label) for row in rows],
        "connectors": connectors.all(),
    }
    return render(request, "exchange/connections.html", context)


@trust.staff(SOURCES)
def new_connection(request: HttpRequest, actor: accounts.Actor, connector: str) -> HttpResponse:
    """Make a connection."""
    try:
        kind = connectors.get(connector)
    except kernel_slots.UnknownPluginError:
        raise Http404 from None
    return _edit(request, actor, kind, None)


@trust.staff(SOURCES)
def connection(request: HttpRequest, actor: accounts.Actor, connection: str) -> HttpResponse:
    """Change a connection."""
    row = _found(actor, connection)
    return _edit(request, actor, connectors.get(row.connector), row)


@require_POST
@trust.staff(SOURCES)
def check(request: HttpRequest, actor: accounts.Actor, connection: str) -> HttpResponse:
    """Try a connection and say what was found."""
    row = _found(actor, connection)
    try:
        said = check_connection(connection=row, by=actor, now=kernel.now(), seconds=CHECK_SECONDS)
    except ExchangeRefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect("exchange:connection", row.pk)


def _found(actor: accounts.Actor, code: str) -> Connection:
    row = trust.visible(actor, SOURCES, Connection.objects.all()).filter(pk=code).first()
    if row is None:
        raise Http404
    return row


def _edit(request: HttpRequest, actor: accounts.Actor, kind: Connector, row: Connection | None) -> HttpResponse:
    initial = {**row.settings, "name": row.name} if row else None
    form = ConnectionForm(request.POST or None, connector=kind, known=row, initial=initial)
    if request.method == "POST" and form.is_valid():
        code = row.pk if row else form.cleaned_data["code"]
        division = row.division_id if row else next(
            one.division_id for one in actor.holdings if SOURCES in one.capabilities
        )  # fmt: skip
        try:
            kept = save_connection(
                code=code, name=form.cleaned_data["name"], connector=kind.code, values=form.values(),
                division_id=division, by=actor, now=kernel.now(),
            )  # fmt: skip
        except SettingsRefusedError as refused:
            form.add_error(refused.field, str(refused))
        else:
            if any(form.values()[name] != text for name, text in kept.settings.items()):
                messages.info(request, _("The password was taken out of the address; it is kept sealed and not shown."))
            return redirect("exchange:connection", code)
    context = {**accounts.desk_shell(actor, "sources"), "form": form, "connection": row, "kind": kind}
    return render(request, "exchange/connection.html", context, status=422 if form.errors else 200)
