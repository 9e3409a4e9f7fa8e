"""Writes the forms of the test material as files, with their gold: `python -m tests.forms.make FOLDER`.

`python -m tests.forms.make --ship` packs the thirty of the demo county, as `linli evaluate sheets` fills them.
"""

import json
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.forms import (
    afresh,
    another,
    cards,
    decorated,
    development,
    fifth_unseen,
    fourth_unseen,
    further,
    held,
    layered,
    ordinary,
    practice,
    second_unseen,
    third_unseen,
    third_unseen_more,
    unseen,
    varied,
)  # fmt: skip
from tests.forms.writing import gold_of, write

# To work by; the fourth and the fifth exam only judge.
PRACTICE = (
    practice, held, afresh, further, another, decorated, cards, second_unseen, third_unseen, third_unseen_more, varied,
    ordinary, layered,
)  # fmt: skip
PARTS = {
    "development": development.FORMS,
    "practice": tuple(form for some in PRACTICE for form in some.FORMS),
    "unseen": unseen.FORMS,
    "fifth_unseen": fifth_unseen.FORMS,
    "fourth_unseen": fourth_unseen.FORMS,
}
SHIPPED = Path(__file__).resolve().parents[2] / "linli" / "sheets" / "sample" / "forms.zip"
COUNTY = ("development", "unseen")


def make(folder):
    """Write each part into a folder of its own, with gold.json beside the files."""
    for part, forms in PARTS.items():
        place = folder / part
        place.mkdir(parents=True, exist_ok=True)
        gold = [write(form, place) for form in forms]
        (place / "gold.json").write_text(json.dumps(gold, ensure_ascii=False, indent=1), "utf-8")


def gold():
    """Return the gold of all forms as it stands beside the files, without writing any."""
    return [gold_of(form) for forms in PARTS.values() for form in forms]


def ship():
    """Pack the forms of the demo county with their gold."""
    with TemporaryDirectory() as folder, zipfile.ZipFile(SHIPPED, "w", zipfile.ZIP_DEFLATED) as target:
        make(Path(folder))
        for file in sorted(one for part in COUNTY for one in (Path(folder) / part).iterdir()):
            target.write(file, f"{file.parent.name}/{file.name}")


if __name__ == "__main__":
    ship() if sys.argv[1] == "--ship" else make(Path(sys.argv[1]))
