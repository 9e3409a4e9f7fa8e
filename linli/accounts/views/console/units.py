"""Units and posts of the area."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts import slots
from linli.accounts.actions.posts import save_post
from linli.accounts.actions.units import close_unit, create_unit
from linli.accounts.forms import UNIT_KINDS, PostForm, UnitForm
from linli.accounts.models import Post
from linli.accounts.queries import console as lists
from linli.accounts.rules.actor import Actor
from linli.accounts.views.console.guard import attempt, attempt_here, console, page
from linli.kernel import api as kernel


@require_GET
@console
def units(request: HttpRequest, actor: Actor) -> HttpResponse:
    """List the open units."""
    rows = [(unit, UNIT_KINDS[unit.kind]) for unit in lists.managed_units(actor)]
    return page(request, actor, "units", {"tab": "units", "rows": rows})


@require_http_methods(["GET", "POST"])
@console
def new_unit(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Open a unit."""
    form = UnitForm(request.POST if request.method == "POST" else None, actor=actor)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        parent = values.pop("parent")

        def deed() -> None:
            area = {"division_id": parent.division_id, "parent_id": parent.pk}
            create_unit(**values, **area, by=actor, now=kernel.now())

        if attempt(form, "code", deed):
            messages.success(request, _("The unit is open."))
            return redirect("accounts_units")
    return page(request, actor, "new", {"tab": "units", "form": form, "title": _("New unit")})


@require_POST
@console
def close(request: HttpRequest, actor: Actor, code: str) -> HttpResponse:
    """Close a unit: its posts end to count at once."""
    unit = lists.managed_units(actor).filter(code=code).first()
    if unit is None:
        raise Http404
    attempt_here(request, lambda: close_unit(unit=unit, by=actor, now=kernel.now()), _("The unit is closed."))
    return redirect("accounts_units")


@require_GET
@console
def posts(request: HttpRequest, actor: Actor) -> HttpResponse:
    """List the posts."""
    labels = {capability.code: capability.label for capability in slots.capabilities.all()}
    rows = [(row, [labels.get(code, code) for code in row.capabilities]) for row in Post.objects.order_by("name")]
    return page(request, actor, "posts", {"tab": "posts", "rows": rows})


@require_http_methods(["GET", "POST"])
@console
def post(request: HttpRequest, actor: Actor, code: str) -> HttpResponse:
    """Change what a post may do."""
    row = get_object_or_404(Post, code=code)
    initial = {
        "name": row.name,
        "capabilities": row.capabilities,
        "needs_second_factor": row.needs_second_factor,
    }
    form = PostForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():

        def deed() -> None:
            save_post(code=row.code, **form.cleaned_data, by=actor, now=kernel.now())

        if attempt(form, "capabilities", deed):
            messages.success(request, _("The post is saved; it counts from the next request."))
            return redirect("accounts_posts")
    return page(request, actor, "new", {"tab": "posts", "form": form, "title": row.name})
