"""The desks in a real browser: from the inbox to the end by different people, keys, map, chart."""

import re

import pytest

from tests.browser.flow import past_what_is_near

SAID = "学府社区门口垃圾堆了好几天没人清"
UNSURE = "南苑社区这里有件事请来人看一看"
PRESSED = "() => document.activeElement.closest('a')?.getAttribute('href') ?? ''"


def reported(page, text, place="学府社区"):
    """Report something at the resident pages and return its number."""
    page.goto("/report")
    page.fill("#id_text", text)
    page.click("form.say button.primary")
    page.wait_for_url("**/report/where")
    page.select_option("#id_division", label=place)
    page.click("form.say button.primary")
    past_what_is_near(page)
    page.click("form.say button.primary")
    page.wait_for_url("**/report/receipt")
    return re.search(r"[一-鿿]+-\d{8}-\d{4}", page.inner_text("main"))[0]


def opened(page, number):
    page.goto(f"/desk/e/{number}")
    assert number in page.inner_text("main")
    return page


def do(page, act, **said):
    """Open an act, fill its form and send it."""
    form = page.locator(f"#act-{act}")
    if not form.is_visible():
        page.locator(f"details:has(#act-{act}) > summary").click()
    for name, words in said.items():
        form.locator(f"[name={act}-{name}]").fill(words)
    form.locator("button.primary").click()


def test_a_report_goes_from_desk_to_desk_until_it_is_closed(fresh, page_of):
    number = reported(fresh(), SAID)
    officer = opened(page_of("chengguan"), number)
    do(officer, "accept")
    officer.wait_for_selector("#act-submit", state="attached")
    do(officer, "submit", answer="已清运，并装了提示牌。")
    officer.wait_for_selector("#act-submit", state="detached")
    assert officer.locator("#act-pass").count() == 0, "who handled it can't check it"
    checker = opened(page_of("hecha"), number)
    do(checker, "pass")
    checker.wait_for_selector("#act-pass", state="detached")
    assert "已清运，并装了提示牌。" in checker.inner_text("main")
    assert checker.locator("#act-accept, #act-close").count() == 0


def test_a_draft_goes_behind_what_is_written_by_the_keyboard_alone(fresh, page_of):
    officer = opened(page_of("chengguan"), reported(fresh(), SAID))
    do(officer, "accept")
    officer.wait_for_selector("#act-submit", state="attached")
    officer.locator("details:has(#act-submit) > summary").click()
    answer = officer.locator("[name=submit-answer]")
    first, second = officer.locator("#act-submit [data-insert]").all()
    first.focus()
    officer.keyboard.press("Enter")
    draft = first.get_attribute("data-insert")
    assert answer.input_value() == draft
    assert "城市管理" in draft
    assert "{" not in draft
    answer.fill("您好，谢谢提醒。")
    second.focus()
    officer.keyboard.press("Enter")
    assert answer.input_value() == "您好，谢谢提醒。\n\n" + second.get_attribute("data-insert")
    assert officer.evaluate("getSelection().toString()") == "____", "the first line to fill in is marked"
    assert officer.locator("#act-submit").is_visible(), "nothing was sent"


def test_a_form_beside_a_map_is_sent(page_of):
    page = page_of("shequ")
    page.goto("/desk/")
    page.locator(".list .rows a", has_text="对门老人一个人住").click()
    page.wait_for_selector("#act-note", state="attached")
    page.locator("[data-island*=map]").first.scroll_into_view_if_needed()
    page.locator("[data-island*=map][data-ready='1']").first.wait_for()
    do(page, "note", words="已和楼长约好明天上门。")
    page.get_by_text("已和楼长约好明天上门。").first.wait_for()


def test_j_k_and_enter_walk_the_inbox(page_of):
    page = page_of("paidan")
    page.goto("/desk/?scope=area&tab=open")
    rows = [row.get_attribute("href") for row in page.locator("[data-keys=list] .rows a").all()]
    assert len(rows) > 3
    page.wait_for_selector("html[data-js=on]", state="attached")
    page.keyboard.press("j")
    assert page.evaluate(PRESSED) == rows[0]
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate(PRESSED) == rows[2]
    page.keyboard.press("k")
    assert page.evaluate(PRESSED) == rows[1]
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{rows[1]}")
    page.wait_for_selector("[data-keys=list] [aria-current=true]")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"


def test_number_keys_choose_the_candidate_and_enter_dispatches(fresh, page_of):
    number = reported(fresh(), UNSURE, place="南苑社区")
    page = page_of("paidan")
    page.goto(f"/desk/dispatch/{number}")
    page.wait_for_selector("html[data-js=on]", state="attached")
    second = page.locator(".candidates label:has([data-key='2'])")
    page.keyboard.press("2")
    assert second.locator("input").is_checked()
    matter = second.locator("b").inner_text()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.press("Enter")
    assert matter in opened(page, number).inner_text("main")


@pytest.mark.parametrize("path", ["/desk/map?scope=area&tab=open", "/desk/overview"])
def test_the_map_draws_what_the_list_says(page_of, path):
    page = page_of("paidan")
    page.goto(path)
    island = page.locator("[data-island*=map]").first
    island.scroll_into_view_if_needed()
    page.locator("[data-island*=map][data-ready='1']").first.wait_for()
    drawn = page.evaluate(
        """() => { const map = document.querySelector("[data-island*=map]").map;
                   return { areas: map.queryRenderedFeatures({ layers: ["areas"] }).length,
                            points: map.queryRenderedFeatures({ layers: ["points", "clusters"] }).length } }"""
    )
    assert drawn["areas"] > 20
    assert drawn["points"] > 0


def test_the_chart_draws_and_its_table_says_the_same(page_of):
    page = page_of("paidan")
    page.goto("/desk/overview")
    chart = page.locator("[data-island*=chart]").first
    chart.scroll_into_view_if_needed()
    page.wait_for_selector("[data-island*=chart] svg path", state="attached")
    said = page.evaluate(
        """() => { const island = document.querySelector("[data-island*=chart]");
                   return JSON.parse(document.getElementById(island.dataset.inline).textContent) }"""
    )
    rows = page.locator("figure:has([data-island*=chart]) details.twin tbody tr")
    assert rows.count() == len(said["categories"]) == 30
    first = [cell.strip() for cell in rows.first.locator("td").all_text_contents()]
    assert first == [str(one["values"][0]) for one in said["series"]]


def test_figures_lead_to_the_lists_they_count(page_of):
    page = page_of("paidan")
    page.goto("/desk/overview")
    figure = page.locator(".figures a").first
    assert int(figure.locator("b").inner_text().replace(",", "")) > 0
    figure.click()
    page.wait_for_url("**/desk/?*")
    assert page.locator("[data-keys=list] .rows a").count() > 0


def test_without_script_the_desk_works_too(fresh, node):
    page = fresh(java_script_enabled=False, viewport={"width": 1440, "height": 900})
    page.goto("/accounts/login/?next=/desk/")
    page.fill("[name=login]", "chengguan")
    page.fill("[name=password]", node.password)
    page.click("main button.primary")
    page.wait_for_url("**/desk/**")
    assert page.locator(".rows a").count() > 0
