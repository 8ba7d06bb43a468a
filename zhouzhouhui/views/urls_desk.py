"""The addresses of the desks."""

from django.urls import path

from . import desk_home, desk_lists, desk_matter, desk_photos, sign_in

urlpatterns = [
    path("", desk_home.home, name="desk_home"),
    path("matters/", desk_lists.matters, name="desk_matters"),
    path("pile/<slug:pile>/", desk_lists.matters, name="desk_pile"),
    path("m/<uuid:matter_id>/", desk_matter.matter_page, name="desk_matter"),
    path("m/<uuid:matter_id>/<slug:verb>/", desk_matter.matter_page, name="desk_act"),
    path("photo/<uuid:photo_id>/", desk_photos.photo, name="desk_photo"),
    path("account/", sign_in.account_page, name="account_page"),
    path("kept/", sign_in.kept, name="kept_form"),
]
