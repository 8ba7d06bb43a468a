"""Twenty-three questions in, twenty-three out, with their words kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhouzhouhui.text.list_split import split_list, split_with_lead

WORDS = [
    "小区门口的路灯坏了三个月，晚上走路看不见",
    "垃圾房的门关不上",
    "3号楼电梯上个月停了4次",
    "路面有个3.5米长的坑",
    "公交班次能不能加到15分钟一班",
    "河边的栏杆松了",
    "希望把2025年的物业账公开一下",
    "老年食堂什么时候开",
    "12345打过两次没有下文",
    "楼顶漏水",
    "广场舞太吵，晚上9点以后还在放",
    "健身器材缺了1个脚踏",
    "雨天积水20厘米",
    "快递柜挡住了消防通道",
    "狗不拴绳",
    "充电桩不够用，40户只有2个",
    "绿化带里有人种菜",
    "学校门口停车太乱",
    "医保报销的地方搬到哪里去了",
    "下水道反味",
    "窨井盖响",
    "外墙皮往下掉",
    "活动室周末不开门",
]
NUMERALS = "一二三四五六七八九十"


def _cn(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else NUMERALS[tens - 1] + "十") + (
        NUMERALS[ones - 1] if ones else ""
    )


STYLES = {
    "dot": lambda n: f"{n}. ",
    "dot tight": lambda n: f"{n}.",
    "full-width dot": lambda n: f"{n}．",
    "pause": lambda n: f"{n}、",
    "half bracket": lambda n: f"{n}）",
    "ascii half bracket": lambda n: f"{n}) ",
    "bracket": lambda n: f"（{n}）",
    "ascii bracket": lambda n: f"({n})",
    "full-width digits": lambda n: str(n).translate(str.maketrans("0123456789", "０１２３４５６７８９")) + "．",
    "chinese": lambda n: f"{_cn(n)}、",
    "chinese bracket": lambda n: f"（{_cn(n)}）",
    "nth": lambda n: f"第{_cn(n)}，",
    "nth question": lambda n: f"第{n}个问题：",
    "question": lambda n: f"问题{n}：",
    "Q": lambda n: f"Q{n}: ",
    "colon": lambda n: f"{n}：",
    "comma": lambda n: f"{n}，",
    "circle": lambda n: chr(0x2460 + n - 1) if n <= 20 else chr(0x3251 + n - 21),
    "dash": lambda n: "- ",
    "long dash": lambda n: "——",
    "bullet": lambda n: "• ",
    "star": lambda n: "* ",
    "square": lambda n: "■",
    "blank after number": lambda n: f"{n}  ",
    "indented": lambda n: f"　　{n}、",
    "none": lambda n: "",
    "serial column": lambda n: f"{n}\t",
}


@pytest.mark.parametrize("separator", ["\n", "\r\n", "\r", "\n\n", "\n \n", "\u2028"])
@pytest.mark.parametrize("style", STYLES)
def test_twenty_three_in_twenty_three_out(style: str, separator: str) -> None:
    pasted = separator.join(STYLES[style](n) + words for n, words in enumerate(WORDS, 1))
    assert split_list(pasted) == WORDS


def test_every_item_may_have_another_mark() -> None:
    marks = [make for name, make in STYLES.items() if name not in ("none", "serial column", "dash", "long dash")]
    marks = [make for make in marks if make(1) not in ("• ", "* ", "■")]
    pasted = "\n".join(marks[n % len(marks)](n) + words for n, words in enumerate(WORDS, 1))
    assert split_list(pasted) == WORDS


def test_a_list_in_one_line_is_split_where_its_numbers_follow() -> None:
    assert split_list("1、路灯不亮；2、垃圾没人收；3、电梯坏了。") == [
        "路灯不亮；",
        "垃圾没人收；",
        "电梯坏了。",
    ]
    assert split_list("①路灯不亮②垃圾没人收") == ["路灯不亮", "垃圾没人收"]
    assert split_list("1.灯 2.水\n3.路 4.桥") == ["灯", "水", "路", "桥"]


def test_numbers_written_against_the_words_count_when_every_line_has_the_next() -> None:
    assert split_list("1路灯不亮\n2垃圾没人收\n3电梯坏了") == ["路灯不亮", "垃圾没人收", "电梯坏了"]
    assert split_list("1路公交不来\n15路也不来") == ["1路公交不来", "15路也不来"]


@pytest.mark.parametrize(
    "paragraph",
    [
        "我住这里二十年了，3.5米的路停满了车，1、2号楼的人都绕着走，第一是不安全，第二是不好看，希望12345能管一管。",
        "一、二楼都漏水，物业来过三次。",
        "3、4月份的账单没有公开",
        "2025.11.23 的会上说过要修",
        "第一次来，不知道怎么说。",
        "-5度的天水管冻裂了",
        "8:30到的，等到10:00没人",
        "110来过，没解决",
        "路灯不亮",
        "1.5吨以上的车不让进",
        "1,200元的物业费太贵",
        "他说“1、不修；”然后走了",
    ],
)
def test_one_paragraph_stays_one_with_every_sign(paragraph: str) -> None:
    assert split_list(paragraph) == [paragraph]


def test_a_line_broken_by_the_window_is_joined_to_its_item() -> None:
    assert split_list("1. 门口的路只有\n3.5米宽，会车困难\n2. 灯不亮") == [
        "门口的路只有3.5米宽，会车困难",
        "灯不亮",
    ]
    assert split_list("1. a\n2. 门口只有\n3.5米宽") == ["a", "门口只有3.5米宽"]
    assert split_list("1. the lamp is\nbroken\n2. no water") == ["the lamp is broken", "no water"]


def test_hard_wrapped_paragraphs_between_blank_lines_are_whole() -> None:
    one = "小区东门外面的这条路从去年开始就一直在挖挖了又填填了又挖到现在"
    two = "还没有修好，老人走路很不方便。"
    assert split_list(f"{one}\n{two}\n\n{one}\n{two}") == [one + two, one + two]


def test_letters_with_indented_paragraphs_split_at_the_indent() -> None:
    pasted = "　　路灯坏了三个月\n没有人来修。\n　　垃圾房的门\n关不上。"
    assert split_list(pasted) == ["路灯坏了三个月没有人来修。", "垃圾房的门关不上。"]


def test_a_line_that_begins_with_a_comma_belongs_to_the_one_before() -> None:
    assert split_list("路灯不亮\n，三个月了\n垃圾没人收") == ["路灯不亮，三个月了", "垃圾没人收"]


def test_a_spreadsheet_cell_with_line_breaks_is_one_item() -> None:
    pasted = '序号\t问题\n1\t路灯不亮\n2\t"垃圾没人收\n说了""三次""了"\n3\t电梯坏了\n'
    assert split_list(pasted) == ["路灯不亮", '垃圾没人收\n说了"三次"了', "电梯坏了"]


def test_quotes_that_belong_to_the_sentence_stay() -> None:
    assert split_list('"三无"小区没人管\n"僵尸车"太多') == ['"三无"小区没人管', '"僵尸车"太多']


def test_two_text_columns_of_a_row_stay_together() -> None:
    assert split_list("道路\t路灯不亮\n环境\t垃圾没人收") == ["道路 路灯不亮", "环境 垃圾没人收"]


def test_nested_points_carry_their_short_heading() -> None:
    pasted = "一、道路\n1.路灯不亮\n2.路面坑洼\n二、环境\n1.垃圾没人收"
    assert split_list(pasted) == ["道路\n路灯不亮", "道路\n路面坑洼", "环境\n垃圾没人收"]


def test_nested_points_under_a_full_sentence_stay_in_that_item() -> None:
    pasted = "1. 楼道灯坏了，就是下面几处。\n(1) 三楼\n(2) 五楼\n2. 水管漏"
    assert split_list(pasted) == ["楼道灯坏了，就是下面几处。\n(1) 三楼\n(2) 五楼", "水管漏"]


def test_a_line_that_lost_its_number_is_still_an_item() -> None:
    assert split_list("1.路灯\n垃圾没人收\n3.电梯") == ["路灯", "垃圾没人收", "电梯"]


def test_what_introduces_the_list_is_kept_apart_and_not_lost() -> None:
    split = split_with_lead("各位领导好，我有以下问题：\n1.路灯\n2.垃圾")
    assert (split.lead, split.items) == ("各位领导好，我有以下问题：", ["路灯", "垃圾"])


def test_a_whole_sentence_before_the_list_is_an_item_of_its_own() -> None:
    assert split_list("楼道灯坏了三个月没人来修。\n1.路灯\n2.垃圾") == [
        "楼道灯坏了三个月没人来修。",
        "路灯",
        "垃圾",
    ]


def test_numbers_that_begin_with_a_building_are_told_by_their_neighbours() -> None:
    assert split_list("1.3号楼电梯坏\n2.5号楼没灯\n3.8号楼漏水") == ["3号楼电梯坏", "5号楼没灯", "8号楼漏水"]
    assert split_list("1、2号楼电梯坏\n2、3号楼没灯") == ["2号楼电梯坏", "3号楼没灯"]


@pytest.mark.parametrize("nothing", ["", " ", "\n\n", "\ufeff", "\x00\x00", "　\r\n\t", "\u200b"])
def test_nothing_gives_nothing(nothing: str) -> None:
    assert split_list(nothing) == []


def test_byte_order_marks_and_nuls_are_no_words() -> None:
    assert split_list("\ufeff1. 路\x00灯\r\n2. 垃\u200b圾\x07\r\n") == ["路灯", "垃圾"]


def test_ten_thousand_lines_come_out_as_ten_thousand_items() -> None:
    numbered = "\n".join(f"{n}. 第{n}条没有修好" for n in range(1, 10_001))
    assert len(split_list(numbered)) == 10_000
    assert len(split_list("路灯不亮\n" * 10_000)) == 10_000


def test_one_very_long_line_comes_back_whole() -> None:
    assert split_list("路" * 200_000) == ["路" * 200_000]


@given(st.text(max_size=300))
def test_no_word_is_lost_from_any_text(text: str) -> None:
    split = split_with_lead(text)
    kept = "".join((split.lead, *split.items))
    for sign in set(text):
        # letters of Chinese are never part of a mark, except numerals and 第 问 题 其 编 号 序
        if "\u4e00" <= sign <= "\u9fff" and sign not in "零一二三四五六七八九十百第问题其编号序个条点项件是":
            assert kept.count(sign) >= text.count(sign)


@given(
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=40),
    st.sampled_from(["dot", "pause", "bracket", "chinese"]),
)
def test_any_choice_of_items_comes_back_in_order(items: list[str], style: str) -> None:
    assert split_list("\n".join(STYLES[style](n) + words for n, words in enumerate(items, 1))) == items
