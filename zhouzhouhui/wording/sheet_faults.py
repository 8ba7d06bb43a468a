"""What is wrong with a cell or a file, in a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhouzhouhui.rules.refusals import Refused

from .refusals import sentence
from .states import Words

FAULTS: Words = {
    # the file
    "empty_file": _("文件是空的。请打开看看，存好再传。"),
    "too_large": _("文件太大，最多 {most} MB。请分成几张表。"),
    "not_a_sheet": _("这不是能读的表格，或者文件坏了。请另存为 .xlsx 再传。"),
    "has_password": _("表格设了密码，读不了。请去掉密码再传。"),
    "too_many_rows": _("表格太大，最多 {most} 行、{columns} 列。请删掉多余的行列，或分成几张表。"),
    "bad_encoding": _("文字编码认不出来。请另存为 .xlsx，或存成 UTF-8 的 CSV。"),
    "no_heading_row": _("前十行里没有找到标题行。请用模板，标题应有：{headings}。"),
    "no_rows": _("标题下面没有一行内容。示例那一行不算。"),
    # the headings
    "missing_column": _("缺这一列。请加上，或用模板重新填。"),
    "unknown_column": _("不认识这一列。请改成模板里的标题，或删掉这一列。"),
    "repeated_column": _("这一列出现了两次。请只留一列。"),
    # a cell
    "required": _("这一格必须填。"),
    "formula": _("这一格是公式。请复制后“选择性粘贴”为数值。"),
    "merged": _("这里是合并的单元格。请取消合并，每一格都填上。"),
    "error_value": _("这一格是错误值 {found}。请改成真正的内容。"),
    "number_too_long": _("数字太长，表格软件已经丢了后面几位。请把这一列设成“文本”，再填一次。"),
    "not_integer": _("“{found}”不是整数。"),
    "out_of_range": _("{found} 不在 {least} 到 {most} 之间。"),
    "not_date": _("“{found}”不是日期。请写成 2026-01-15 这样。"),
    "not_time": _("“{found}”不是时间。请写成 19:00 这样。"),
    "not_yes_no": _("“{found}”看不懂。请写“是”或“否”。"),
    "not_choice": _("没有“{found}”这一项。可以填：{allowed}。"),
    "bad_pattern": _("“{found}”不对。{note}。"),
    "too_long": _("有 {length} 个字，最多 {most} 个字。"),
    "repeated_row": _("和第 {first} 行重复了。请只留一行。"),
}


class _Facts(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return ""


def fault_sentence(code: str, facts: Mapping[str, Any]) -> str:
    """Return the fault in the language in force; a code of the institution is said as its refusal."""
    # a cell's range and length are told of the cell, the institution's of the thing it names
    if code in FAULTS and "what" not in facts:
        return str(FAULTS[code]).format_map(_Facts(facts))
    return sentence(Refused(code, **facts))
