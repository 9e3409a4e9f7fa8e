"""How django-allauth behaves here: no public sign-up, attempts are written down, secrets are sealed."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.accounts.actions.sign_ins import note_sign_in, password_was_changed
from linli.accounts.models import Person, SignIn
from linli.accounts.queries import duties
from linli.accounts.rules.guard import opened
from linli.kernel import api as kernel

DUTIES = "accounts.duties"
GUARD = "accounts.guard"
SEALED = "accounts.second-factor"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth brings no types
    """Names and passwords of staff."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("The user name or the password isn't right. Check both and try again."),
        "too_many_login_attempts": _("Too many attempts from here. Wait a minute and try again."),
        "incorrect_password": _("This isn't your current password. Try again."),
        "account_inactive": _("This account has been disabled. Please call us if you think this is a mistake."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  allauth's signature
        """Accounts of staff are opened by an administrator; residents come in by phone."""
        return False

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write the wrong attempt down."""
        note_sign_in(
            username=credentials.get("username", ""),
            result=SignIn.Result.WRONG,
            address=self.get_client_ip(request),
            now=kernel.now(),
            browser=request.headers.get("User-Agent", ""),
        )

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Open the session, write it down, and remember what the person must do first."""
        super().login(request, user)
        if isinstance(user, Person):
            now = kernel.now()
            address, browser = self.get_client_ip(request), request.headers.get("User-Agent", "")
            note_sign_in(
                username=user.username, result=SignIn.Result.DONE, address=address, now=now, person=user,
                browser=browser,
            )  # fmt: skip
            request.session[DUTIES] = duties.duties_of(user, on=timezone.localdate(now))
            request.session[GUARD] = opened(browser, now=now)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth brings no types
    """Secrets of authenticator apps and recovery codes are sealed with the node's key, outside the database."""

    def encrypt(self, text: str) -> str:
        """Seal a secret for the database."""
        return base64.b64encode(kernel.seal(text, context=SEALED)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return kernel.unseal(base64.b64decode(encrypted_text), context=SEALED)


def on_password_changed(request: HttpRequest, user: Person, **_signal: Any) -> None:
    """Strike the password off the duties."""
    password_was_changed(person=user)
    _strike(request, duties.PASSWORD)


def on_authenticator_added(request: HttpRequest, **_signal: Any) -> None:
    """Strike the second factor off the duties."""
    _strike(request, duties.SECOND_FACTOR)


def _strike(request: HttpRequest, duty: str) -> None:
    request.session[DUTIES] = [left for left in request.session.get(DUTIES, []) if left != duty]
