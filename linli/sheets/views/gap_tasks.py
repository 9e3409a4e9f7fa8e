"""Tasks for a device without a network, and the answers that it brings back: docs/reference/gap-tasks.md."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from pydantic import BaseModel, ValidationError

from linli.accounts import api as accounts
from linli.kernel import api as kernel
from linli.sheets.actions.offline import take_answers
from linli.sheets.queries.gap_tasks import tasks_for
from linli.sheets.queries.gaps import ANSWER
from linli.sheets.rules.gap_tasks import GapAnswers, GapResults, GapTasks
from linli.trust import api as trust

JSON, LONGEST_BODY = "application/json", 2_000_000


@trust.staff(ANSWER)
def tasks(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Hand out what is asked in the area of who asks, to be answered without a network."""
    try:
        found = tasks_for(actor, cursor=request.GET.get("cursor") or None, now=kernel.now())
    except kernel.CursorError as wrong:
        return JsonResponse({"detail": str(wrong)}, status=400)
    return HttpResponse(found.model_dump_json(), content_type=JSON)


@require_POST
@trust.staff(ANSWER)
def answers(request: HttpRequest, actor: accounts.Actor) -> HttpResponse:
    """Take many answers at once; each is taken or refused with a sentence."""
    if len(request.body) > LONGEST_BODY:
        return JsonResponse({"detail": _("This is more than can be taken at once. Send it in parts.")}, status=413)
    try:
        said = GapAnswers.model_validate_json(request.body)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False, include_context=False)[:20]
        return JsonResponse({"detail": _("This is not written as the format says."), "wrong": first}, status=422)
    results = take_answers(answers=said.answers, by=actor, now=kernel.now())
    return HttpResponse(GapResults(results=results).model_dump_json(), content_type=JSON)


@trust.staff(ANSWER)
def schema(_request: HttpRequest, _actor: accounts.Actor) -> HttpResponse:
    """Say how tasks, answers and results are written, as JSON Schema."""
    told: dict[str, type[BaseModel]] = {"tasks": GapTasks, "answers": GapAnswers, "results": GapResults}
    return JsonResponse({name: one.model_json_schema() for name, one in told.items()})
