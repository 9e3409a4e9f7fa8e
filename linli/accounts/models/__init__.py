"""What accounts keeps."""

from linli.accounts.models.cover import Cover, CoverLimits
from linli.accounts.models.holding import Holding
from linli.accounts.models.message import Message, NoticeAddress
from linli.accounts.models.person import Person
from linli.accounts.models.phone_code import PhoneCode
from linli.accounts.models.post import Post
from linli.accounts.models.roster import Shift
from linli.accounts.models.sign_in import SignIn
from linli.accounts.models.token import ApiToken
from linli.accounts.models.unit import Unit

__all__ = [
    "ApiToken",
    "Cover",
    "CoverLimits",
    "Holding",
    "Message",
    "NoticeAddress",
    "Person",
    "PhoneCode",
    "Post",
    "Shift",
    "SignIn",
    "Unit",
]
