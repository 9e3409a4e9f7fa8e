"""Where accounts has its pages. Of allauth only what is used here: no sign-up, no e-mail."""

from allauth.account import views as allauth_views
from django.urls import include, path

from linli.accounts.views import residents, sign_in

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
    path("accounts/sessions/", include("allauth.usersessions.urls")),
]
