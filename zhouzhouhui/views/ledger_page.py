"""The ledger for everybody: what it is, its lines to take away, and how to check them."""

from __future__ import annotations

import json

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhouzhouhui.queries.published import LINES_A_PAGE, chain_lines, head_of, heads_of

from .gate import PUBLIC, TownRequest, gate


@gate(PUBLIC)
def ledger_page(request: TownRequest) -> HttpResponse:
    """GET /ledger/?chain=: the chains and their heads, and how anybody can check them."""
    heads = heads_of(request.town.id)
    context = {"current": "", "heads": heads, "asked": request.GET.get("chain", ""), "a_page": LINES_A_PAGE}
    return render(request, "public/ledger.html", context)


@gate(PUBLIC)
def ledger_lines(request: TownRequest, name: str) -> HttpResponse:
    """GET /ledger/<short code>.jsonl?after=N: a page of lines; `body` is the very text that `hash` is over.

    The header `Link: …; rel="next"` names the next page; without it, this is the end of the chain.
    """
    head = head_of(request.town.id, name)
    if head is None:
        raise Http404(_("没有这条链。"))
    if head.community_id is not None:
        request.depends_on_community = head.community_id
    after = request.GET.get("after", "0")
    lines = chain_lines(head, after=int(after) if after.isascii() and after.isdigit() and len(after) < 16 else 0)
    rows = (json.dumps({"seq": seq, "hash": digest, "body": body}, ensure_ascii=False) for seq, digest, body in lines)
    response = HttpResponse("".join(f"{row}\n" for row in rows), content_type="application/x-ndjson; charset=utf-8")
    if len(lines) == LINES_A_PAGE:
        response.headers["Link"] = f'<?after={lines[-1][0]}>; rel="next"'
    return response


@gate(PUBLIC)
def privacy(request: TownRequest) -> HttpResponse:
    """GET /privacy/: what is asked, why, who sees it, how to have it erased (个人信息保护法 art. 17)."""
    return render(request, "public/privacy.html", {"current": ""})
