"""Data sets of a small county, and files as departments send them. All fictional."""

from datetime import UTC, datetime

from linli.accounts import api as accounts
from linli.exchange import api as exchange
from linli.exchange.rules.conversions import OF_TYPE
from linli.registry import api as registry

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
WU_ID, TENANT_ID, LI_ID = "99010119400312122X", "990101199508150010", "990101198001010014"
HEADER = ["编号", "姓名", "身份证号", "联系电话", "民族", "出生日期"]
NAMES = {"姓名": "name", "身份证号": "citizen_id", "联系电话": "phone", "民族": "ethnic", "出生日期": "birth_date"}
ROWS = [
    ["1", "吴桂芳", WU_ID, "13800001111", "汉族", "1940年3月12日"],
    ["2", "王小虎", TENANT_ID, "13800002222", "汉", "1995/8/15"],
]


def make_dataset(ground, code="minzheng", *, names=NAMES, keys=("编号",), header=HEADER, **more):
    """Put a data set of people into the catalogue, mapped."""
    told = {"name": "低保人员", "provider": "民政局", "department": "民政", "kind": "person", "condition": "按职责共享"}
    draft = exchange.DatasetDraft(code=code, **{**told, **more})
    dataset = exchange.save_dataset(draft=draft, division_id=county_of(ground), by=accounts.SYSTEM, now=NOW)
    if not names:
        return dataset
    types = registry.elements_of(draft.kind)
    mapping = [exchange.Mapped(column, element, OF_TYPE[types[element].type]) for column, element in names.items()]
    return exchange.confirm_mapping(
        dataset=dataset, mapping=mapping, keys=list(keys), header=list(header), by=accounts.SYSTEM, now=NOW
    )


def county_of(ground):
    return ground.town.county.id


def table(rows=ROWS, header=HEADER, *, encoding="utf-8", above=()):
    """Return a CSV file."""
    return "\n".join([*above, *(",".join(row) for row in [header, *rows])]).encode(encoding)


def bring(dataset, content, name="低保.csv", *, now=NOW, by=accounts.SYSTEM):
    """Read a file and take it in."""
    return exchange.take_run(
        run=exchange.read_file(dataset=dataset, content=content, name=name, by=by, now=now), by=by, now=now
    )


def figures(run):
    return {name: getattr(run, name) for name in ("rows", "new", "changed", "confirmed", "rejected", "partly")}
