"""What the sign-in library may do here: staff of this town sign in; nobody makes an account for themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class StaffOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made at set-up by the town; the library's sign-up page is closed."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("登录名和密码对不上。请再看一遍；忘了密码，请镇里的管理员重设。"),
        "incorrect_password": _("密码不对。请再输一遍。"),
        "enter_current_password": _("现在的密码不对。请再输一遍。"),
        "account_inactive": _("这个账号已经停用。请问镇里的管理员。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Names are one town's own: what is typed is looked for in the town of this host only."""
        town = getattr(request, "town", None)
        typed = credentials.get("username")
        if town is not None and typed:
            # Whoever confirms their password is looked for by their whole name already.
            short = typed.strip().lower().removeprefix(f"{town.code}/")
            credentials["username"] = f"{town.code}/{short}"
        return super().authenticate(request, **credentials)


def name_tried(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """The whole name somebody tried to sign in with, for the lockout: one town's names lock nobody elsewhere."""
    if credentials and credentials.get("username"):
        return str(credentials["username"])
    town, typed = getattr(request, "town", None), request.POST.get("login", "")
    return f"{town.code}/{typed.strip().lower()}" if town is not None else str(typed)
