"""Story: what is asked for at a door, whom the answer reaches, and what is never asked."""

from datetime import date, timedelta

import pytest

from linli.accounts import api as accounts
from linli.registry import api as registry
from linli.sheets import api as sheets
from linli.sheets.actions.forget import forget_answers
from linli.sheets.models import Answer, FormStep, Gap
from linli.sheets.queries.filled import read_lines
from linli.sheets.queries.gaps import ANSWER_HOLDS, gap_counts
from tests.basetown import planted, say
from tests.duties import MONDAY
from tests.sharingtown import allow
from tests.sheetstown import POSTS, chosen_form, colleague, listed

GRID = "990101001001"  # the community itself


@pytest.fixture
def worker(town, clock):
    """Old Wu at home; one of the community fills forms and answers at the doors."""
    planted(town, MONDAY)
    for code, more in POSTS.items():
        allow(code, more, MONDAY)
    return town.actor("community_worker", MONDAY)


def asked(form, by, now=MONDAY):
    """Ask for what a form lacks; return how many questions are new, and how many cells an answer was there for."""
    done = sheets.ask_gaps(form_id=form.pk, missing=sheets.missing_of(form, by=by, now=now), by=by, now=now)
    return done.new, done.handed


def cells(form, by, now=MONDAY):
    """Return the only row of a form as it stands, by the names of its columns."""
    part = form.parts.get()
    reading = read_lines(part, list(part.lines.all()), by=by, now=now, read=registry.fill)
    return dict(zip([one.label for one in reading.columns], reading.rows[0], strict=True))


def test_nobody_is_asked_for_a_card_that_he_has_not(town, clock, worker):
    form = chosen_form(town, listed("姓名", "身份证号", "是否残疾", "是否党员"), worker, MONDAY)
    how = {one.label: one.transform for one in form.parts.get().columns.all()}
    assert (how["是否残疾"]["kind"], how["是否党员"]["when"]) == ("flag", ["=", "01"])
    assert asked(form, worker) == (1, 0)
    assert Gap.objects.get().element == "political", "whoever has no card is not asked for its number"


def answered(element, value, by, now=MONDAY):
    gap = Gap.objects.get(element=element, state="asked")
    return sheets.answer_gap(gap_id=gap.pk, value=value, evidence="", by=by, now=now)


@pytest.fixture
def unborn(worker):
    """A neighbour whose day of birth and telephone nobody has told yet."""
    return neighbour(1)


def neighbour(number):
    return say("police", "person", f"N{number}", MONDAY, name=f"邻居{number}", sex="1", address="青石巷八号院",
               area_code=GRID)  # fmt: skip


def everybody(town, content, by):
    """Bring a form for everybody of the community who is called a neighbour."""
    return chosen_form(town, content, by, MONDAY, words="邻居")


def test_one_answer_fills_every_column_that_asks_for_it(town, worker, unborn):
    form = everybody(town, listed("姓名", "出生日期", "年龄"), worker)
    asked(form, worker)
    answered("birth_date", "1950-03-01", worker)
    row = cells(form, worker)
    assert (row["出生日期"], row["年龄"]) == ("1950-03-01", "76")


def test_a_column_whose_rule_does_not_fit_the_answer_stays_open(town, worker, unborn):
    form = everybody(town, listed("姓名", "是否党员"), worker)
    asked(form, worker)
    column = form.parts.get().columns.get(path=["是否党员"])
    column.transform = {**column.transform, "when": ["like", "01"]}
    column.save(update_fields=["transform"])
    answered("political", "13", worker)
    assert cells(form, worker)["是否党员"] is None
    assert not Answer.objects.exists(), "nothing is written where the rule of a column finds nothing"


WAYS = {
    "dropped": (sheets.drop_form,), "checking": (sheets.hand_in,), "checked": (sheets.hand_in, sheets.check_form),
    "delivered": (sheets.hand_in, sheets.check_form, sheets.deliver_form),
}  # fmt: skip


def later(form, state, by, other):
    """Take a form so far on its way."""
    for step in WAYS[state]:
        step(form_id=form.pk, by=other if step is sheets.check_form else by, now=MONDAY)
    form.refresh_from_db()
    assert form.state == state


@pytest.mark.parametrize("state", ["checking", "checked", "delivered", "dropped"])
def test_an_answer_does_not_change_a_form_that_was_handed_in(town, worker, unborn, state):
    other = accounts.actor_for(colleague(town, MONDAY), on=MONDAY.date())
    done, open_form = (everybody(town, listed("姓名", "文化程度", title=one), worker) for one in ("一月表", "二月表"))
    assert [asked(one, worker) for one in (done, open_form)] == [(1, 0), (0, 0)]
    later(done, state, worker, other)
    answered("education", "70", worker)
    assert cells(open_form, worker)["文化程度"] == "初级中学教育"
    assert not Answer.objects.filter(column__part__form=done).exists(), "what was checked is what is delivered"
    told = FormStep.objects.filter(form=done, step="late").values_list("words", flat=True)
    assert list(told) == ([] if state == "dropped" else ["学历"]), "the form says that an answer came too late"


def test_an_answer_that_its_owner_has_not_confirmed_yet_is_handed_to_the_next_form(town, worker, unborn):
    first, second = (everybody(town, listed("姓名", "文化程度", title=one), worker) for one in ("民政表", "教育表"))
    assert asked(first, worker) == (1, 0)
    answered("education", "70", worker)
    assert cells(second, worker)["文化程度"] is None, "the base still does not know"
    assert asked(second, worker) == (0, 1)
    assert cells(second, worker)["文化程度"] == "初级中学教育"
    typed = Answer.objects.get(column__part__form=second)
    assert (typed.by_id, typed.at) == (worker.person_id, MONDAY), "who found it out, and when"
    assert Gap.objects.count() == 1, "the household is asked once"
    assert asked(second, worker) == (0, 0)
    assert asked(first, worker) == (0, 0)


def test_what_cannot_be_had_is_not_asked_again(town, worker, unborn):
    first, second = (everybody(town, listed("姓名", "文化程度", title=one), worker) for one in ("民政表", "教育表"))
    asked(first, worker)
    sheets.leave_gap(gap_id=Gap.objects.get().pk, by=worker, now=MONDAY)
    assert asked(first, worker) == (0, 0)
    assert asked(second, worker) == (0, 0)
    assert gap_counts(second.pk) == {"not_to_have": 1}, "the officer sees why the cell stays empty"
    later = MONDAY + ANSWER_HOLDS + timedelta(days=1)
    third = everybody(town, listed("姓名", "文化程度", title="明年的表"), worker)
    assert asked(first, worker, later) == (0, 0), "this form has its answer"
    assert asked(third, worker, later) == (1, 0), "another form may ask again when that is long ago"


def test_an_answer_of_long_ago_is_asked_anew_and_forgotten(town, worker, unborn):
    first, second = (everybody(town, listed("姓名", "文化程度", title=one), worker) for one in ("民政表", "教育表"))
    asked(first, worker)
    answered("education", "70", worker)
    later = MONDAY + ANSWER_HOLDS + timedelta(days=1)
    assert forget_answers(now=MONDAY + timedelta(days=1)) == 0
    assert Gap.objects.get().value.reveal() == "70"
    assert forget_answers(now=later) == 1
    assert Gap.objects.get().value is None
    assert forget_answers(now=later) == 0
    assert asked(second, worker, later) == (1, 0)


def test_a_value_that_a_hand_typed_is_not_replaced_by_an_older_answer(town, worker, unborn):
    first, second = (everybody(town, listed("姓名", "出生日期", "年龄", title=one), worker) for one in ("甲", "乙"))
    asked(first, worker)
    answered("birth_date", "1950-03-01", worker)
    part = second.parts.get()
    column = part.columns.get(path=["年龄"])
    sheets.type_in(line_id=part.lines.get().pk, column_id=column.pk, value="77", by=worker, now=MONDAY)
    assert asked(second, worker) == (0, 1)
    row = cells(second, worker)
    assert (row["出生日期"], row["年龄"]) == ("1950-03-01", "77")


@pytest.fixture
def household(town, worker):
    """Two neighbours of one household, whose head has no telephone and of whose household nobody knows the income."""
    home = say("police", "household", "H9", MONDAY, number="990101009", head_name="邻居甲", area_code=GRID)
    head = say("police", "person", "N8", MONDAY, name="邻居甲", sex="1", kinship="02", area_code=GRID)
    child = say("police", "person", "N9", MONDAY, name="邻居乙", sex="1", kinship="20", phone="13900005555",
                area_code=GRID)  # fmt: skip
    ties = [registry.Tie("member_of", one, home, date(2020, 1, 1)) for one in (head, child)]
    registry.relate(ties=ties, source="police", by=accounts.SYSTEM, now=MONDAY)
    return home, head, child


def by_name(form, by):
    part = form.parts.get()
    reading = read_lines(part, list(part.lines.all()), by=by, now=MONDAY, read=registry.fill)
    labels = [one.label for one in reading.columns]
    return {row[0]: dict(zip(labels, row, strict=True)) for row in reading.rows}


def test_what_is_missing_of_a_household_or_its_head_is_asked_once_and_fills_every_row(town, worker, household):
    home, head, _child = household
    form = everybody(town, listed("姓名", "联系电话", "户主联系电话", "家庭年收入（元）"), worker)
    asks = [one.element for one in form.parts.get().columns.order_by("index")]
    assert asks[2:] == ["person.household.head.phone", "person.household.income"]
    assert asked(form, worker) == (2, 0), "the head's telephone is asked for two columns, the income for two rows"
    gaps = {(one.entity_id, one.element, one.visit) for one in Gap.objects.all()}
    assert gaps == {(head, "phone", home), (home, "income", home)}, "one visit answers both"
    assert set(Gap.objects.values_list("community", flat=True)) == {town.divisions["nanyuan"].pk}
    answered("phone", "13900004444", worker)
    answered("income", "36000", worker)
    rows = by_name(form, worker)
    assert [rows[name]["户主联系电话"] for name in ("邻居甲", "邻居乙")] == ["13900004444"] * 2
    assert [rows[name]["家庭年收入（元）"] for name in ("邻居甲", "邻居乙")] == ["36000"] * 2
    assert (rows["邻居甲"]["联系电话"], rows["邻居乙"]["联系电话"]) == ("13900004444", "13900005555")

    other = everybody(town, listed("户主姓名", "姓名", "户主联系电话", title="另一张表"), worker)
    assert asked(other, worker) == (0, 2), "the next form has it, through the same way"


def test_what_is_missing_of_somebody_out_of_sight_is_not_asked(town, worker, household):
    owner = say("police", "person", "N7", MONDAY, name="房主", area_code=town.grids[2].code)
    house = say("police", "house", "F9", MONDAY, address="邻居巷1号", address_code="F9", area_code=GRID)
    near = say("police", "person", "N6", MONDAY, name="近房主", area_code=GRID)
    close = say("police", "house", "F8", MONDAY, address="邻居巷2号", address_code="F8", area_code=GRID)
    ties = [registry.Tie("owns", owner, house, date(2020, 1, 1)), registry.Tie("owns", near, close, date(2020, 1, 1))]
    registry.relate(ties=ties, source="police", by=accounts.SYSTEM, now=MONDAY)
    form = chosen_form(
        town, listed("房屋地址", "房东姓名", "房东电话", title="房屋台账"), worker, MONDAY, words="邻居巷"
    )
    paths = [one.element for one in form.parts.get().columns.order_by("index")]
    assert paths == ["house.address", "house.owner.name", "house.owner.phone"]
    assert form.parts.get().lines.count() == 2
    asked(form, worker)
    assert [(one.entity_id, one.element) for one in Gap.objects.all()] == [(near, "phone")]
