"""Where accounts has its pages. Of allauth only what is used here: no sign-up, no e-mail."""

from allauth.account import views as allauth_views
from allauth.usersessions.views import ListUserSessionsView
from django.urls import include, path

from linli.accounts.views import cover, residents, sign_in
from linli.accounts.views.console import holdings, hub, messages, people, roster, units

sessions = ListUserSessionsView.as_view(template_name="accounts/sessions.html")

urlpatterns = [
    path("me/enter", residents.enter, name="accounts_enter"),
    path("me/enter/code", residents.enter_code, name="accounts_enter_code"),
    path("me/leave", residents.leave, name="accounts_leave"),
    path("accounts/login/", sign_in.SignInView.as_view(), name="account_login"),
    path("accounts/logout/", allauth_views.logout, name="account_logout"),
    path("accounts/inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("accounts/reauthenticate/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("accounts/password/change/", allauth_views.password_change, name="account_change_password"),
    path("accounts/password/set/", sign_in.no_password, name="account_set_password"),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/sessions/", sessions, name="usersessions_list"),
    path("console/", hub.hub, name="accounts_console"),
    path("console/accounts/", people.people, name="accounts_people"),
    path("console/accounts/people/new", people.new_person, name="accounts_new_person"),
    path("console/accounts/people/<uuid:person_id>", people.person, name="accounts_person"),
    path("console/accounts/people/<uuid:person_id>/disable", people.disable, name="accounts_disable"),
    path("console/accounts/people/<uuid:person_id>/enable", people.enable, name="accounts_enable"),
    path("console/accounts/people/<uuid:person_id>/password", people.new_password, name="accounts_new_password"),
    path("console/accounts/people/<uuid:person_id>/posts", holdings.new_holding, name="accounts_new_holding"),
    path("console/accounts/holdings/<uuid:holding_id>/end", holdings.end, name="accounts_end_holding"),
    path("console/accounts/holdings/<uuid:holding_id>/keys", holdings.new_token, name="accounts_new_token"),
    path("console/accounts/keys/<uuid:token_id>/revoke", holdings.revoke, name="accounts_revoke_token"),
    path("console/messages", messages.message_list, name="accounts_messages"),
    path("console/messages/retry", messages.retry, name="accounts_retry_messages"),
    path("console/messages/addresses", messages.addresses, name="accounts_notice_addresses"),
    path("console/messages/addresses/<int:address_id>/end", messages.end_address, name="accounts_end_address"),
    path("console/messages/<uuid:message_id>/drop", messages.drop, name="accounts_drop_message"),
    path("console/roster", roster.week, name="accounts_roster"),
    path("console/roster/plan", roster.plan, name="accounts_plan_shift"),
    path("console/roster/addresses", roster.add_address, name="accounts_duty_address"),
    path("console/roster/addresses/<int:address_id>/end", roster.end_address, name="accounts_end_duty_address"),
    path("console/roster/shifts/<uuid:shift_id>", roster.change, name="accounts_shift"),
    path("console/roster/shifts/<uuid:shift_id>/cancel", roster.cancel, name="accounts_cancel_shift"),
    path("desk/cover", cover.mine, name="accounts_cover"),
    path("desk/cover/act", cover.act, name="accounts_act"),
    path("desk/cover/<uuid:holding_id>", cover.lend, name="accounts_lend"),
    path("desk/cover/<uuid:cover_id>/end", cover.end, name="accounts_end_cover"),
    path("console/cover", cover.led, name="accounts_covers"),
    path("console/cover/limits", cover.limits, name="accounts_cover_limits"),
    path("console/accounts/units", units.units, name="accounts_units"),
    path("console/accounts/units/new", units.new_unit, name="accounts_new_unit"),
    path("console/accounts/units/<str:code>/close", units.close, name="accounts_close_unit"),
    path("console/accounts/posts", units.posts, name="accounts_posts"),
    path("console/accounts/posts/<str:code>", units.post, name="accounts_post"),
]
