"""Every address, by room; each room lists its own."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from zhouzhouhui.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("language/", set_language, name="set_language"),
    path("sign-in/", include("zhouzhouhui.views.urls_sign_in")),
]

for prefix, room in (
    ("api/v1/", "zhouzhouhui.api.urls_api"),
    ("setup/", "zhouzhouhui.views.urls_setup"),
    ("hall/", "zhouzhouhui.views.urls_hall"),
    ("desk/", "zhouzhouhui.views.urls_desk"),
    ("", "zhouzhouhui.views.urls_public"),
):
    if find_spec(room) is not None:
        urlpatterns.append(path(prefix, include(room)))

handler400 = "zhouzhouhui.views.errors.bad_request"
handler403 = "zhouzhouhui.views.errors.forbidden"
handler404 = "zhouzhouhui.views.errors.not_found"
handler500 = "zhouzhouhui.views.errors.server_error"
