import pytest, time_machine
from tests.views.desk_world import *
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.mark.django_db
def test_try():
    w = live()
    with time_machine.travel(w.cast.now, tick=False):
        for who in (
            "office",
            "leader",
            "cadre",
            "officer",
            "assistant",
            "delegate",
            "recorder",
            "othercadre",
            "auditor",
            "admin",
        ):
            c = client_of(w, who)
            for url in (
                "/desk/",
                "/desk/matters/",
                "/desk/account/",
                "/desk/matters/?q=灯&sort=newest&due=14",
                "/desk/pile/late/",
                f"/desk/m/{w.fresh.id}/",
                f"/desk/m/{w.assigned.id}/",
                f"/desk/m/{w.drafted.id}/",
                f"/desk/m/{w.signed.id}/",
                f"/desk/m/{w.promised.id}/",
                f"/desk/m/{w.answered.id}/",
                f"/desk/m/{w.returned.id}/",
                f"/desk/m/{w.report.id}/",
                f"/desk/m/{w.private.id}/",
                f"/desk/m/{w.assigned.id}/assign_matter/",
                f"/desk/m/{w.assigned.id}/merge_matter/",
                f"/desk/m/{w.assigned.id}/correct_record/",
                f"/desk/m/{w.assigned.id}/mark_restricted/",
            ):
                with CaptureQueriesContext(connection) as q:
                    r = c.get(url)
                print(who, url[:70], r.status_code, len(q))
                if len(q) > 12:
                    pass
