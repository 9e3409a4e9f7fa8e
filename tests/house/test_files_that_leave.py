"""Files with people in them leave through the one room of trust; whoever else writes a table is named here.

Rules of delivery make bytes of a form and open nothing: whoever calls them holds what `trust.take_out` let leave.
"""

import re
from functools import cache

from tests.house.reading import HOUSE, refuse

DELIVERY = "sheets/rules/delivery/"
FILLS = re.compile(r"\bfill_(?:workbook|document|csv|foreign_workbook)\(|\bsheets\.as_(?:csv|json)\(")
TAKES_OUT = re.compile(r"\btrust\.take_out\(")
WRITES = re.compile(r"\bWorkbook\(|\bcsv\.writer\(|text/csv|\b(?:as_csv|as_workbook|table_out)\(")
ROOM = {"trust/rules/files.py", "trust/actions/hand_out.py"}
# Tables without a person in them: what is in each.
WITHOUT_PEOPLE = {
    "events/queries/standard_files.py": "matters of the duty list",
    "exchange/actions/demo.py": "a made-up source, in memory",
    "exchange/queries/datasets.py": "the media type of a catalogue entry",
    "exchange/queries/opening.py": "the media type of open data",
    "exchange/views/open_data.py": "counts of open data, small ones suppressed",
    "insight/exports.py": "measures of units",
    "sheets/exports.py": "what forms cost by issuing office, and blank forms",
    "sheets/rules/drawing.py": "a blank form",
    "sheets/rules/xlsforms.py": "questions of a form and their codes",
    "site/plugins/bench_first_load.py": "made-up rows of a benchmark",
    "site/plugins/bench_forms.py": "a blank form, and made-up rows of a benchmark",
    "site/views/device_tables.py": "devices at doors and the units that answer for them",
    "site/views/exports.py": "what `table_out` is given, and who gives it is named here",
    "site/views/place_name_tables.py": "names of places",
    "trust/views/activities.py": "the register of processing activities",
}


@cache
def texts():
    files = (file for file in HOUSE.rglob("*.py") if "tests" not in file.parts)
    return {str(file.relative_to(HOUSE)): file.read_text("utf-8") for file in files}


@cache
def writers():
    """Return who writes a table, or has a form filled, and does not let it leave through trust."""
    outside = {name: text for name, text in texts().items() if name not in ROOM and not name.startswith(DELIVERY)}
    tables = {name for name, text in outside.items() if WRITES.search(text)}
    return tables | {name for name, text in outside.items() if FILLS.search(text) and not TAKES_OUT.search(text)}


def test_nobody_else_writes_tables_with_people_in_them():
    refuse(sorted(writers() - set(WITHOUT_PEOPLE)), "Let the list leave through trust.take_out (slot `exports`).")
    refuse(sorted(set(WITHOUT_PEOPLE) - writers()), "These write no table any more: take them out of the list.")


def test_rules_of_delivery_only_make_bytes():
    own = {name: text for name, text in texts().items() if name.startswith(DELIVERY)}
    assert own
    reads = re.compile(r"^from linli\.(?!kernel import api|sheets\.rules)|^from django\.(?!utils\.)", re.MULTILINE)
    refuse([name for name, text in own.items() if reads.search(text)], "They make bytes of what they are given.")
