"""The door of accounts: who acts, which unit answers, and what can be done with people, posts and keys."""

from linli.accounts.actions.cover import end_cover, lend_holding, set_cover_limits
from linli.accounts.actions.demo import plant_demo_staff, retire_demo_staff
from linli.accounts.actions.demo_roster import plant_demo_roster
from linli.accounts.actions.holdings import end_holding, open_holding, open_resident_holding
from linli.accounts.actions.messages import post_message, tell_unit
from linli.accounts.actions.people import create_person, disable_person, enable_person, note_own_phone, reset_password
from linli.accounts.actions.posts import plant_sample_posts, save_post
from linli.accounts.actions.residents import (
    check_phone_code,
    known_resident,
    phone_token,
    resident_by_phone,
    send_phone_code,
)
from linli.accounts.actions.roster import add_duty_address, cancel_shift, change_shift, plan_shift
from linli.accounts.actions.sessions import end_sessions
from linli.accounts.actions.short import end_short_holding, open_short_holding
from linli.accounts.actions.tokens import IssuedToken, issue_token, revoke_token
from linli.accounts.actions.units import close_unit, create_unit
from linli.accounts.queries.actors import actor_for, actor_in, actor_of, actors_with, holdings_on, remember_actor
from linli.accounts.queries.authority import may_grant, may_manage, units_managed
from linli.accounts.queries.cover import cover_limits
from linli.accounts.queries.desks import desk_shell, desks_of
from linli.accounts.queries.duties import must_prove_again
from linli.accounts.queries.messages import notice_counts, units_told
from linli.accounts.queries.posts import PostInfo, post_names, posts
from linli.accounts.queries.roster import OnDuty, duty_spans, on_duty
from linli.accounts.queries.sign_ins import Attempt, attempts_between, staff_behind
from linli.accounts.queries.staff import people_of_wide_rights, staff_names, staff_tokens, units_of_staff
from linli.accounts.queries.tokens import TokenAuth, actor_by_token
from linli.accounts.queries.units import UnitInfo, unit, unit_by_code, unit_for, units
from linli.accounts.rules.actor import GUEST, SYSTEM, Actor, ActorHolding
from linli.accounts.rules.addresses import shown_address
from linli.accounts.rules.cover import CoverRefusedError
from linli.accounts.rules.cover import Limits as CoverLimits
from linli.accounts.rules.cover import check_limits as check_cover_limits
from linli.accounts.rules.demo_staff import DEMO_NEIGHBOUR
from linli.accounts.rules.phone import mobile_number
from linli.accounts.rules.refusals import (
    AccountDisabledError,
    AccountRefusedError,
    BadAddressError,
    BadPhoneError,
    ChannelDownError,
    NameTakenError,
    NoResidentPostError,
    NotAllowedError,
    NotGrantorError,
    NotOfUnitError,
    ShiftOverError,
    ShiftOverlapsError,
    ShiftTimeError,
    StaffPostError,
    TooSoonError,
    TwoOfficesError,
    UnknownCapabilityError,
    UnknownUnitError,
    WrongCodeError,
)

__all__ = [
    "DEMO_NEIGHBOUR",
    "GUEST",
    "SYSTEM",
    "AccountDisabledError",
    "AccountRefusedError",
    "Actor",
    "ActorHolding",
    "Attempt",
    "BadAddressError",
    "BadPhoneError",
    "ChannelDownError",
    "CoverLimits",
    "CoverRefusedError",
    "IssuedToken",
    "NameTakenError",
    "NoResidentPostError",
    "NotAllowedError",
    "NotGrantorError",
    "NotOfUnitError",
    "OnDuty",
    "PostInfo",
    "ShiftOverError",
    "ShiftOverlapsError",
    "ShiftTimeError",
    "StaffPostError",
    "TokenAuth",
    "TooSoonError",
    "TwoOfficesError",
    "UnitInfo",
    "UnknownCapabilityError",
    "UnknownUnitError",
    "WrongCodeError",
    "actor_by_token",
    "actor_for",
    "actor_in",
    "actor_of",
    "actors_with",
    "add_duty_address",
    "attempts_between",
    "cancel_shift",
    "change_shift",
    "check_cover_limits",
    "check_phone_code",
    "close_unit",
    "cover_limits",
    "create_person",
    "create_unit",
    "desk_shell",
    "desks_of",
    "disable_person",
    "duty_spans",
    "enable_person",
    "end_cover",
    "end_holding",
    "end_sessions",
    "end_short_holding",
    "holdings_on",
    "issue_token",
    "known_resident",
    "lend_holding",
    "may_grant",
    "may_manage",
    "mobile_number",
    "must_prove_again",
    "note_own_phone",
    "notice_counts",
    "on_duty",
    "open_holding",
    "open_resident_holding",
    "open_short_holding",
    "people_of_wide_rights",
    "phone_token",
    "plan_shift",
    "plant_demo_roster",
    "plant_demo_staff",
    "plant_sample_posts",
    "post_message",
    "post_names",
    "posts",
    "remember_actor",
    "reset_password",
    "resident_by_phone",
    "retire_demo_staff",
    "revoke_token",
    "save_post",
    "send_phone_code",
    "set_cover_limits",
    "shown_address",
    "staff_behind",
    "staff_names",
    "staff_tokens",
    "tell_unit",
    "unit",
    "unit_by_code",
    "unit_for",
    "units",
    "units_managed",
    "units_of_staff",
    "units_told",
]
