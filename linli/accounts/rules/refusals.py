"""Why accounts says no. Each refusal carries one sentence for the person in front of the screen."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class AccountRefusedError(Exception):
    """The ground of all refusals; `str()` is a sentence in the language of the reader."""

    sentence: str | Promise = _("This can't be done.")

    def __str__(self) -> str:
        """Return the sentence."""
        return str(self.sentence)


class NotAllowedError(AccountRefusedError):
    """The actor lacks the capability, or has it over another area."""

    sentence = _("Your post doesn't allow this. Ask the system administrator of your area.")


class NotGrantorError(NotAllowedError):
    """Rights are given by the security administrator of the area."""

    sentence = _("Posts and rights are given by the security administrator. Ask them.")


class TwoOfficesError(AccountRefusedError):
    """One person would hold two of the offices of system, security and audit administrator."""

    sentence = _("Nobody may be two of system, security and audit administrator. Give it to somebody else.")


class NameTakenError(AccountRefusedError):
    """A user name, unit code or post code is in use already."""

    sentence = _("This name is already in use. Choose another one.")


class BadAddressError(AccountRefusedError):
    """This is no address that the channel could reach."""

    sentence = _("This address doesn't fit the channel. Check it and try again.")


class UnknownCapabilityError(AccountRefusedError):
    """A post names a capability that no domain has registered."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        """Name the codes."""
        super().__init__(codes)
        self.codes = codes
        self.sentence = _("Unknown capability: %(codes)s. Check its spelling.") % {"codes": ", ".join(codes)}


class UnknownUnitError(AccountRefusedError, LookupError):
    """No unit has this id."""

    sentence = _("There is no such unit. It may have been removed.")


class StaffPostError(AccountRefusedError):
    """A resident was to get a post with a capability that only staff may hold."""

    sentence = _("Residents can't hold this post: it allows what only staff may do.")


class NoResidentPostError(AccountRefusedError):
    """No post lets residents do this and nothing that only staff may do."""

    sentence = _("No post lets residents do this. Set one up under posts first, with nothing that only staff may do.")


class BadPhoneError(AccountRefusedError):
    """Not a mobile number of mainland China."""

    sentence = _("A mobile number has 11 digits and begins with 1. Check it and try again.")


class TooSoonError(AccountRefusedError):
    """Too many codes were asked for. `wait_seconds` says how long to wait."""

    def __init__(self, wait_seconds: int) -> None:
        """Say how long to wait."""
        super().__init__(wait_seconds)
        self.wait_seconds = wait_seconds

    def __str__(self) -> str:
        """Return the sentence with the time to wait."""
        if self.wait_seconds < 90:  # noqa: PLR2004  below that, seconds read better than "1 minute"
            template = ngettext(
                "A code was sent just now. Ask for the next one in %(n)d second.",
                "A code was sent just now. Ask for the next one in %(n)d seconds.",
                self.wait_seconds,
            )
            return template % {"n": self.wait_seconds}
        minutes = -(-self.wait_seconds // 60)
        template = ngettext(
            "Too many codes were asked for. Try again in %(n)d minute, or call us.",
            "Too many codes were asked for. Try again in %(n)d minutes, or call us.",
            minutes,
        )
        return template % {"n": minutes}


class WrongCodeError(AccountRefusedError):
    """The code is wrong, expired, used, or was tried too often: the same answer for all of them."""

    sentence = _("This code isn't right or has expired. Check the message, or ask for a new code.")


class ChannelDownError(AccountRefusedError):
    """The message could not be sent."""

    sentence = _("The code couldn't be sent just now. Try again in a moment, or call us.")


class AccountDisabledError(AccountRefusedError):
    """The account was disabled."""

    sentence = _("This account has been disabled. Please call us if you think this is a mistake.")


class ShiftTimeError(AccountRefusedError):
    """A shift ends before it begins, lies in the past, or is longer than three days."""

    sentence = _("A shift begins now or later, ends after that, and lasts three days at most. Check both times.")


class NotOfUnitError(AccountRefusedError):
    """The person holds no post in the unit on that day."""

    sentence = _("This person has no post in the unit on that day. Choose somebody of the unit.")


class ShiftOverError(AccountRefusedError):
    """The shift has ended or was cancelled."""

    sentence = _("This shift is over and stays as it was.")


class ShiftOverlapsError(AccountRefusedError):
    """The person is on duty at that time already."""

    def __init__(self, person: str, unit: str, when: str) -> None:
        """Say where they are on duty."""
        super().__init__(person, unit, when)
        said = {"person": person, "unit": unit, "when": when}
        self.sentence = _("%(person)s is on duty at %(unit)s already, from %(when)s.") % said
