"""Addresses of the public pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import community_page, matter_page, reading, town

urlpatterns: list[URLPattern] = [
    path("", town.front_page, name="town"),
    path("c/", town.community_list, name="communities"),
    path("c/<str:short>/", community_page.community_board, name="community"),
    path("c/<str:short>/matters/", community_page.community_matters, name="matters"),
    path("c/<str:short>/m/<str:number>/", matter_page.matter_story, name="story"),
    path("c/<str:short>/minutes/", community_page.minutes_list, name="minutes_list"),
    path("c/<str:short>/minutes/<int:number>/", community_page.minutes, name="minutes"),
    path("photo/<uuid:photo_id>.jpg", matter_page.photo, name="photo"),
    path("reading/", reading.reading, name="reading"),
]
