"""Tables of place names at the desk: hand out the list, take one in, hand back the rows that were left out."""

import json
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.kernel import api as kernel
from linli.regions import api as regions
from linli.registry import api as registry
from linli.site.forms.place_names import TableForm
from linli.site.views.exports import rows_back, table_out
from linli.site.views.place_names import KEEP, LONGEST, TABS, rows_for
from linli.site.views.shell import desk

MOST, LARGEST = 20_000, 5 << 20
HEAD = [words[0] for words in registry.NAME_COLUMNS.values()]
KNOWN = [word for words in registry.NAME_COLUMNS.values() for word in words]


@desk(KEEP)
def export(request: HttpRequest, actor: accounts.Actor, form: str) -> HttpResponse:
    """Hand out the names that the address describes, in the columns that can be taken in again."""
    tab = chosen if (chosen := request.GET.get("tab", "")) in TABS else TABS[0]
    rows = rows_for(actor, request.GET.get("find", "").replace("\x00", "")[:LONGEST].strip(), tab)
    lines = [HEAD, *(_line(one) for one in rows.order_by("name", "id")[:MOST])]
    return table_out(lines, f"place-names-{kernel.now():%Y%m%d-%H%M}", form)


@require_POST
@desk(KEEP)
def take_in(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Take a table in: good rows are written down, the others come back with what is wrong."""
    form = TableForm(request.POST, request.FILES)
    if not form.is_valid() or form.cleaned_data["file"].size > LARGEST:
        messages.error(request, _("Choose a CSV or XLSX file of at most 5 MB."))
        return redirect("desk:place-names")
    try:
        table = exchange.read_table(form.cleaned_data["file"].read(), known=KNOWN)
        taken = registry.take_place_names(
            rows=registry.read_name_rows(table.header, table.rows), by=actor, now=kernel.now()
        )
    except (exchange.TableRefusedError, registry.RegistryRefusedError) as refused:
        messages.error(request, str(refused))
        return redirect("desk:place-names")
    said = ngettext("%(n)s name is written down.", "%(n)s names are written down.", taken.made) % {"n": taken.made}
    (messages.success if taken.made else messages.warning)(request, said)
    if not taken.wrong:
        return redirect("desk:place-names")
    aside = [[*one.cells, str(one.line), one.problem] for one in taken.wrong]
    columns = [*table.header, _("Line"), _("What is wrong with it")]
    context = {
        **accounts.desk_shell(actor, "names"),
        "columns": columns[-2:] + columns[:-2],  # what is wrong is seen first, on a telephone too
        "rows": [line[-2:] + line[:-2] for line in aside],
        "content": json.dumps([columns, *aside], ensure_ascii=False),
    }
    return render(request, "site/desk/place_names_aside.html", context, status=422)


@require_POST
@desk(KEEP)
def aside(request: HttpRequest, _actor: accounts.Actor) -> HttpResponse:
    """Hand back the rows that were left out, as the page holds them."""
    return rows_back(request, "desk:place-names", MOST)


def _line(one: regions.PlaceName) -> list[str]:
    if one.address:
        place, inside = one.address.name, regions.division(one.address.division_id).name
    else:
        place, inside = one.division.name if one.division else "", ""
    kind = registry.NAME_KINDS[one.kind][0]
    return [place, inside, one.name, kind, _day(one.valid_from), _day(one.valid_to), one.source]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
