"""The sign-in library's forms in our words: what to type, and where; nothing of how they work is changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

WIDTHS = (forms.TextInput, forms.PasswordInput)


class InOurWords(forms.Form):
    """Labels and hints of ours on fields the library made."""

    words: Mapping[str, tuple[str | _StrPromise, str | _StrPromise]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, bound in self.fields.items():
            label, hint = self.words.get(name, (bound.label or "", ""))
            bound.label, bound.help_text = label, hint
            bound.widget.attrs.pop("placeholder", None)
            if isinstance(bound.widget, WIDTHS):
                bound.widget.attrs["class"] = "input"


class SignIn(InOurWords, account.LoginForm):  # type: ignore[misc]
    """The door: a short name within the town, and a password."""

    words = {"login": (_("登录名"), _("镇里发给您的那个短名字，不分大小写。")), "password": (_("密码"), "")}


class ChangePassword(InOurWords, account.ChangePasswordForm):  # type: ignore[misc]
    """The old password, and the new one twice."""

    words = {
        "oldpassword": (_("现在的密码"), ""),
        "password1": (_("新密码"), _("至少 10 个字符，不能全是数字，也不能是常见密码。")),
        "password2": (_("新密码再写一遍"), ""),
    }


class SayPasswordAgain(InOurWords, account.ReauthenticateForm):  # type: ignore[misc]
    """Before the account itself is changed."""

    words = {"password": (_("密码"), "")}


CODE = {"code": (_("六位动态码"), _("打开手机上的验证器，把现在显示的六位数字抄过来。也可以用一个备用码。"))}


class SecondFactor(InOurWords, mfa.AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""

    words = CODE


class SecondFactorAgain(InOurWords, mfa.ReauthenticateForm):  # type: ignore[misc]
    """The second factor instead of the password, before the account is changed."""

    words = CODE


class TurnOnTotp(InOurWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    """Binding an authenticator app."""

    words = CODE


class AddKey(InOurWords, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """Adding a passkey or a security key."""

    words = {
        "name": (_("给它起个名字"), _("比如“办公室电脑”“我的手机”，以后好认。")),
        "passwordless": (_("以后只用它登录，不再输密码"), ""),
    }


class NameKey(InOurWords, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """Giving a key another name."""

    words = {"name": (_("名字"), "")}
