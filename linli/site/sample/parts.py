"""Made-up content for the component page."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms

HOUR = 3600
SAY = {
    "t01": "提交结果",
    "t02": "异议",
    "t03": "删除",
    "t04": "补充情况",
    "t05": "查看全部",
    "t06": "交给城管中队",
    "t07": "不能点",
    "t08": "正在送出",
    "t09": "联办中",
    "t10": "待核查",
    "t11": "等园林所",
    "t12": "可合并",
    "t13": "已答复",
    "t14": "等居民回复",
    "t15": "今晚 23:00 至 01:00 维护，已经填的内容会保留。",
    "t16": "附近有 3 件相似的诉求，可以合并办理。",
    "t17": "请看一下",
    "t18": "没有送达，您填的内容还在，请稍后再试。",
    "t19": "已经收到，编号 南苑-20261122-0007。",
    "t20": "今天没有到期的件",
    "t21": "新的件派来时会出现在这里。",
    "t22": "看本周的件",
    "t23": "收件箱分类",
    "t24": "筛选",
    "t25": "街道",
    "t26": "待办的件",
    "t27": "待办的件（紧凑）",
    "t28": "退回这件",
    "t29": "退回后由县中心重新派，已经写的办理记录会保留。",
    "t30": "退回",
    "t31": "南苑街道各网格的诉求",
    "t32": "近八天新诉求与办结",
    "t33": "件",
    "t34": "近八天新诉求与办结（柱）",
    "t35": "近八天新诉求",
    "t36": "组件",
    "t37": "收件箱",
    "t38": "位置",
    "t39": "学府-20261121-0031 · 建筑渣土 · 居民网页",
    "t40": "工地夜间倒渣土，路面全是泥",
    "t41": "“连着三个晚上十一点以后，渣土车从学府路工地出来，车轮不冲洗，路上全是泥。希望有人夜里来看看。”",
    "t42": "昨天 23:18 · 张**（居民） · 另有 10 人关注 · 2 张照片",
    "t43": "经过",
    "t44": "为什么是这里办",
    "t45": "职责清单 3-07-02“建筑渣土”主办：城管局",
    "t46": "同类 42 件，首派成功 41 件",
    "t47": "青禾县",
    "t48": "近八天",
    "t49": "一屏",
    "t50": "· 数据 20 秒前",
    "t51": "需要现在处理 6",
    "t52": "今天",
    "t53": "新诉求 · 比上周日 −8%",
}
HEADS = [
    "button",
    "badge · clock",
    "notice · empty · skeleton",
    "field",
    "field · errors",
    "tabs · steps · breadcrumb · pages",
    "bar · filters · table",
    "timeline · photos",
    "job · confirm",
    "map · chart · spark",
]
TITLES = [
    "早市占道，救护车进不来",
    "工地夜间倒渣土，路面全是泥",
    "化粪池满溢，一楼进不了门",
    "共享单车堵住盲道",
    "行道树枯枝压住电线",
]


class SampleForm(forms.Form):
    """One field of each kind."""

    text = forms.CharField(
        label="说说您遇到的问题", help_text="在哪里、多久了、影响到谁，说得越清楚办得越快。", widget=forms.Textarea
    )
    phone = forms.CharField(
        label="手机号", required=False, help_text="只用来告诉您办理结果。", max_length=11, min_length=11
    )
    street = forms.ChoiceField(label="街道", choices=[("", "请选择"), ("1", "南苑街道"), ("2", "学府街道")])
    solved = forms.ChoiceField(
        label="问题解决了吗？",
        choices=[("yes", "解决了"), ("part", "解决了一部分"), ("no", "没有解决")],
        widget=forms.RadioSelect,
    )
    agree = forms.BooleanField(label="可以公开我的照片", required=False)


def content(*, now: datetime) -> dict[str, Any]:
    """Return what the component templates show."""
    wrong = SampleForm({"w-text": "", "w-phone": "1380000", "w-street": "", "w-solved": "maybe"}, prefix="w")
    crumbs = [{"label": "首页", "url": "/"}, {"label": "我的诉求", "url": "/follow"}, {"label": "南苑-20261122-0007"}]
    tabs = [("超时", 2, "red"), ("今日到期", 7, "amber"), ("本周", 31, ""), ("等别人", 12, "")]
    nav = [("收件箱", 9, "red"), ("派单", 0, ""), ("全县一览", 0, "")]
    return {
        "say": SAY,
        "heads": HEADS,
        "form": SampleForm(),
        "wrong": wrong,
        "filter": SampleForm(prefix="f"),
        "crumbs": crumbs,
        "tabs": [
            {"label": n, "count": c, "tone": t, "url": f"?tab={i}", "current": i == 1}
            for i, (n, c, t) in enumerate(tabs)
        ],
        "desk_nav": [
            {"label": n, "count": c, "tone": t, "url": "#", "current": i == 0} for i, (n, c, t) in enumerate(nav)
        ],
        "scenes": [
            {"label": n, "url": "#", "current": i == 0}
            for i, n in enumerate(("社区体征", "治安", "交通", "消防", "应急"))
        ],
        "desk_search_url": "#",
        "desk_me": {"name": "周敏", "post": "青禾县城市管理局 · 市容科"},
        **_things(now=now),
        **_figures(),
    }


def _things(*, now: datetime) -> dict[str, Any]:
    left = [-3 * HOUR, 2 * HOUR, 4 * HOUR, 7 * HOUR, 30 * HOUR]
    rows = [
        {"title": t, "left": s, "where": "北门街 42 号 · 南苑社区 · 3 人反映", "current": i == 1}
        for i, (t, s) in enumerate(zip(TITLES, left, strict=True))
    ]
    columns = [
        {"label": "编号", "sort": "number"},
        {"label": "标题"},
        {"label": "状态"},
        {"label": "关注", "sort": "followers", "figure": True},
    ]
    table = [
        ({"text": f"南苑-20261122-000{i}", "url": "#"}, t, {"text": "处理中", "tone": "blue"}, 3 * i)
        for i, t in enumerate(TITLES)
    ]
    facts = [("主办", "城管局 市容科"), ("协办", "住建局、学府社区"), ("办结时限", "今天 16:20"), ("等级", "B")]
    return {
        "now": now,
        "earlier": now - timedelta(minutes=20),
        "rows": rows,
        "entries": _entries(now=now),
        "columns": columns,
        "table": table,
        "facts": [{"label": label, "value": value} for label, value in facts],
        "page": SimpleNamespace(next_cursor="n", previous_cursor="p"),
        "job": {
            "label": "导入热线工单",
            "done": 642,
            "total": 1145,
            "rate_text": "每秒 24 件",
            "left_text": "还要 21 秒",
            "cancel_url": "#",
        },
        "steps": ["什么问题", "在哪里", "怎么联系"],
        "photos": [{"url": "/static/kernel/mark.svg", "alt": "现场照片"}] * 2,
    }


def _entries(*, now: datetime) -> list[dict[str, Any]]:
    return [
        {"at": now - timedelta(days=1, hours=5), "text": "您反映了问题", "by": "编号 南苑-20261122-0007"},
        {
            "at": now - timedelta(hours=5),
            "text": "已交给清和物业工程部，南苑社区一起盯着",
            "said": "今天下午四点前到现场，请留意电话。",
            "audience": "public",
        },
        {
            "at": now - timedelta(hours=4),
            "text": "物业登记",
            "said": "备件在仓库二号架，师傅 15:30 出发。",
            "audience": "internal",
            "by": "清和物业工程部",
        },
        {"at": now - timedelta(hours=3), "text": "师傅已到 3 栋，正在换灯"},
        {"next": True, "text": "下一步：修好后请您看看，满意再结束"},
    ]


def _figures() -> dict[str, Any]:
    square = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]
    areas = [_area(square, x, y) for x in range(6) for y in range(4)]
    tones = ["red", "amber", "blue", "green"]
    points = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [118.003 + 0.0071 * i % 0.058, 36.002 + 0.0053 * i % 0.038]},
            "properties": {"tone": tones[i % 4], "label": TITLES[i % 5], "url": "#"},
        }
        for i in range(9)
    ]
    days = [f"11月{d}日" for d in range(15, 23)]
    return {
        "areas": {"type": "FeatureCollection", "features": areas},
        "points": {"type": "FeatureCollection", "features": points},
        "items": [{"label": "南苑社区", "url": "#", "value": 31}, {"label": "学府社区", "url": "#", "value": 18}],
        "days": days,
        "series": [
            {"name": "新诉求", "values": [31, 28, 44, 40, 52, 38, 47, 41]},
            {"name": "办结", "values": [22, 30, 35, 41, 40, 44, 39, 45], "tone": "green"},
        ],
        "week": [31, 28, 44, 40, 52, 38, 47, 41],
    }


def _area(square: list[list[int]], x: int, y: int) -> dict[str, Any]:
    ring = [[118 + (x + a) * 0.01, 36 + (y + b) * 0.01] for a, b in square]
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {"value": (x * 7 + y * 5) % 13, "label": f"网格 {x}{y}", "url": "#"},
    }
