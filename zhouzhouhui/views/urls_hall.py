"""Addresses of the meetings: /hall/."""

from django.urls import path

from . import hall, hall_acts, hall_minutes

urlpatterns = [
    path("", hall.meetings, name="hall"),
    path("<uuid:meeting_id>/", hall.meeting_page, name="hall_meeting"),
    path("<uuid:meeting_id>/raise/", hall_acts.raise_here, name="hall_raise"),
    path("<uuid:meeting_id>/group/", hall_acts.speak_together, name="hall_group"),
    path("<uuid:meeting_id>/minutes/", hall_minutes.minutes_page, name="hall_minutes"),
    path("<uuid:meeting_id>/minutes/<slug:verb>/", hall_minutes.act_on_minutes, name="hall_minutes_act"),
    path("<uuid:meeting_id>/m/<uuid:matter_id>/<slug:verb>/", hall_acts.act_on_matter, name="hall_matter_act"),
    path("<uuid:meeting_id>/<slug:verb>/", hall_acts.act_on_meeting, name="hall_act"),
]
