"""Photos and PDFs beside a correction: judged by content, sealed, opened by two units on record, gone in time."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from linli.exchange import api as exchange
from linli.exchange.actions.papers import forget_evidence
from linli.exchange.models import Correction, Paper
from linli.exchange.rules.papers import LONGEST_SIDE, clean_paper
from linli.exchange.tests.places import NOW, TODAY, kept_wu
from linli.registry import api as registry
from linli.registry.tests.factories import ledger
from linli.trust import api as trust

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n%%EOF\n"
GPS, MAKER = 34853, 271  # numbers of EXIF tags


def photo(size=(40, 20)):
    image, exif, out = Image.new("RGB", size, "white"), Image.Exif(), io.BytesIO()
    exif[MAKER], exif[GPS] = "Canon-geheim", {1: "N", 2: (30.0, 1.0, 2.0)}
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def files():
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def row(place):
    wu = kept_wu(place.ground.grids["xuefu1"])
    papers = [clean_paper(photo()), clean_paper(PDF)]
    finding = exchange.Finding(wu, "birth_date", "1941-03-12", "看过户口簿原件", TODAY, "户口簿", papers)
    return exchange.propose_correction(finding=finding, by=place.actor("worker"), now=NOW)


@pytest.fixture
def desk(client, place):
    def sign_in(name):
        client.force_login(place.people[name])
        return client

    with time_machine.travel(NOW, tick=True):
        yield sign_in


def opened(place, paper, name):
    return exchange.open_paper(paper_id=paper.pk, by=place.actor(name), now=NOW)


def test_a_photo_loses_place_and_camera_and_is_sealed(place, row):
    first, second = row.papers.order_by("id")
    kind, content = opened(place, first, "worker")
    assert kind == "photo"
    assert not Image.open(io.BytesIO(content)).getexif()
    assert b"geheim" not in content
    assert opened(place, second, "police") == ("pdf", PDF)
    assert len(files()) == 2
    assert not any(form in path.read_bytes() for path in files() for form in (b"PDF", b"JFIF", b"geheim"))


def test_a_large_photo_is_made_smaller():
    assert max(Image.open(io.BytesIO(clean_paper(photo((3000, 100))).content)).size) == LONGEST_SIDE


WRONG = {
    "nothing": b"", "a page": b"<html>", "a GIF": b"GIF89a" + bytes(40), "a torn PDF": b"%PDF-1.7 torn",
    "a torn photo": photo()[:200], "too large": b"%PDF-1.7" + bytes(10_000_001),
}  # fmt: skip


@pytest.mark.parametrize("content", WRONG.values(), ids=WRONG)
def test_what_is_neither_is_refused_by_its_content(content):
    with pytest.raises(exchange.TermsRefusedError) as refused:
        clean_paper(content)
    assert refused.value.field == "papers"


@pytest.mark.parametrize("name", ["data", "asker", "health"])
def test_nobody_else_opens_it(place, row, name):
    with pytest.raises(trust.NotAllowed):
        opened(place, row.papers.first(), name)


def test_each_opening_stands_in_the_ledger(place, row):
    opened(place, row.papers.first(), "police")
    *_before, entry = ledger(object_kind="paper")
    assert (entry.action, entry.case_ref, list(entry.subjects)) == (
        "reveal", row.number, [registry.subject_of(row.entity_id)],
    )  # fmt: skip


def test_four_at_most_and_only_while_it_waits(place, row):
    worker, one = place.actor("worker"), clean_paper(PDF)
    exchange.add_papers(correction_id=row.pk, papers=[one, one], by=worker, now=NOW)
    with pytest.raises(exchange.TermsRefusedError):
        exchange.add_papers(correction_id=row.pk, papers=[one], by=worker, now=NOW)
    with pytest.raises(trust.NotAllowed):
        exchange.add_papers(correction_id=row.pk, papers=[one], by=place.actor("police"), now=NOW)
    exchange.confirm_correction(correction_id=row.pk, by=place.actor("police"), now=NOW)
    with pytest.raises(exchange.TermsRefusedError):
        exchange.add_papers(correction_id=row.pk, papers=[one], by=worker, now=NOW)
    assert Paper.objects.count() == 4


def test_a_year_after_its_end_the_evidence_is_gone_and_the_figure_stays(place, row):
    exchange.refuse_correction(correction_id=row.pk, words="与底册一致", by=place.actor("police"), now=NOW)
    assert forget_evidence(now=NOW + timedelta(days=365)) == 0
    assert forget_evidence(now=NOW + timedelta(days=367)) == 1
    assert forget_evidence(now=NOW + timedelta(days=367)) == 0
    assert (files(), Paper.objects.count()) == ([], 0)
    left = Correction.objects.get()
    assert (left.state, left.evidence.reveal(), left.reference, left.answer) == ("refused", "", "", "与底册一致")


def test_what_waits_keeps_its_evidence(row):
    assert forget_evidence(now=NOW + timedelta(days=800)) == 0
    assert len(files()) == 2


@pytest.mark.slow
def test_it_is_sent_with_the_correction_and_opened_from_its_page(desk, place):
    wu = kept_wu(place.ground.grids["xuefu1"])
    here = f"/desk/base/{wu}/correct/birth_date"
    form = {"value": "1941-03-12", "evidence": "看过户口簿原件", "seen_on": "2026-11-23"}
    wrong = desk("worker").post(here, {**form, "papers": SimpleUploadedFile("a.jpg", b"no photo")})
    assert wrong.status_code == 422
    assert "看过户口簿原件" in wrong.content.decode(), "nothing that was written is lost"
    assert 'enctype="multipart/form-data"' in wrong.content.decode()
    sent = [SimpleUploadedFile("a.jpg", photo()), SimpleUploadedFile("b.pdf", PDF)]
    page = desk("worker").post(here, {**form, "papers": sent}).url
    first, second = Paper.objects.order_by("id")
    for name in ("worker", "police"):
        shown = desk(name).get(page).content.decode()
        assert f"/desk/corrections/papers/{first.pk}" in shown
        assert ('papers"' in shown) is (name == "worker"), "who proposed adds, who answers does not"
    answer = desk("police").get(f"/desk/corrections/papers/{second.pk}")
    assert (answer.content, answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        PDF, "application/pdf", "nosniff",
    )  # fmt: skip
    assert answer["Content-Disposition"].startswith("attachment")
    assert "papers/" not in desk("data").get(page).content.decode()
    assert desk("data").get(f"/desk/corrections/papers/{second.pk}").status_code in {403, 404}


def test_papers_are_added_later_and_a_refused_one_is_said(desk, row):
    there = f"/desk/corrections/{row.pk}/papers"
    desk("worker").post(there, {"papers": SimpleUploadedFile("c.pdf", PDF)})
    assert Paper.objects.count() == 3
    said = desk("worker").post(there, {"papers": SimpleUploadedFile("c.exe", b"MZ")}, follow=True).content.decode()
    assert "PDF" in said
    assert desk("worker").post(there, {}, follow=True).status_code == 200
    assert Paper.objects.count() == 3
