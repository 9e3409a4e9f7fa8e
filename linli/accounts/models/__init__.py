"""What accounts keeps."""

from linli.accounts.models.person import ApiToken, Person, PhoneCode
from linli.accounts.models.post import Holding, Post
from linli.accounts.models.unit import Unit

__all__ = ["ApiToken", "Holding", "Person", "PhoneCode", "Post", "Unit"]
