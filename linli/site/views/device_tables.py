"""The register of devices as a table: handed out as CSV or XLSX, taken in as drafts, wrong rows handed back."""

import json

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.kernel import api as kernel
from linli.site.forms.place_names import TableForm
from linli.site.views.devices import DECIDE, KEEP, chosen
from linli.site.views.exports import rows_back, table_out
from linli.site.views.shell import desk
from linli.trust import api as trust

MOST, LARGEST = 20_000, 5 << 20


@require_GET
@desk(KEEP, DECIDE)
def export(request: HttpRequest, actor: accounts.Actor, form: str) -> HttpResponse:
    """Hand out the devices that the address describes, in the columns that can be taken in again."""
    if form not in {"csv", "xlsx"}:
        raise Http404
    policy, (_tab, rows) = trust.ask_less_in_force(), chosen(request, actor)
    lines = [list(trust.device_columns().values()), *(_line(one, policy) for one in rows[:MOST])]
    now = kernel.now()
    trust.record(
        by=actor, action="export", purpose=KEEP, subjects=[], object_kind="trust.device",
        object_id=f"{len(lines) - 1} rows", elements=[form], now=now,
    )  # fmt: skip
    return table_out(lines, f"devices-{now:%Y%m%d-%H%M}", form)


@require_POST
@desk(KEEP)
def take_in(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Take a table in: good rows become drafts, the others are shown with what is wrong."""
    form = TableForm(request.POST, request.FILES)
    if not form.is_valid() or form.cleaned_data["file"].size > LARGEST:
        messages.error(request, _("Choose a CSV or XLSX file of at most 5 MB."))
        return redirect("desk:devices")
    try:
        known = [word for pair in trust.device_columns().items() for word in pair]
        table = exchange.read_table(form.cleaned_data["file"].read(), known=known)
        rows = trust.read_device_rows(table.header, table.rows)
        taken = trust.take_devices(rows=rows, by=actor, now=kernel.now())
    except (exchange.TableRefusedError, trust.DeviceRefusedError) as refused:
        messages.error(request, str(refused))
        return redirect("desk:devices")
    said = ngettext("%(n)s device is written down.", "%(n)s devices are written down.", taken.made) % {"n": taken.made}
    (messages.success if taken.made else messages.warning)(request, said)
    if not taken.wrong:
        return redirect("desk:devices")
    aside = [[*one.cells, str(one.line), one.problem] for one in taken.wrong]
    columns = [*table.header, _("Line"), _("What is wrong with it")]
    context = {
        **accounts.desk_shell(actor, "devices"),
        "columns": columns[-2:] + columns[:-2],  # what is wrong is seen first, on a telephone too
        "rows": [line[-2:] + line[:-2] for line in aside],
        "content": json.dumps([columns, *aside], ensure_ascii=False),
    }
    return render(request, "site/desk/devices_aside.html", context, status=422)


@require_POST
@desk(KEEP)
def aside(request: HttpRequest, _actor: accounts.Actor) -> HttpResponse:
    """Hand back the rows that were left out with what is wrong; the same file, corrected, is taken in again."""
    return rows_back(request, "desk:devices", MOST)


def _line(one: trust.Device, policy: trust.AskLess) -> list[str]:
    said = {
        "unit": accounts.unit(one.unit_id).name,
        "area": str(getattr(one.division, "name", "")),
        "kind": policy.kinds[one.kind].name if one.kind in policy.kinds else one.kind,
        "place": policy.places[one.place].name if one.place in policy.places else one.place,
        "state": str(one.get_state_display()),
        "review_on": one.review_on.isoformat() if one.review_on else "",
    }
    return [said.get(name, str(getattr(one, name, ""))) for name in trust.device_columns()]
