"""Setting up by Excel: take a template, bring a sheet, see what would happen, confirm."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhouzhouhui.papers.setup_sheets import SHEETS, Imported, export_sheet, import_sheet, template_sheet
from zhouzhouhui.wording.sheet_faults import fault_sentence

from .gate import TownRequest, gate
from .setup_acts import WHO, done, told
from .setup_forms import SheetForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# as text it must fit into a form again, which the server takes up to 5 MB
MOST_BYTES = 3 * 1024 * 1024
SHOWN = 60


def _known(what: str) -> str:
    if what not in SHEETS:
        raise Http404
    return what


@require_safe
@gate(*WHO)
def template(request: TownRequest, what: str) -> HttpResponse:
    """The template to fill in."""
    return _download(template_sheet(_known(what)), _("{what}模板").format(what=SHEETS[what].title))


@require_safe
@gate(*WHO)
def export(request: TownRequest, what: str) -> HttpResponse:
    """What there is, in the columns of the template."""
    return _download(export_sheet(_known(what), town=request.town), str(SHEETS[what].title))


def _download(raw: bytes, name: str) -> HttpResponse:
    disposition = content_disposition_header(True, f"{name}.xlsx") or "attachment"
    return HttpResponse(raw, content_type=XLSX, headers={"Content-Disposition": disposition})


@require_http_methods(["GET", "HEAD", "POST"])
@gate(*WHO)
def import_page(request: TownRequest, what: str) -> HttpResponse:
    """Try a sheet and show what it would do; when it is confirmed, write all of it."""
    _known(what)
    form = SheetForm()
    if request.method != "POST":
        return _page(request, what, form)
    if "confirmed" in request.POST:
        raw, name = _brought_back(request)
    else:
        form = SheetForm(request.POST, request.FILES)
        if not form.is_valid():
            return _page(request, what, form, status=422)
        upload = form.cleaned_data["sheet"]
        raw, name = upload.read(MOST_BYTES + 1), upload.name or ""
    if len(raw) > MOST_BYTES:
        form = form if form.is_bound else SheetForm({}, {})
        form.add_error("sheet", fault_sentence("too_large", {"most": MOST_BYTES // 1024 // 1024}))
        return _page(request, what, form, status=422)
    write = "confirmed" in request.POST
    imported = import_sheet(what, raw, name, write=write, **told(request))
    if imported.written:
        return done(request, _said(imported), f"setup_{what}")
    return _page(request, what, SheetForm(), imported, raw, name, status=422 if imported.faults else 200)


def _said(imported: Imported) -> str:
    return _("写好了：新增 {added} 行，修改 {changed} 行，不变 {same} 行。").format(
        added=imported.count("added"), changed=imported.count("changed"), same=imported.count("same")
    )


def _brought_back(request: TownRequest) -> tuple[bytes, str]:
    """The sheet as it came back with the confirmation; it is read and judged again from the start."""
    try:
        raw = base64.b64decode(request.POST.get("sheet_again", ""), validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    return raw, request.POST.get("name", "")[:80]


def _page(
    request: TownRequest, what: str, form: SheetForm, imported: Imported | None = None, raw: bytes = b"",
    name: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    sheet = SHEETS[what]
    shown: dict[str, object] = {
        "current": "setup", "section": what, "what": what, "title": sheet.title, "form": form, "columns": sheet.columns,
        "back": f"setup_{what}",
    }  # fmt: skip
    if imported is not None:
        shown |= {
            "imported": imported,
            "faults": [(fault, fault_sentence(fault.code, fault.facts)) for fault in imported.faults],
            "rows": [(row.number, word, _glimpse(row.cells)) for row, word in imported.rows[:SHOWN]],
            "more": max(0, len(imported.rows) - SHOWN),
            "added": imported.count("added"), "changed": imported.count("changed"), "same": imported.count("same"),
            "sheet_again": base64.b64encode(raw).decode() if not imported.faults else "", "name": name,
        }  # fmt: skip
    return render(request, "setup/import.html", shown, status=status)


def _glimpse(cells: Mapping[str, object]) -> str:
    """Enough of a row to know it again; telephones and passwords are not shown."""
    told_of = [value for key, value in cells.items() if key not in ("phone", "password", "email") and value]
    return " · ".join(str(value) for value in told_of[:3])
