"""The addresses of the desks."""

from django.urls import path

from . import (
    desk_evenings,
    desk_home,
    desk_ledger,
    desk_lists,
    desk_matter,
    desk_meetings,
    desk_overview,
    desk_photos,
    desk_raise,
    desk_slips,
    sign_in,
)

urlpatterns = [
    path("", desk_home.home, name="desk_home"),
    path("matters/", desk_lists.matters, name="desk_matters"),
    path("pile/<slug:pile>/", desk_lists.matters, name="desk_pile"),
    path("m/<uuid:matter_id>/", desk_matter.matter_page, name="desk_matter"),
    path("m/<uuid:matter_id>/<slug:verb>/", desk_matter.matter_page, name="desk_act"),
    path("raise/", desk_raise.raise_at_desk, name="desk_raise"),
    path("slip/", desk_slips.desk_slip, name="desk_slip"),
    path("slip/lost/", desk_slips.lost_slip, name="desk_lost_slip"),
    path("meetings/", desk_meetings.meetings, name="desk_meetings"),
    path("meetings/call/", desk_meetings.call, name="desk_call"),
    path("meetings/<uuid:meeting_id>/<slug:verb>/", desk_meetings.act_on_meeting, name="desk_meeting_act"),
    path("evenings/", desk_evenings.evenings_page, name="desk_evenings"),
    path("overview/", desk_overview.overview_page, name="desk_overview"),
    path("ledger/", desk_ledger.ledger, name="desk_ledger"),
    path("ledger/sign-ins/", desk_ledger.sign_in_log, name="desk_sign_ins"),
    path("photo/<uuid:photo_id>/", desk_photos.photo, name="desk_photo"),
    path("account/", sign_in.account_page, name="account_page"),
    path("kept/", sign_in.kept, name="kept_form"),
]
