"""Two installations see nothing of each other: what one gave out opens nothing at the other, where the same live."""

import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client, override_settings

from linli.accounts import api as accounts
from linli.events.models import Reporter
from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.registry.models import Entity, SourceRecord
from tests import town as town_of_tests
from tests.basetown import say
from tests.duties import MONDAY
from tests.house.reading import refuse
from tests.house.routes import ask, fill, leaks, routes

pytestmark = pytest.mark.slow

FOUND = 200


@dataclass
class TakenAlong:
    """What somebody carries from one installation to the other."""

    cookies: dict[str, str]
    key: str
    values: dict[str, list[Any]]
    sealed: list[tuple[bytes, str, str]]  # blob, context, what it says
    cursor: str
    token: str


@contextmanager
def installation(secret: str, folder: Path):
    """Be an installation with a key ring and a secret key of its own; nothing stays in the database."""
    os.environ["LINLI_KEY_RING"] = str(folder / f"{secret}.json")
    kernel.forget_keys()
    with override_settings(SECRET_KEY=secret * 60), transaction.atomic():
        yield town_of_tests.build()
        transaction.set_rollback(True)


def sealed_texts() -> list[tuple[bytes, str, str]]:
    entity = next(one for one in Entity.objects.filter(kind="person") if one.sealed)
    record = SourceRecord.objects.all()[:1].get()
    reporter = Reporter.objects.all()[:1].get()
    columns = [(entity, "sealed"), (record, "payload"), (reporter, "phone")]
    return [
        (getattr(row, name).blob(), row._meta.get_field(name).context, getattr(row, name).reveal())
        for row, name in columns
    ]


def take_along(built: Any) -> TakenAlong:
    town = built.town
    home = Client()
    home.force_login(town.people["keeper"])
    issued = accounts.issue_token(holding=town.holdings["keeper"], name="本地系统", by=accounts.SYSTEM, now=MONDAY)
    keeper = town.actor("keeper")
    for number in range(31):
        say("police", "person", f"T{number}", MONDAY, name="钱七", area_code=town.grids[0].code)
    page = registry.look_through(wanted=registry.Wanted(), by=keeper, now=MONDAY)
    assert home.get("/desk/base").status_code == FOUND, "the cookie opens a page where it comes from"
    return TakenAlong(
        cookies={name: morsel.value for name, morsel in home.cookies.items()}, key=issued.raw, values=built.values,
        sealed=sealed_texts(), cursor=page.next_cursor, token=accounts.phone_token("13800001111"),
    )  # fmt: skip


def test_what_one_installation_gave_out_opens_nothing_at_the_other(db, keys_in_memory, tmp_path):
    with installation("a", tmp_path) as built:
        theirs = take_along(built)
        assert all(kernel.unseal(blob, context=context) == text for blob, context, text in theirs.sealed)
    with installation("b", tmp_path) as built:
        for blob, context, _text in theirs.sealed:
            with pytest.raises(kernel.UnreadableError):
                kernel.unseal(blob, context=context)
        assert accounts.phone_token("13800001111") != theirs.token
        with pytest.raises(kernel.CursorError):
            registry.look_through(
                wanted=registry.Wanted(), by=built.town.actor("keeper"), now=MONDAY, cursor=theirs.cursor
            )
        refuse([*_opened_by_cookie_or_key(theirs, built), *_opened_by_ids(theirs, built)], "Whose is it?")


def _opened_by_cookie_or_key(theirs: TakenAlong, built: Any) -> list[str]:
    """Walk through every address of this installation with the session and the key of the other."""
    guest, key = Client(), Client(headers={"Authorization": f"Bearer {theirs.key}"})
    guest.cookies.load(theirs.cookies)
    found = []
    for name, home in (("session", guest), ("key", key)):
        for route in routes():
            path = route.path(fill(route, built.values)[0])
            answer = ask(home, route, path, "get")
            found += [f"the {name}: {answer.request} shows {one.what}" for one in leaks(answer, built.secrets)]
    return found


def _opened_by_ids(theirs: TakenAlong, built: Any) -> list[str]:
    """Ask for the rows of the other installation by their ids, as everybody who works here."""
    found, asked = [], 0
    uuids = {name: [one for one in some if isinstance(one, UUID)] for name, some in theirs.values.items()}
    for route in (one for one in routes() if len(one.parameters) == 1 and uuids.get(one.parameters[0])):
        (name,) = route.parameters
        for worker in ("keeper", "dispatcher", "community_worker", "linker", "officer"):
            home = Client()
            home.force_login(built.town.people[worker])
            answer = ask(home, route, route.path({name: uuids[name][0]}), "get")
            asked += 1
            found += [f"{worker}: {answer.request} is there"] if answer.status == FOUND else []
    assert asked > 50
    return found
