"""Addresses of the public pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import community_page, figures_page, follow, ledger_page, matter_page, raise_page, reading, second_page, town

urlpatterns: list[URLPattern] = [
    path("", town.front_page, name="town"),
    path("c/", town.community_list, name="communities"),
    path("c/<str:short>/", community_page.community_board, name="community"),
    path("c/<str:short>/matters/", community_page.community_matters, name="matters"),
    path("c/<str:short>/m/<str:number>/", matter_page.matter_story, name="story"),
    path("c/<str:short>/m/<str:number>/second/", second_page.second, name="second"),
    path("c/<str:short>/minutes/", community_page.minutes_list, name="minutes_list"),
    path("c/<str:short>/minutes/<int:number>/", community_page.minutes, name="minutes"),
    path("c/<str:short>/raise/", raise_page.raise_between, name="raise"),
    path("raise/", raise_page.choose_community, name="raise_where"),
    path("photo/<uuid:photo_id>.jpg", matter_page.photo, name="photo"),
    path("figures/", figures_page.figures_page, name="figures"),
    path("figures/table.csv", figures_page.figures_table, name="figures_table"),
    path("follow/", follow.follow, name="follow"),
    path("follow/slip/", raise_page.slip, name="slip"),
    path("follow/leave/", follow.follow_leave, name="follow_leave"),
    path("follow/mine/", follow.follow_mine, name="follow_mine"),
    path("follow/mine/<uuid:matter_id>/", follow.follow_matter, name="follow_matter"),
    path("follow/mine/<uuid:matter_id>/<str:verb>/", follow.follow_act, name="follow_act"),
    path("follow/<str:code>/", follow.follow_link, name="follow_link"),
    path("ledger/", ledger_page.ledger_page, name="ledger"),
    path("ledger/<str:name>.jsonl", ledger_page.ledger_lines, name="ledger_lines"),
    path("privacy/", ledger_page.privacy, name="privacy"),
    path("reading/", reading.reading, name="reading"),
]
