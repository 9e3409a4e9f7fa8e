"""Story: what does grave harm when it leaks leaves for a form with a legal basis only, and never beyond the list."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.sheets.models import Form
from linli.trust.models import LedgerEntry
from tests.basetown import planted, say
from tests.duties import MONDAY
from tests.scenarios.acting import AtDesk
from tests.sharingtown import allow
from tests.sheetstown import POSTS, colleague, listed

NAMES, ACCOUNT = ("姓名", "联系电话", "惠民补贴账号"), "6200990100000018"
BASIS = "《社会救助暂行办法》第十一条"


@pytest.fixture
def worker(town, clock):
    """A worker who may read what is sensitive, for a form that asks for an account."""
    planted(town, MONDAY)
    say("police", "person", "P31", MONDAY, name="周家兴", birth_date="1938-05-06", bank_account=ACCOUNT,
        phone="13900006666", area_code=town.grids[0].code)  # fmt: skip
    for code, more in POSTS.items():
        allow(code, (*more, "registry.sensitive"), MONDAY)
    colleague(town, MONDAY)
    return AtDesk(town.people["community_worker"])


def brought(worker, content, **said):
    file = SimpleUploadedFile("补贴.xlsx", content)
    page = worker.browser.post("/desk/forms", {"file": file, "issuer": "青禾县民政局", **said})["Location"]
    shown = worker.page(page)
    columns = {f"column-{one.pk}": shown.split(f'name="column-{one.pk}"')[1].split('value="')[1].split('"')[0]
               for one in Form.objects.latest("id").parts.get().columns.all()}  # fmt: skip
    assert worker.browser.post(f"{page}/columns", columns).status_code == 302
    return page


def chosen(worker, page, town, **more):
    answer = worker.browser.post(f"{page}/choose", {
        "purpose": "report", "on": "2026-11-16", "part-0-division": town.divisions["nanyuan"].id,
        "part-0-element_0": "birth_date", "part-0-operator_0": "years_from", "part-0-value_0": "80", **more,
    })  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    return worker.page(f"{page}/rows")


def test_an_account_leaves_for_a_form_with_a_basis_only(town, clock, worker):
    page = brought(worker, listed(*NAMES))
    bare = chosen(worker, page, town)
    assert "13900006666" in bare
    assert ACCOUNT not in bare
    assert "没有写明依据" in bare
    told = chosen(worker, page, town, basis=BASIS)
    assert ACCOUNT in told
    assert BASIS in told
    assert LedgerEntry.objects.filter(action="fill", basis=BASIS, elements__contains=["person.bank_account"])


def test_the_basis_is_read_off_the_form_itself(town, clock, worker):
    title = f"根据{BASIS}填报的补贴发放名册"
    page = brought(worker, listed(*NAMES, title=title))
    assert Form.objects.latest("id").basis == BASIS
    assert ACCOUNT in chosen(worker, page, town, basis=BASIS)
