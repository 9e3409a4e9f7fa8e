"""Files with people in them leave through the one room of trust; whoever else writes a table is named here."""

import re

from tests.house.reading import HOUSE, refuse

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
    "site/views/device_tables.py": "devices at doors and the units that answer for them",
    "site/views/exports.py": "what `table_out` is given, and who gives it is named here",
    "site/views/place_name_tables.py": "names of places",
    "trust/views/activities.py": "the register of processing activities",
}


def writers():
    files = (file for file in HOUSE.rglob("*.py") if "tests" not in file.parts)
    return {str(file.relative_to(HOUSE)) for file in files if WRITES.search(file.read_text("utf-8"))} - ROOM


def test_nobody_else_writes_tables_with_people_in_them():
    refuse(sorted(writers() - set(WITHOUT_PEOPLE)), "Let the list leave through trust.take_out (slot `exports`).")
    refuse(sorted(set(WITHOUT_PEOPLE) - writers()), "These write no table any more: take them out of the list.")
