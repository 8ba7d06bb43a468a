"""What must stay readable: places, public numbers, prices, dates, official papers."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhouzhouhui.text.masking import find_personal, mask

TRAPS = [
    "3号线延长段什么时候开工",
    "15号线出口没有电梯",
    "打12345没人接",
    "110来过两次",
    "120急救车进不来",
    "服务热线400-820-8820打不通",
    "10086发来短信",
    "沪府办〔2025〕66号文",
    "沪发改〔2024〕1203号",
    "第13次周周会上说过",
    "2025年11月23日下午",
    "20251123开的会",
    "2025-11-23 18:30",
    "11月5号1800元",
    "15号开会",
    "501路公交车绕远",
    "3号楼电梯坏了三个月",
    "3号楼100多户没水",
    "3号楼120户人家",
    "12幢和13幢之间没有灯",
    "3单元楼道灯不亮",
    "120弄门口积水",
    "两室一厅的房子",
    "2室1厅每月3500元",
    "村委会会议室太小",
    "每平方米13800元",
    "工程款138000000元",
    "押金13812345678.50元",
    "3.5米宽的路",
    "一三五限行，二四六放行",
    "二〇二五年十一月",
    "一九八三年造的房子",
    "十二层楼没有电梯",
    "订单号20251123000112345678",
    "案件310112202511230015还没结",
    "统一代码91310112MA1GBXXX5K",
    "区划代码310112006201",
    "6222021234567890123已经作废",
    "京沪高速、沪昆铁路",
    "沪A是哪里的",
    "G15沪陕高速边上",
    "微信公众号看不到",
    "微信支付100元",
    "微信群里说过了",
    "微信Android版打不开",
    "QQ群里有人说",
    "@所有人 明天停水",
    "价格8-502元不等",
    "比分8-12",
    "3-5号楼之间",
    "1-3单元没有水",
    "12号台风过后",
    "第5号公告",
    "8号桥边的垃圾",
    "90后、00后的年轻人",
    "24小时有人值班",
    "每天1300多人次",
    "桥下限高2.5米，限重15吨",
    "邮编201111",
    "邮件发不出去",
    "楼上天天吵到12点",
    "居住户数350户",
    "1栋楼有32层",
    "住房公积金3号到账",
    "二十三个问题",
    "编号2025-0012",
    "9号楼东侧80平方米的空地",
]


@pytest.mark.parametrize("words", TRAPS)
def test_words_that_only_look_personal_are_left_alone(words: str) -> None:
    assert [words[one.start : one.end] for one in find_personal(words)] == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("提高老师待遇", "高建国"),
        ("对方阿姨很客气", "方小红"),
        ("老王庄的路", "王建国"),
        ("李先生来过", "王建国"),
        ("建国七十周年", "王建国"),
        ("责任同志要到场", "任建国"),
        ("王", "王"),
        ("国王先生", "王建国"),
        ("老王家桥的路", "王建国"),
        ("Annabel 来问", "Anna"),
    ],
)
def test_a_word_that_holds_a_surname_is_no_told_name(words: str, told: str) -> None:
    assert mask(words, [told]) == words


def test_names_that_nobody_told_are_not_guessed() -> None:
    assert mask("王建国和李阿姨都说过") == "王建国和李阿姨都说过"


@given(st.text(max_size=200), st.lists(st.text(max_size=6), max_size=3))
def test_any_text_gives_ordered_spans_inside_it_without_overlap(words: str, names: list[str]) -> None:
    at = 0
    for one in find_personal(words, names):
        assert at <= one.start < one.end <= len(words)
        at = one.end


@given(st.text(alphabet="3号楼502室住1-8#幢单元组弄，王a@.微信", max_size=120))
def test_text_made_of_the_patterns_own_signs_stays_well_formed(words: str) -> None:
    assert isinstance(mask(words, ["王小明"]), str)


@pytest.mark.parametrize("piece", ["1", "住", "一", "3号楼", "1-", "a.", "0", "住在我家", "微信", "(0", "三 "])
def test_a_long_repetition_is_read_in_a_second(piece: str) -> None:
    words = piece * (20_000 // len(piece))
    began = time.perf_counter()
    find_personal(words, ["王建国"])
    assert time.perf_counter() - began < 2
