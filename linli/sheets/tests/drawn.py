"""How LibreOffice draws a file: converted, and every word with its place on the page."""

import re
import shutil
import subprocess

import pytest

needs_office = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")), reason="LibreOffice is not here"
)


def convert(folder, to, *names):
    """Convert files of a folder, in place."""
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", to]
    files = [folder / name for name in names]
    subprocess.run([*command, "--outdir", folder, *files], check=True, capture_output=True, timeout=120)


def words_of(pdf):
    """Return every word of a document as (page, x, y, word)."""
    said = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True, text=True).stdout
    found, page = [], 0
    for line in said.splitlines():
        page += "<page " in line
        if word := re.search(r'<word xMin="([\d.]+)" yMin="([\d.]+)".*?>(.*)</word>', line):
            found.append((page, word[1], word[2], word[3].replace("&amp;", "&")))
    return found
