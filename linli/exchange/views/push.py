"""What is done with the deliveries of a grant on its page: a new secret, and sending again what was given up."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.exchange.actions.use import USE
from linli.exchange.models import PushDelivery
from linli.exchange.views.grants import one_grant
from linli.kernel import api as kernel
from linli.trust import api as trust


@require_POST
@trust.staff(USE)
def secret(request: HttpRequest, actor: accounts.Actor, grant_id: UUID) -> HttpResponse:
    """Make the secret that signs deliveries, and show it this once."""
    row = one_grant(actor, grant_id)
    try:
        made = exchange.begin_push(grant_id=row.pk, by=actor, now=kernel.now())
    except exchange.RefusedError as refused:
        messages.error(request, str(refused))
        return redirect("exchange:grant", grant_id=row.pk)
    context = {
        **accounts.desk_shell(actor, "sharing"), "row": row, "secret": made,
        "back": reverse("exchange:grant", args=[row.pk]),
    }  # fmt: skip
    return render(request, "exchange/push_secret.html", context)


@require_POST
@trust.staff(USE)
def again(request: HttpRequest, actor: accounts.Actor, grant_id: UUID) -> HttpResponse:
    """Send one delivery again."""
    row = one_grant(actor, grant_id)
    number = request.POST.get("sequence", "")
    sequence = int(number) if number.isdecimal() else 0
    delivery = PushDelivery.objects.filter(push__grant=row, sequence=sequence).first()
    try:
        if delivery is None:
            raise exchange.NotGrantedError
        exchange.send_again(delivery_id=delivery.pk, by=actor, now=kernel.now())
        messages.success(request, _("It is sent again now."))
    except exchange.RefusedError as refused:
        messages.error(request, str(refused))
    return redirect("exchange:grant", grant_id=row.pk)
