"""What the sign-in library may do here: staff of this town sign in; nobody makes an account for themselves."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class StaffOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made at set-up by the town; the library's sign-up page is closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Names are one town's own: what is typed is looked for in the town of this host only."""
        town = getattr(request, "town", None)
        typed = credentials.get("username")
        if town is not None and typed:
            credentials["username"] = f"{town.code}/{typed.strip().lower()}"
        return super().authenticate(request, **credentials)
