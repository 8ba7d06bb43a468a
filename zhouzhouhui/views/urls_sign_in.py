"""The addresses at the door: only those pages of the sign-in library that staff need; accounts are made at set-up."""

from allauth.account import views as account
from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("second-factor/", include("allauth.mfa.urls")),
]
