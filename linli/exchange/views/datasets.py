"""The catalogue at the desk: data sets with state, lateness and quality; one with its mapping, runs and uploads."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.exchange import tasks
from linli.exchange.actions.collect import read_file
from linli.exchange.actions.sources import DatasetDraft, save_dataset
from linli.exchange.forms.sources import DatasetForm, UploadForm
from linli.exchange.models import Connection, Dataset
from linli.exchange.queries.datasets import (
    catalogue,
    dataset_lines,
    datasets_for,
    late_since,
    quality_history,
    stopped_run,
)
from linli.exchange.queries.exporting import grade_of_dataset
from linli.exchange.queries.loads import interrupted_loads
from linli.exchange.queries.sources_sight import SOURCES
from linli.exchange.rules.catalogue import CYCLES, SHARING
from linli.exchange.rules.refusals import ExchangeRefusedError
from linli.exchange.rules.run_states import LABELS, TONES
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.trust import api as trust

SHOWN_RUNS = 20


@trust.staff(SOURCES)
def datasets(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """List the data sets, late ones first."""
    lines, interrupted = dataset_lines(actor, kernel.now()), interrupted_loads(actor)
    dead = {run.dataset_id for run in interrupted}
    rows = [
        {"line": one, "state": _("Interrupted") if one.dataset.pk in dead else LABELS.get(one.state, ""),
         "tone": "red" if one.dataset.pk in dead else TONES.get(one.state, ""),
         "scores": scores(one.quality), "cycle": CYCLES[one.dataset.cycle]}
        for one in lines
    ]  # fmt: skip
    context = {
        **accounts.desk_shell(actor, "sources"),
        "rows": rows,
        "late": sum(bool(one.late_since) for one in lines),
        "interrupted": interrupted,
    }
    return render(request, "exchange/datasets.html", context)


@trust.staff(SOURCES)
def new_dataset(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Put a data set into the catalogue."""
    return _edit(request, actor, None)


@trust.staff(SOURCES)
def change_dataset(request: HttpRequest, actor: accounts.Actor, dataset: str) -> HttpResponse:
    """Change the entry of a data set."""
    return _edit(request, actor, found_dataset(actor, dataset))


@trust.staff(SOURCES)
def dataset(request: HttpRequest, actor: accounts.Actor, dataset: str) -> HttpResponse:
    """Show one data set."""
    return _shown(request, actor, found_dataset(actor, dataset), UploadForm())


@require_POST
@trust.staff(SOURCES)
def upload(request: HttpRequest, actor: accounts.Actor, dataset: str) -> HttpResponse:
    """Read a file; the next page shows what it would change."""
    row = found_dataset(actor, dataset)
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = read_file(dataset=row, content=file.read(), name=file.name, by=actor, now=kernel.now())
        except ExchangeRefusedError as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("exchange:run", run.pk)
    return _shown(request, actor, row, form)


@require_POST
@trust.staff(SOURCES)
def ask_now(request: HttpRequest, actor: accounts.Actor, dataset: str) -> HttpResponse:
    """Let the source be asked at once."""
    row = found_dataset(actor, dataset)
    if waiting := stopped_run(row):
        words = _("Run %(number)d waits: look at its columns, or throw it away. Then the source is asked again.")
        messages.error(request, words % {"number": waiting.number})
        return redirect("exchange:run", waiting.pk)
    if row.connection_id is None:
        messages.error(request, _("There is no connection yet; choose one in the entry."))
    else:
        tasks.collect_soon(row)
        messages.success(request, _("The source is being asked; its run appears here."))
    return redirect("exchange:dataset", row.pk)


@trust.staff(SOURCES)
def catalogue_file(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Hand out the catalogue as DCAT in JSON-LD."""
    home = settings.PUBLIC_URL.rstrip("/") or request.build_absolute_uri("/").rstrip("/")
    found = catalogue(actor, title=_("Catalogue of data sets"), home=home)
    answer = JsonResponse(found, json_dumps_params={"ensure_ascii": False}, content_type="application/ld+json")
    answer["Content-Disposition"] = 'attachment; filename="catalogue.jsonld"'
    return answer


def found_dataset(actor: accounts.Actor, code: str) -> Dataset:
    """Return a data set that somebody looks after; 404 for any other."""
    row = datasets_for(actor).filter(pk=code).select_related("source", "connection").first()
    if row is None:
        raise Http404
    return row


def score_words() -> dict[str, str]:
    """Return the names of the four scores."""
    return {"complete": _("complete"), "valid": _("valid"), "unique": _("unique"), "timely": _("timely")}


def scores(quality: dict[str, float]) -> list[tuple[str, str]]:
    """Return the four scores as (name, per cent)."""
    return [(label, f"{quality[name]:.1%}") for name, label in score_words().items() if name in quality]


def _edit(request: HttpRequest, actor: accounts.Actor, row: Dataset | None) -> HttpResponse:
    visible = trust.visible(actor, SOURCES, Connection.objects.order_by("name"))
    form = DatasetForm(
        request.POST or None, connections=dict(visible.values_list("pk", "name")), dataset=row,
        initial=_initial(row) if row else None,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        code = row.pk if row else said.pop("code")
        division = row.division_id if row else _division(actor)
        kept: dict[str, Any] = {"source": row.source_id, "is_sample": row.is_sample} if row else {}
        try:
            save_dataset(
                draft=DatasetDraft(code=code, **said, **kept), division_id=division, by=actor, now=kernel.now()
            )
        except ExchangeRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The catalogue is up to date."))
            return redirect("exchange:dataset", code)
    context = {**accounts.desk_shell(actor, "sources"), "form": form, "dataset": row}
    return render(request, "exchange/dataset_form.html", context, status=422 if form.errors else 200)


def _initial(row: Dataset) -> dict[str, Any]:
    names = ("name", "provider", "kind", "abstract", "category", "sharing", "condition", "openness", "cycle",
             "resource", "cursor_column", "overlap", "every_minutes")  # fmt: skip
    return {**{name: getattr(row, name) for name in names}, "connection": row.connection_id or "",
            "department": row.source.department}  # fmt: skip


def _division(actor: accounts.Actor) -> int:
    return next(one.division_id for one in actor.holdings if SOURCES in one.capabilities)


def _shown(request: HttpRequest, actor: accounts.Actor, row: Dataset, form: UploadForm) -> HttpResponse:
    elements = registry.elements_of(row.kind)
    history = quality_history(row)
    runs = [(one, LABELS[one.state], TONES[one.state]) for one in row.runs.order_by("-number")[:SHOWN_RUNS]]
    context = {
        **accounts.desk_shell(actor, "sources"),
        "dataset": row,
        "form": form,
        "late_since": late_since(row, kernel.now()),
        "stopped": stopped_run(row),
        "cycle": CYCLES[row.cycle],
        "sharing": SHARING[row.sharing],
        "kind": registry.KINDS[row.kind].label,
        "grade": trust.GRADE_WORDS[grade_of_dataset(row)],
        "columns": [{"label": _("Column")}, {"label": _("Data element")}, {"label": _("Row key")}],
        "mapping": [
            [one["column"], elements[one["element"]].label if one["element"] in elements else one["element"],
             "✓" if one["column"] in row.keys else ""]
            for one in row.mapping
        ] + [[name, "", "✓"] for name in row.keys if name not in {one["column"] for one in row.mapping}],
        "runs": runs,
        "chart": {
            "categories": [f"{timezone.localtime(one.started_at):%m-%d} #{one.number}" for one in history],
            "series": [
                {"name": label, "values": [round(100 * one.quality.get(name, 0), 1) for one in history]}
                for name, label in score_words().items()
            ],
        },
    }  # fmt: skip
    return render(request, "exchange/dataset.html", context, status=422 if form.errors else 200)
