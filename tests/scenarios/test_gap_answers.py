"""Story: what is asked for at a door, whom the answer reaches, and what is never asked."""

import pytest

from linli.registry import api as registry
from linli.sheets import api as sheets
from linli.sheets.models import Gap
from linli.sheets.queries.filled import read_lines
from tests.basetown import planted
from tests.duties import MONDAY
from tests.sharingtown import allow
from tests.sheetstown import POSTS, chosen_form, listed


@pytest.fixture
def worker(town, clock):
    """Old Wu at home; one of the community fills forms and answers at the doors."""
    planted(town, MONDAY)
    for code, more in POSTS.items():
        allow(code, more, MONDAY)
    return town.actor("community_worker", MONDAY)


def asked(form, by, now=MONDAY):
    return sheets.ask_gaps(form_id=form.pk, missing=sheets.missing_of(form, by=by, now=now), by=by, now=now)


def cells(form, by, now=MONDAY):
    """Return the only row of a form as it stands, by the names of its columns."""
    part = form.parts.get()
    reading = read_lines(part, list(part.lines.all()), by=by, now=now, read=registry.fill)
    return dict(zip([one.label for one in reading.columns], reading.rows[0], strict=True))


def test_nobody_is_asked_for_a_card_that_he_has_not(town, clock, worker):
    form = chosen_form(town, listed("姓名", "身份证号", "是否残疾", "是否党员"), worker, MONDAY)
    how = {one.label: one.transform for one in form.parts.get().columns.all()}
    assert (how["是否残疾"]["kind"], how["是否党员"]["when"]) == ("flag", ["=", "01"])
    assert asked(form, worker) == 1
    assert Gap.objects.get().element == "political", "whoever has no card is not asked for its number"
