"""What a public page must never say, in the ways people write it."""

import pytest

from zhouzhouhui.text.masking import find_personal, mask

# (words, what must be gone, kind)
NUMBERS = [
    ("我的手机是13812345678，晚上打。", "13812345678", "phone"),
    ("打138 1234 5678找我", "138 1234 5678", "phone"),
    ("打138-1234-5678找我", "138-1234-5678", "phone"),
    ("１３８１２３４５６７８这个号", "１３８１２３４５６７８", "phone"),
    ("+86 13812345678", "+86 13812345678", "phone"),
    ("0086-13812345678", "0086-13812345678", "phone"),
    ("138.1234.5678", "138.1234.5678", "phone"),
    ("138　1234　5678", "138　1234　5678", "phone"),
    ("1 3 8 1 2 3 4 5 6 7 8", "1 3 8 1 2 3 4 5 6 7 8", "phone"),
    ("一三八一二三四五六七八，打这个", "一三八一二三四五六七八", "phone"),
    ("幺三八幺二三四五六七八", "幺三八幺二三四五六七八", "phone"),
    ("一三八、一二三四、五六七八", "一三八、一二三四、五六七八", "phone"),
    ("138一二三四5678", "138一二三四5678", "phone"),
    ("电话19900001111或者", "19900001111", "phone"),
    ("138\u200b1234\u200b5678", "138\u200b1234\u200b5678", "phone"),
    ("1381234-5678", "1381234-5678", "phone"),
    ("138——1234——5678", "138——1234——5678", "phone"),
    ("微信13812345678", "13812345678", "phone"),
    ("家里021-54881234没人接", "021-54881234", "landline"),
    ("（021）54881234", "（021）54881234", "landline"),
    ("02154881234", "02154881234", "landline"),
    ("021 5488 1234", "021 5488 1234", "landline"),
    ("0512-6655123", "0512-6655123", "landline"),
    ("021-54881234转8012", "021-54881234转8012", "landline"),
    ("电话54881234，白天在", "54881234", "landline"),
    ("座机：5488 1234", "5488 1234", "landline"),
    ("联系电话是6621234", "6621234", "landline"),
    ("零二一五四八八一二三四", "零二一五四八八一二三四", "landline"),
    ("身份证110105194912310021", "110105194912310021", "id_number"),
    ("证号是11010519491231002X吧", "11010519491231002X", "id_number"),
    ("１１０１０５１９４９１２３１００２Ｘ", "１１０１０５１９４９１２３１００２Ｘ", "id_number"),
    ("110105 19491231 002x", "110105 19491231 002x", "id_number"),
    ("我叔的身份证号码：110105194912310023", "110105194912310023", "id_number"),
    ("110105196003071234这个证办不了", "110105196003071234", "id_number"),
    ("老身份证110105491231002", "110105491231002", "id_number"),
    ("310112600101123办不下来", "310112600101123", "id_number"),
    ("沪A12345堵着门", "沪A12345", "plate"),
    ("沪A·12345堵着门", "沪A·12345", "plate"),
    ("沪a 1234b停在通道", "沪a 1234b", "plate"),
    ("新能源车沪AD12345天天占位", "沪AD12345", "plate"),
    ("苏E·F06688停了三个月", "苏E·F06688", "plate"),
    ("沪Ｂ８８Ｋ２１", "沪Ｂ８８Ｋ２１", "plate"),
    ("粤Z1234港过来的", "粤Z1234港", "plate"),
    ("教练车浙B1234学", "浙B1234学", "plate"),
    ("车牌A3F52P那辆", "A3F52P", "plate"),
    ("车牌号是D12345", "D12345", "plate"),
    ("打到6222021234567890128", "6222021234567890128", "bank_card"),
    ("卡号6222 0212 3456 7890", "6222 0212 3456 7890", "bank_card"),
    ("4111111111111111", "4111111111111111", "bank_card"),
    ("4111-1111-1111-1111", "4111-1111-1111-1111", "bank_card"),
    ("退款退到账号：310066123456789", "310066123456789", "bank_card"),
    ("邮箱wang.fang@example.com", "wang.fang@example.com", "email"),
    ("ｗａｎｇ＠example.com", "ｗａｎｇ＠example.com", "email"),
    ("写信到a_b-1@mail.example.cn吧", "a_b-1@mail.example.cn", "email"),
    ("微信maqiao_2025", "maqiao_2025", "wechat"),
    ("微信号：wangfang", "wangfang", "wechat"),
    ("加我wx abc123456", "abc123456", "wechat"),
    ("VX:liu-1988a", "liu-1988a", "wechat"),
    ("QQ 304785220", "304785220", "wechat"),
    ("我的微信号是hello_w1", "hello_w1", "wechat"),
]

DOORS = [
    ("3号楼502室漏水", "3号楼502室"),
    ("12幢3单元401漏水", "12幢3单元401"),
    ("5号301室的水管", "5号301室"),
    ("120弄5号301室", "5号301室"),
    ("三号楼五〇二室", "三号楼五〇二室"),
    ("三号楼五零二漏水", "三号楼五零二"),
    ("3号楼502漏水", "3号楼502"),
    ("3号楼502户主不肯", "3号楼502"),
    ("８号楼１２０３室", "８号楼１２０３室"),
    ("8栋-502室", "8栋-502室"),
    ("B座1203室", "B座1203室"),
    ("3单元401的住户", "3单元401"),
    ("我住8-502，楼上漏水", "8-502"),
    ("8-502室漏水", "8-502室"),
    ("住在8－2－502", "8－2－502"),
    ("8#502室", "8#502室"),
    ("12幢三单元六楼602室", "12幢三单元六楼602室"),
    ("楼上602室天天吵", "602室"),
    ("5楼502晾衣服", "5楼502"),
    ("我家住在28号302", "28号302"),
    ("45弄12号502漏水", "12号502"),
    ("3组12号家门口积水", "12号"),
    ("第3村民小组12号门口", "12号"),
    ("我住在元江路25号，门口没灯", "25号"),
    ("门牌号25号的围墙", "25号"),
    ("家在沙沟浜3队15号", "15号"),
    ("12幢501号房漏水", "12幢501号房"),
    ("7栋1802号业主", "7栋1802号"),
    ("甲号楼302室", "甲号楼302室"),
    ("五百零二室", "五百零二室"),
    ("8栋二单元703、704都漏", "8栋二单元703、704"),
]

NAMES = [
    ("王建国说灯坏了", "王建国", "某某说灯坏了"),
    ("王 建 国说灯坏了", "王建国", "某某说灯坏了"),
    ("王建国和王建国的儿子", "王建国", "某某和某某的儿子"),
    ("王阿姨说灯坏了", "王建芳", "某阿姨说灯坏了"),
    ("王先生来过两次", "王建国", "某先生来过两次"),
    ("老王来过两次", "王建国", "老某来过两次"),
    ("小王家的狗", "王建国", "小某家的狗"),
    ("建国叔年纪大了", "王建国", "某某叔年纪大了"),
    ("欧阳老师住这里", "欧阳文静", "某某老师住这里"),
    ("找刘书记讲过", "刘永强", "找某书记讲过"),
    ("Anna Smith 来问", "Anna Smith", "某某 来问"),
    ("张三丰和张三", "张三", "某某丰和某某"),
    ("㛃喆说的", "㛃喆", "某某说的"),
    ("找王医生看", "王建国", "找某医生看"),
]


@pytest.mark.parametrize(("words", "hidden", "kind"), NUMBERS)
def test_a_personal_number_is_found_whole_and_nothing_else(words: str, hidden: str, kind: str) -> None:
    assert [(words[one.start : one.end], one.kind) for one in find_personal(words)] == [(hidden, kind)]
    assert hidden not in mask(words)


@pytest.mark.parametrize(("words", "hidden"), DOORS)
def test_a_door_is_found_whole_and_nothing_else(words: str, hidden: str) -> None:
    assert [(words[one.start : one.end], one.kind) for one in find_personal(words)] == [(hidden, "room")]
    assert hidden not in mask(words)


@pytest.mark.parametrize(("words", "told", "shown"), NAMES)
def test_a_told_name_is_hidden_whole_or_with_its_title(words: str, told: str, shown: str) -> None:
    assert mask(words, [told]) == shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("打13812345678找我", "打1**********找我"),
        ("打021-54881234", "打******"),
        ("3号楼502室漏水", "某号楼某室漏水"),
        ("我住元江路25号", "我住元江路某号"),
        ("沪A12345堵门", "沪******堵门"),
        ("邮箱a1@b.com", "邮箱***@***"),
        ("微信abc12345", "微信******"),
    ],
)
def test_what_is_shown_instead_still_reads(words: str, shown: str) -> None:
    assert mask(words) == shown


def test_a_released_span_is_shown_and_the_others_stay_hidden() -> None:
    words = "值班电话021-54881234，我的13812345678"
    office, own = find_personal(words)
    assert mask(words, spans_released=[office]) == "值班电话021-54881234，我的1**********"
    assert mask(words, spans_released=[(own.start, own.end)]) == "值班电话******，我的13812345678"


def test_releasing_half_a_span_releases_nothing() -> None:
    assert mask("打13812345678", spans_released=[(1, 6)]) == "打1**********"


def test_masking_twice_changes_nothing_more() -> None:
    once = mask("王建国13812345678住3号楼502室，沪A12345", ["王建国"])
    assert mask(once, ["王建国"]) == once
