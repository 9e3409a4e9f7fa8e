"""Story: a form comes under a password; the clerk reads why it can't be read, and finds the file again, alone."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.sheets.actions.unread import KEPT, forget_old_unread
from linli.sheets.models import Form, Unread
from tests.basetown import planted
from tests.duties import MONDAY
from tests.scenarios.acting import AtDesk
from tests.sharingtown import allow
from tests.sheetstown import POSTS, colleague

LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le") + bytes(512)


@pytest.fixture
def clerk(town, clock):
    planted(town, MONDAY)
    for code, more in POSTS.items():
        allow(code, more, MONDAY)
    return AtDesk(town.people["community_worker"])


def sent(clerk, content=LOCKED, name="孤寡老人名册.xlsx"):
    return clerk.browser.post("/desk/forms", {"file": SimpleUploadedFile(name, content)})


def test_a_file_that_could_not_be_read_is_kept_for_who_brought_it(clerk, town, django_capture_on_commit_callbacks):
    answer = sent(clerk)
    assert answer.status_code == 422
    assert "密码保护" in answer.content.decode()
    sent(clerk)
    row = Unread.objects.get()
    shown = clerk.page("/desk/forms")
    assert all(words in shown for words in ("未能读取的文件", "孤寡老人名册.xlsx", "密码保护", "30天后自动删除"))
    again = clerk.browser.get(f"/desk/forms/unread/{row.pk}")
    assert again.content == LOCKED
    assert "no-store" in again["Cache-Control"]
    assert not Form.objects.exists()

    other = AtDesk(colleague(town, MONDAY))
    assert "孤寡老人名册.xlsx" not in other.page("/desk/forms")
    assert other.browser.get(f"/desk/forms/unread/{row.pk}").status_code == 404
    other.browser.post(f"/desk/forms/unread/{row.pk}/forget")
    assert Unread.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        clerk.browser.post(f"/desk/forms/unread/{row.pk}/forget")
    assert not Unread.objects.exists()
    assert not default_storage.exists(row.file.name)


def test_it_is_forgotten_after_a_month(clerk, django_capture_on_commit_callbacks):
    sent(clerk)
    row = Unread.objects.get()
    assert forget_old_unread(now=row.at + KEPT) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_old_unread(now=row.at + KEPT + timedelta(seconds=1)) == 1
    assert not default_storage.exists(row.file.name)
