"""The sentence for each code of a refusal. A name in braces is a fact of the refusal, put into words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .states import Words

OTHERWISE = _("这一步现在不能做。请刷新页面看看现在的情况，还不行就问办公室。")

SENTENCES: Words = {
    # who may, and in which state
    "not_found": _("没有找到。请核对号码，或者从列表里重新打开。"),
    "not_allowed": _("“{verb}”只能由{who}来做。请找他们，或用有这个职务的账号登录。"),
    "wrong_state": _("现在是“{state}”，不能“{verb}”。请刷新页面，看看已经走到哪一步。"),
    "changed_meanwhile": _("您看着的时候，别人已经动过：{since}。您写的没有丢，请看过新情况再决定。"),
    "same_id_other_words": _("这张单子已经用同一个编号交过，内容不一样。请重新打开表单再交一次。"),
    "restricted_outside_hall": _("限阅事项不在会上“{verb}”，由限阅专岗另行办理。"),
    "not_restricted": _("这件不是限阅事项，不能“{verb}”。请按平常的步骤办。"),
    "no_mandate": _("这个人今天没有{role}的职务。请先在人员里授予职务，或换一个人。"),
    "already_read": _("这个决定已经在会上念过，不用再念。"),
    # what an act must bring
    "must_bring": _("还缺{what}。请补上再提交。"),
    "too_long": _("{what}有 {length} 个字，最多 {limit} 个字。请分成几件，或把详情拍照附上。"),
    "unreadable_characters": _("{what}里有无法保存的字符。请删掉乱码，或重新输入一遍。"),
    "no_such_choice": _("{what}里没有“{choice}”这一项。请从列出的几项里选。"),
    "no_such_kind": _("性质里没有“{kind}”这一项。请从列出的几项里选，拿不准就选“未明”。"),
    "no_such_category": _("没有“{category}”这个分类。请从分类表里选，或选“其他”。"),
    "no_such_department": _("没有这个承办单位。请从名单里选。"),
    "time_in_the_past": _("这个时间已经过了。请选以后的时间。"),
    "time_in_the_future": _("{what}还没有到。请核对日期。"),
    # raising
    "batch_size": _("一次可以交 1 到 {limit} 件，现在是 {count} 件。请分几次交。"),
    "people_count": _("涉及人数写的是 {count}，不像是对的。请写 1 以上的整数，不清楚就空着。"),
    "consent_needed": _("要留联系方式，先要本人同意告知的用途。不同意也可以匿名提。"),
    "guardian_needed": _("不满 14 岁，要有监护人陪同并写下监护人姓名。"),
    "not_a_phone": _("电话号码不对。请写 11 位手机号，或带区号的座机。"),
    "split_in_two_or_more": _("拆分至少要两件，最多 {most} 件。请把每件写清楚。"),
    "merge_into_open": _("只能并到还开着的事项里，{number} 已经不开着了。请另选一件。"),
    "merge_holds_others": _("{number} 已经并到这件里了。并案只并一层：请把那一件并到这一件来。"),
    "merge_same_community": _("只能并到同一个村居的事项里。不同村居的同一件事，请用“关联”。"),
    "merge_private_apart": _("个人事项和公开事项不能并在一起。"),
    "seconded_already": _("这部手机已经附议过这一件，一部手机算一次。"),
    "voice_needs_a_device": _("附议要用自己的手机，或者登录。请扫会场的二维码。"),
    # the way to an answer
    "route_needs_department": _("走“{route}”要选一个主办单位。"),
    "assign_first": _("还没有分派给谁。请先分派，再做这一步。"),
    "return_too_late": _("退单要在一个工作日内提出，这件的最后一天是{last}。请直接和办公室商量。"),
    "no_return_asked": _("主办单位没有申请退单，不用裁定。"),
    "refer_instead": _("“引导到法定途径”不是答复。请用“引导到法定途径”这一步，并写明走哪条路。"),
    "date_makes_a_promise": _("带了日期就是答应了。请改选“正在解决”或“列入计划”，或者去掉日期。"),
    "promise_too_far": _("承诺的日期太远了，最远到 {last}。更久的事请说明原因，或者挂账、定期复看。"),
    "promise_in_the_past": _("答应的日期{promise_on}已经过了。请写一个以后的日期。"),
    "nothing_to_sign": _("没有等着审签的草稿。可能已经签过或退回，请刷新页面。"),
    "no_signed_draft": _("没有审签过的草稿可念。请先审签，或者当场把话说出来。"),
    "no_open_meeting": _("这个村居现在没有在开会。会上的话，要在会开着的时候记；会后的请用补录。"),
    "not_due_here": _("这件不是这次会到期的，不用往后延。能答就直接答复。"),
    "third_carry_over": _("{number} 已经连着往后延了两次，这次还要写上{what}。"),
    "done_before_raised": _("办到的日期比提出的日期还早。请核对。"),
    "review_within_a_quarter": _("复看日期最晚是{last}。请选这天或更早的一天。"),
    # the raiser's word
    "dispute_instead": _("没有解决，就不是认可。请选“不认可”，事情会重新办。"),
    "own_answer": _("谁给的答复，谁不能替提出人记“认可”。请换一位同事，或请本人用回执码自己评。"),
    "own_word_stands": _("这是您自己评的，不是别人代记的，不能这样收回。有新情况，请“重新提起”。"),
    "too_late_to_revoke": _("代记的话在 {days} 天内可以收回，现在已经过了。有新情况，请“重新提起”。"),
    "disputed_already": _("办结以后，一个人只能不认可一次。有新情况，请“重新提起”，或要求开专题会。"),
    "decision_not_read_yet": _("这个决定还没有在会上念。念过之后就可以提不认可。"),
    "raiser_still_has_time": _("答复以后才开过 {held} 次会，要开过两次会本人仍没有说话才算未评价。"),
    "too_late_to_void": _("撤销只能在 {seconds} 秒之内。记错了，请用“更正记录”。"),
    # persons and words
    "mark_restricted_first": _("举报和限阅分类的事，要先标为限阅，再改性质或分类。"),
    "marked_already": _("已经标过了，不用再标。"),
    "not_a_substitute": _("代办人要是在职人员，而且不是这件事涉及的人。请另选一位。"),
    "not_public_anyway": _("这件本来就不公开，不用遮挡。"),
    # slips and raising online
    "not_a_code": _("回执编号是十二位的字母和数字。请对照回执最下面一行，再输一遍。"),
    "slip_unknown": _("没有这个编号。请对照回执再看一遍；回执丢了，到村居报留过的手机号可以补。"),
    "too_many_tries": _("这里试错的次数太多了，请过 {minutes} 分钟再试。编号没有错、只是找不到回执的，到村居可以补。"),
    "raised_too_fast": _("一小时里从这里已经提了 {most} 件，请歇一会儿再提。很多件要一起提，请到村居办公室成批登记。"),
    "say_what_is_wrong": _("请用自己的话说一句哪里不对。这句话会在会上原样念出来。"),
    "say_whether_solved": _("请先选一下：问题解决了没有。"),
    # meetings
    "one_open_meeting": _("第 {number} 次会还开着。请先散会或中断，再开下一次。"),
    "move_is_cancellation": _("下一次会是{following_at}，改到那以后就等于取消。请选更早的时间，或取消这次会。"),
    "move_it_first": _("这次会定在{scheduled_at}，离现在太远。确实要提前开，请先改期。"),
    "unspoken_left": _(
        "还有 {count} 件到期的事没有说到，会还散不了：{matters}。每一件要么答复，要么当众说明往后延，要么宣读决定。"
    ),
    "still_time_to_adjourn": _("会还没有开着过 24 小时，主持人仍可以散会，不能按中断处理。"),
    "still_time_to_open": _("离开会时间还没有过 24 小时，仍可以开，不能记作没有开成。"),
    "host_is_concerned": _("到期的事里有涉及这个人的，全场不能由他主持。请另选主持人，或指定他人代主持那几件。"),
    "heads": _("人数请写 1 到 {most}。"),
    "sign_first": _("纪要还没有审签。请先请分管领导审签，再公布。"),
    "published_already": _("第 {edition} 版已经公布。要改，请编写新的一版。"),
    # setting up
    "town_code": _("镇的区划代码是 9 位或 12 位数字，“{code}”不是。请核对。"),
    "host_taken": _("网址 {host} 已经给了别的镇。请换一个网址。"),
    "host_name": _("“{host}”不是网址域名。请写成 zhouzhouhui.example.cn 这样，不带 http 和斜线。"),
    "host_in_use": _("您现在用的就是 {host}，不能去掉它。请先换另一个网址登录。"),
    "categories_there": _("已经有分类了，通用分类不再放入。请逐个添加，或用表格导入。"),
    "community_code": _("村居的区划代码是 12 位数字，“{code}”不是。请核对。"),
    "short_code": _("短码是 2 到 8 个字母或数字，“{code}”不是。请换一个。"),
    "code_taken": _("代码“{code}”已经有了。请换一个，或去修改原来那一个。"),
    "login_taken": _("登录名“{login}”已经有人用了。请换一个。"),
    "no_such_login": _("没有登录名叫“{login}”的在职人员。请从列出的人里选。"),
    "login_characters": _("登录名“{login}”里不能有空格和斜线。请换一个。"),
    "term_backwards": _("任期的结束早于开始。请核对两个日期。"),
    "out_of_range": _("{what}要在 {least} 到 {most} 之间。请改一下。"),
    "joined_already": _("会已经召集过了，加入日期{joins_on}不能再改。要改时间，请逐次改期。"),
    "department_owes": _("这个单位手上还有 {count} 件没办完。请选一个接手的单位，再撤并。"),
    "hand_over_needed": _(
        "这个人走了，有事没人接：空出来的职务 {who}，要主持或记录的会 {to_hold} 次，"
        "在手的限阅事项 {in_hand} 件。请选一位接手的人。"
    ),
    "successor_is_somebody_else": _("接手的要是另一位在职的人，自己的离任也要请同事来办。"),
    "short_code_stays": _("短码印在每一件事的编号里，不能改。原来的短码是 {short_code}。"),
    "no_such_community": _("没有叫“{community}”的村居。请写短码或全名。"),
    "no_such_department_named": _("没有叫“{department}”的单位。请写代码或全名。"),
    "login_is_somebody_else": _("登录名“{login}”已经是 {name} 的。请换一个登录名，或核对姓名。"),
    "password_too_weak": _("这个密码太好猜。请用至少 10 个字符，不要全是数字，不要和登录名差不多。"),
    # late records, groups, slips
    "not_a_late_verb": _("“{verb}”不能补录。能补录的是：登记、答复、阶段性答复、宣读决定、本人的认可或不认可。"),
    "meeting_not_over": _("这次会现在是“{state}”，还没有结束，不用补录。会上的话请在会场页面直接记。"),
    "not_in_that_meeting": _("写的时间不在那次会的时间之内。请核对日期和钟点。"),
    "later_meeting_opened": _("后面的会已经开过，这次会的编号不能再补。请把当时的话登记为平时提出。"),
    "phone_unknown": _("这个手机号没有留在任何一件事上。请核对号码，或到村居办公室当面查。"),
    "one_community_a_group": _("一起说的几件要是同一个村居的。请分开说。"),
    "group_size": _("合在一起说要选 2 到 {most} 件，现在是 {count} 件。"),
    "not_a_date": _("“{typed}”不是日期。请写成 2026-03-17 这样。"),
    # calls of the API
    "bad_json": _("这不是能读懂的 JSON：{problem}。请检查后再发一次。"),
    "wrong_encoding": _("内容不是 UTF-8 编码。请改用 UTF-8 再发一次。"),
    "token_needed": _("这一项要带令牌。请在请求头写上 Authorization: Bearer 令牌；没有令牌请找管理员。"),
    "token_unknown": _("这个令牌不认得：可能写错、过期或已经收回。请找管理员重新领一个。"),
    "no_such_address": _("没有这个地址。可用的地址都写在 /api/v1/openapi.json 里。"),
    "method_not_allowed": _("这个地址不能用 {method}，可以用 {allowed}。"),
    "body_too_large": _("发来的内容太大，最多 {limit} MiB。请分几次发，照片请先缩小。"),
    "json_wanted": _("请把内容写成 JSON，并在请求头写上 Content-Type: application/json。"),
    "invalid_fields": _("有 {count} 处填得不对：{faults}。请改好再发一次。"),
    "bad_cursor": _("翻页的记号不对。请从第一页重新开始，照返回的 next 往后翻。"),
    "photo_refused": _("这张照片收不下。请换一张 12 MiB 以内的 JPG 或 PNG 照片。"),
    "broken_inside": _("系统出了差错，这一步没有记下。请过一会儿再试，还不行就告诉管理员。"),
    "database_busy": _("现在太忙，这一步没有记下。请过几秒再发一次。"),
}
