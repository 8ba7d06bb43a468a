"""Every address, by room; each room lists its own."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from zhouzhouhui.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("sign-in/", include("zhouzhouhui.views.urls_sign_in")),
    path("api/v1/", include("zhouzhouhui.api.urls_api")),
    path("setup/", include("zhouzhouhui.views.urls_setup")),
    path("hall/", include("zhouzhouhui.views.urls_hall")),
    path("desk/", include("zhouzhouhui.views.urls_desk")),
    path("", include("zhouzhouhui.views.urls_public")),
]

handler400 = "zhouzhouhui.views.errors.bad_request"
handler403 = "zhouzhouhui.views.errors.forbidden"
handler404 = "zhouzhouhui.views.errors.not_found"
handler500 = "zhouzhouhui.views.errors.server_error"
