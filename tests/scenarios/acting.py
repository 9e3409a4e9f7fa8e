"""People of the stories at their pages: residents with a phone, staff at a desk, and what the house wrote down."""

import re
from io import BytesIO
from urllib.parse import quote

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from linli.accounts import slots as accounts
from linli.events.models import Event, Track
from linli.kernel.models import JournalEntry
from linli.trust.models import LedgerEntry

WITH_PHONE = 0x8825  # the EXIF block that says where a photo was taken


class AtDesk:
    """Somebody of the staff with a browser that runs no script; each morning they sign in again."""

    def __init__(self, person):
        self.person, self.client = person, Client()

    @property
    def browser(self):
        self.client.force_login(self.person)
        return self.client

    def page(self, path, status=200):
        answer = self.browser.get(path)
        assert answer.status_code == status, (path, answer.status_code)
        return answer.content.decode()

    def event(self, number, status=200):
        return self.page(f"/desk/e/{number}", status)

    def do(self, number, act, **said):
        answer = self._send(number, act, said)
        assert (answer.status_code, answer["Location"]) == (302, f"/desk/e/{quote(number)}"), act

    def may_not(self, number, act, **said):
        assert self._send(number, act, said).status_code in {403, 404, 422}, act

    def _send(self, number, act, said):
        form = {f"{act}-{name}": value for name, value in said.items()}
        return self.browser.post(f"/desk/e/{number}/do/{act}", form)


class WithPhone:
    """A resident with a phone whose browser runs no script."""

    def __init__(self, phone):
        self.phone = phone
        self.browser = Client()

    def report(self, text, *, division, photos=(), phone="", name=""):
        """Report in three steps and return the receipt page."""
        answer = self.browser.post("/report", {"text": text, "photos": list(photos)})
        assert (answer.status_code, answer["Location"]) == (302, "/report/where")
        answer = self.browser.post("/report/where", {"division": division})
        assert (answer.status_code, answer["Location"]) == (302, "/report/who")
        answer = self.browser.post("/report/who", {"phone": phone, "name": name})
        assert (answer.status_code, answer["Location"]) == (302, "/report/receipt")
        return self.browser.get("/report/receipt").content.decode()

    def enter(self, target="/follow"):
        """Come in by phone and code."""
        assert self.browser.post("/me/enter", {"phone": self.phone, "next": target}).status_code == 302
        said = accounts.channels.get("console").last_message(self.phone)
        code = re.search(r"\b\d{6}\b", said)[0]
        answer = self.browser.post("/me/enter/code", {"code": code, "next": target})
        assert (answer.status_code, answer["Location"]) == (302, target)

    def case(self, number, status=200):
        answer = self.browser.get(f"/e/{number}")
        assert answer.status_code == status, answer.status_code
        return answer.content.decode()

    def send(self, number, what, **said):
        answer = self.browser.post(f"/e/{number}/{what}", said)
        assert answer.status_code == 302, answer.status_code


def number_in(page):
    """Return the number on a receipt."""
    return re.search(r"[一-鿿]+-\d{8}-\d{4}", page)[0]


def photo_with_place(name="灯.jpg"):
    """Return a photo as a phone takes it: with the place and the camera inside."""
    image, out = Image.new("RGB", (320, 240), "gold"), BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Phone maker"
    exif[WITH_PHONE] = {1: "N", 2: (27.0, 54.0, 18.0), 3: "E", 4: (112.0, 0.0, 18.0)}
    image.save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def event_of(number):
    return Event.objects.get(number=number)


def steps_of(number):
    """Return the timeline as steps, oldest first."""
    return list(Track.objects.filter(event__number=number).order_by("id").values_list("step", flat=True))


def ledger_of(number):
    """Return what the ledger holds of an event besides looks at it: (who, elements) in order."""
    rows = LedgerEntry.objects.filter(object_id=str(event_of(number).id)).exclude(action="read").order_by("id")
    return [(row.actor_kind, *row.elements) for row in rows]


def facts_of(number):
    """Return the kinds of the facts told about an event, in order."""
    rows = JournalEntry.objects.filter(payload__event_id=str(event_of(number).id)).order_by("id")
    return [row.kind.rsplit(".", 1)[-1] for row in rows]
