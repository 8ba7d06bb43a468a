"""Addresses of the set-up desk: /setup/."""

from django.urls import path

from . import (
    setup_calendar,
    setup_categories,
    setup_communities,
    setup_departments,
    setup_people,
    setup_sheets,
    setup_town,
)

urlpatterns = [
    path("", setup_town.overview, name="setup"),
    path("town/", setup_town.town, name="setup_town"),
    path("hosts/", setup_town.hosts, name="setup_hosts"),
    path("communities/", setup_communities.communities, name="setup_communities"),
    path("communities/new/", setup_communities.new_community, name="setup_new_community"),
    path("communities/<uuid:key>/", setup_communities.community, name="setup_community"),
    path("departments/", setup_departments.departments, name="setup_departments"),
    path("departments/new/", setup_departments.new_department, name="setup_new_department"),
    path("departments/<uuid:key>/", setup_departments.department, name="setup_department"),
    path("departments/<uuid:key>/dissolve/", setup_departments.dissolve, name="setup_dissolve"),
    path("people/", setup_people.people, name="setup_people"),
    path("people/new/", setup_people.new_person, name="setup_new_person"),
    path("people/<uuid:key>/", setup_people.person, name="setup_person"),
    path("categories/", setup_categories.categories, name="setup_categories"),
    path("categories/new/", setup_categories.new_category, name="setup_new_category"),
    path("categories/adopt/", setup_categories.adopt, name="setup_adopt_categories"),
    path("categories/<uuid:key>/", setup_categories.category, name="setup_category"),
    path("calendar/", setup_calendar.calendar, name="setup_calendar"),
    path("calendar/<str:day>/clear/", setup_calendar.clear, name="setup_clear_day"),
    path("<slug:what>/import/", setup_sheets.import_page, name="setup_import"),
    path("<slug:what>/template.xlsx", setup_sheets.template, name="setup_template"),
    path("<slug:what>/export.xlsx", setup_sheets.export, name="setup_export"),
]
