"""Check digits of Chinese identifiers: citizen id, unified social credit code, organisation code."""

from dataclasses import dataclass
from datetime import date
from operator import mul

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_CITIZEN_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CITIZEN_CHECKS = "10X98765432"
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_PROVINCES = {*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47)}
_PROVINCES |= {*range(50, 55), *range(61, 66), 71, 81, 82, 83}


@dataclass(frozen=True)
class IdCheck:
    """What a citizen id says. `canonical` has 18 places; `sex` is the code of GB/T 2261.1, 1 male and 2 female."""

    valid: bool
    problem: str | Promise = ""
    warning: str | Promise = ""
    canonical: str = ""
    birthday: date | None = None
    sex: str = ""


def check_citizen_id(text: str) -> IdCheck:
    """Check a citizen id (公民身份号码, GB 11643) of 18 places, or of 15 in the old form, which is born in 19xx.

    A region that is not known is a warning and never an error: codes of abolished regions stay in use.
    """
    number = text.strip().upper()
    if len(number) == 15 and _is_digits(number):  # noqa: PLR2004  the old form
        number = f"{number[:6]}19{number[6:]}"
        number += _citizen_check(number)
    if len(number) != 18 or not _is_digits(number[:17]):  # noqa: PLR2004  the present form
        return IdCheck(valid=False, problem=_("A citizen ID has 18 places; please check how many were typed."))
    try:
        birthday = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return IdCheck(valid=False, problem=_("There is no such date of birth; please check places 7 to 14."))
    if number[17] != _citizen_check(number):
        return IdCheck(valid=False, problem=_("One place of the ID is wrong; please compare it with the card."))
    warning = "" if int(number[:2]) in _PROVINCES else _("The region is not known; please check the first six places.")
    return IdCheck(True, "", warning, number, birthday, "1" if int(number[16]) % 2 else "2")


def check_credit_code(text: str) -> bool:
    """Say whether this is a unified social credit code (统一社会信用代码, GB 32100)."""
    code = text.strip().upper()
    if len(code) != 18 or any(letter not in _CREDIT_ALPHABET for letter in code):  # noqa: PLR2004  places of the code
        return False
    values = [_CREDIT_ALPHABET.index(letter) for letter in code]
    total = sum(value * weight for value, weight in zip(values, _CREDIT_WEIGHTS, strict=False))
    return values[17] == -total % 31


def check_organisation_code(text: str) -> bool:
    """Say whether this is an organisation code (组织机构代码, GB 11714) of 9 places, with or without its hyphen."""
    code = text.strip().upper().replace("-", "")
    if len(code) != 9 or any(letter not in _ORGANISATION_ALPHABET for letter in code):  # noqa: PLR2004  places of the code
        return False
    values = [_ORGANISATION_ALPHABET.index(letter) for letter in code]
    total = sum(value * weight for value, weight in zip(values, _ORGANISATION_WEIGHTS, strict=False))
    return code[8] == "0123456789X"[-total % 11]


def _citizen_check(number: str) -> str:
    total = sum(map(mul, _CITIZEN_WEIGHTS, map(int, number)))  # in this order no place after the 17th is read
    return _CITIZEN_CHECKS[total % 11]


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
