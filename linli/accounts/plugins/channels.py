"""The channels that ship: SMS by any gateway that takes HTTP, e-mail by SMTP, and a signed post to a web address."""

import json
import smtplib
import ssl
from collections.abc import Mapping
from contextlib import closing
from email.message import EmailMessage
from typing import Any
from urllib.parse import quote_plus, unquote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.accounts import slots
from linli.kernel import api as kernel

SECONDS = 10.0


class SmsChannel(slots.Channel):
    """Posts to the SMS gateway of the settings; `{to}` and `{text}` stand in its body where they belong."""

    code, label, takes = "sms", gettext_lazy("SMS"), "phone"

    @property
    def is_ready(self) -> bool:
        """Whether the operator has set a gateway."""
        return bool(settings.LINLI_SMS_URL)

    def send(self, to: str, text: str) -> None:
        """Hand the text over; the answer must be 2xx and hold the words of LINLI_SMS_GOOD."""
        kind, body = _sms_body(settings.LINLI_SMS_BODY, {"{to}": to, "{text}": text})
        headers = {"Content-Type": kind, **json.loads(settings.LINLI_SMS_HEADERS or "{}")}
        answer = kernel.post_out(url=settings.LINLI_SMS_URL, body=body, headers=headers, seconds=SECONDS, trusted=True)
        if not answer.is_good or settings.LINLI_SMS_GOOD not in answer.body.decode(errors="replace"):
            raise kernel.OutgoingError(_("The gateway refused it (HTTP %(status)s).") % {"status": answer.status})


class EmailChannel(slots.Channel):
    """Hands e-mail to the SMTP server of the settings."""

    code, label, takes = "email", gettext_lazy("E-mail"), "email"

    @property
    def is_ready(self) -> bool:
        """Whether the operator has set a server."""
        return bool(settings.LINLI_SMTP_URL)

    def send(self, to: str, text: str) -> None:
        """Hand the text over as a message whose subject is its first sentence."""
        mail = EmailMessage()
        mail["From"], mail["To"] = settings.LINLI_MAIL_FROM, to
        mail["Subject"] = text.partition("\n")[0][:80]
        mail.set_content(text)
        server = urlsplit(settings.LINLI_SMTP_URL)
        with closing(_smtp(server)) as line:
            if server.scheme == "smtp+tls":
                line.starttls(context=ssl.create_default_context())
            if server.username:
                line.login(unquote(server.username), unquote(server.password or ""))
            line.send_message(mail)
            line.quit()


class WebhookChannel(slots.Channel):
    """Posts the text as JSON to a web address, signed where the address has a secret."""

    code, label, takes = "webhook", gettext_lazy("Call to a web address"), "url"

    def send(self, to: str, text: str) -> None:
        """Post the text without a signature."""
        self.send_signed(to, text, "")

    def send_signed(self, to: str, text: str, secret: str) -> None:
        """Post the text, signed as webhooks are."""
        body = json.dumps({"text": text}, ensure_ascii=False).encode()
        headers = kernel.signed(secret, kernel.uuid7(), kernel.now(), body) if secret else {}
        answer = kernel.post_out(
            url=to, body=body, headers={"Content-Type": "application/json", **headers}, seconds=SECONDS
        )
        if not answer.is_good:
            raise kernel.OutgoingError(f"HTTP {answer.status}")


def _smtp(server: Any) -> smtplib.SMTP:
    if server.scheme == "smtps":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.hostname, server.port or 465, timeout=SECONDS, context=context)
    return smtplib.SMTP(server.hostname, server.port or 25, timeout=SECONDS)


def _sms_body(template: str, words: Mapping[str, str]) -> tuple[str, bytes]:
    """Return content type and body: a template that is JSON stays JSON whatever the text holds, others are forms."""
    if template.lstrip().startswith(("{", "[")):
        return "application/json", json.dumps(_filled(json.loads(template), words), ensure_ascii=False).encode()
    for mark, word in words.items():
        template = template.replace(mark, quote_plus(word))
    return "application/x-www-form-urlencoded", template.encode()


def _filled(part: Any, words: Mapping[str, str]) -> Any:
    if isinstance(part, dict):
        return {name: _filled(value, words) for name, value in part.items()}
    if isinstance(part, list):
        return [_filled(value, words) for value in part]
    if isinstance(part, str):
        marks = sorted(words, key=part.find)
        return "".join(_replaced(part, marks, words))
    return part


def _replaced(part: str, marks: list[str], words: Mapping[str, str]) -> list[str]:
    """Put the words in, each mark once, so that a text that holds a mark itself stays as it is."""
    done: list[str] = []
    for mark in marks:
        before, found, part = part.partition(mark)
        if not found:
            part = before
            continue
        done += [before, words[mark]]
    return [*done, part]
