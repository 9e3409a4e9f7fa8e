"""Every page for everybody: axe finds nothing in three looks, and 长辈版 keeps its numbers."""

from pathlib import Path

import pytest

from tests.browser.flow import past_what_is_near

AXE = next((Path(__file__).parent / "vendor").glob("axe-core-*/axe.min.js"))
LOOKS = {"normal": [], "elder": [("size", "elder")], "contrast": [("contrast", "more")]}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = {
    "guest": [
        "/", "/reading", "/report", "/report/where", "/report/who", "/report/receipt", "{case}", "/follow", "/me/enter",
        "/me/enter/code", "/accounts/login/", "/nothing-is-here", "/open", "{open}",
        "/forms-list", "/forms-list/report", "/forms-list/answer",
    ],
    "chengguan": ["/desk/", "{event}", "/desk/map", "/desk/dispatch", "/desk/time", "/console/roster",
                  "/accounts/sessions/", "/accounts/2fa/",
                  "/accounts/password/change/", "/desk/forms/admissions", "/desk/forms/admissions/new",
                  "/desk/forms/design", "/desk/forms/demands"],
    "paidan": ["/desk/?scope=area", "/desk/?q=垃圾", "{event}", "/desk/dispatch", "/desk/overview",
               "/desk/map?scope=area", "/desk/new"],
    "shuju": ["/desk/tickets", "{file}", "/desk/policies", "/desk/base/elements", "/desk/base/deletions",
              "/desk/sources", "/desk/corrections", "/desk/sharing", "/console/open", "/console/owners",
              "/console/peers", "/desk/forms/burden", "/desk/forms/rules"],
    "shequ": ["/desk/base", "/desk/base?tab=house", "/desk/base?find=不存在", "{record}", "/desk/base/changes",
              "/desk/base/lists", "/desk/base/tags", "/desk/base/tags/task", "/desk/base/plates", "{list}",
              "{list}?find=1栋", "/desk/forms", "{form}?step=columns", "{form}/rows?step=rows", "{form}/rows",
              "{row}", "{form}/left-out", "/desk/gaps", "/desk/ledgers", "/desk/ledgers/new"],
    "hecha": ["/desk/?scope=area&tab=waiting", "{event}"],
    "shenji": ["/console/trust/ledger"],
    "admin": ["/console/accounts/", "/console/accounts/people/new", "{person}", "/console/accounts/units",
              "/console/accounts/posts", "/console/roster"],
}  # fmt: skip
# What a look can change while it shows the same elements; where it shows others, all rules are asked again.
OF_THE_LOOK = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
CHECK = """async ([attributes, tags, ofTheLook]) => {
  const root = document.documentElement;
  for (const name of ["size", "contrast"]) delete root.dataset[name];
  for (const [name, value] of attributes) root.dataset[name] = value;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const seen = [...document.querySelectorAll("*")].map((one) =>
    Number(one.checkVisibility({ visibilityProperty: true, opacityProperty: true }))).join("");
  const asked = seen === window.seenBefore ? { type: "rule", values: ofTheLook } : { type: "tag", values: tags };
  window.seenBefore = seen;
  const found = await axe.run(document, { runOnly: asked, resultTypes: ["violations"] });
  return found.violations.flatMap((one) => one.nodes.slice(0, 3).map((node) =>
    `${one.id}: ${node.target.join(" ")} — ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? one.help}`));
}"""
# Text under 18 px, lines under 1.3, and targets under 60 px; a link inside running text is text.
NUMBERS = """() => {
  const seen = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && one.getBoundingClientRect().width > 1 && one.getBoundingClientRect().height > 1
    && !one.closest(".out-of-sight, .skip, .island, svg");
  const named = (one) => `${one.tagName.toLowerCase()}#${one.id}.${[...one.classList].join(".")}`
    + ` in ${one.parentElement.closest("[class]")?.className} «${one.textContent.trim().slice(0, 12)}»`;
  const wrong = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode, holder = text.parentElement;
    if (!text.data.trim() || !seen(holder) || holder.matches("script, style, option, optgroup, noscript")) continue;
    const style = getComputedStyle(holder), size = parseFloat(style.fontSize);
    if (size < 17.99) wrong.push(`text ${size}px: ${named(holder)}`);
    const line = style.lineHeight === "normal" ? 0 : parseFloat(style.lineHeight) / size;
    if (line < 1.299) wrong.push(`line ${style.lineHeight} of ${size}px: ${named(holder)}`);
  }
  for (const one of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
    if (!seen(one) || (one.matches("a") && getComputedStyle(one).display === "inline")) continue;
    const target = one.matches("input[type=radio], input[type=checkbox]") ? one.closest("label") ?? one : one;
    if (one.matches("input[type=file]") && one.closest("label")) continue;
    const { height } = target.getBoundingClientRect();
    if (height < 59.5) wrong.push(`target ${Math.round(height)}px: ${named(one)}`);
  }
  return [...new Set(wrong)];
}"""


@pytest.fixture(scope="package")
def addresses(roles):
    """What stands for the addresses of one event, one person, one record and one hotline file."""
    found = {}
    page = roles("admin").new_page()
    page.goto("/console/accounts/")
    found["person"] = page.locator("a[href*='/people/']:not([href$=new])").first.get_attribute("href")
    page.close()
    found["file"] = _imported(roles("shuju").new_page())
    found["record"] = _record(roles("shequ").new_page())
    found["list"] = _listed(roles("shequ").new_page())
    found["form"], found["row"] = _filled(roles("shequ").new_page())
    page = roles("guest").new_page()
    page.goto("/open")
    found["open"] = page.locator("main h2 a").first.get_attribute("href")
    page.close()
    found["case"] = _reported(roles("guest").new_page())
    found["event"] = f"/desk{found['case'].split('?')[0]}"
    return found


def _record(page):
    page.goto("/desk/base")
    address = page.locator("main ul.rows a").first.get_attribute("href")
    page.close()
    return address


def _listed(page):
    """Make the list of a task, with the houses of one building."""
    page.goto("/desk/base/tags/task?tab=house")
    for name, said in (("name", "出租房检查"), ("purpose", "查用电用气")):
        page.fill(f"[name={name}]", said)
    for name, said in (("begins_on", "2026-01-01"), ("expires_on", "2099-01-01")):
        page.fill(f"[name={name}]", said)
    page.click("main form button.primary")
    page.wait_for_url("**/desk/base/tags/*-*")
    address = page.evaluate("location.pathname")
    page.goto(f"{address}?find=1栋")
    page.click("[name=all]")
    page.wait_for_url(f"**{address}")
    page.close()
    return address


def _filled(page):
    """Bring a list of residents and fill it, after a file that cannot be read; return the form and its first row."""
    table = "居民花名册\n序号,姓名,性别,出生日期,紧急联系人,残疾类别\n,,,,,\n,,,,,\n".encode()
    page.goto("/desk/forms")
    page.set_input_files("[name=file]", {"name": "照片.xlsx", "mimeType": "image/png", "buffer": b"\x89PNG"})
    page.click("main form[data-drop] button.primary")
    page.wait_for_load_state()
    page.set_input_files("[name=file]", {"name": "名册.csv", "mimeType": "text/csv", "buffer": table})
    page.click("main form[data-drop] button.primary")
    page.wait_for_url("**/desk/forms/*-*")
    address = page.evaluate("location.pathname")
    page.click("main form[action$=columns] button.primary")
    page.wait_for_url("**/rows")
    page.click("main form[action$=choose] button.primary")
    page.wait_for_load_state()
    page.click("main form[action$=ask] button")
    page.wait_for_load_state()
    row = page.locator("a.of-row").first.get_attribute("href")
    page.close()
    return address, row


def _imported(page):
    table = "工单编号,内容,联系电话\nB-1,南苑社区门口垃圾没人清,\nB-2,灯,123\n".encode()
    page.goto("/desk/tickets")
    page.set_input_files("[name=file]", {"name": "工单.csv", "mimeType": "text/csv", "buffer": table})
    page.click("main form button.primary")
    page.wait_for_url("**/desk/tickets/*")
    address = page.evaluate("location.pathname")
    page.close()
    return address


def _reported(page):
    for _ in range(2):  # the second one stays a draft, for the pages of the steps
        page.goto("/report")
        page.fill("#id_text", "南苑社区门口垃圾堆了好几天没人清")
        page.click("form.say button.primary")
        page.wait_for_url("**/report/where")
        if _:
            break
        page.select_option("#id_division", label="南苑社区")
        page.click("form.say button.primary")
        past_what_is_near(page)
        page.click("form.say button.primary")
        page.wait_for_url("**/report/receipt")
        address = page.locator("a.primary").get_attribute("href")
    page.goto("/me/enter")
    page.fill("#id_phone", "13800002222")
    page.press("#id_phone", "Enter")
    page.wait_for_url("**/me/enter/code*")
    page.close()
    return address


@pytest.mark.parametrize("role", PAGES)
def test_axe_finds_nothing_on_the_pages_of(page_of, addresses, role):
    page, wrong = page_of(role), []
    for path in PAGES[role]:
        address = path.format(**addresses)
        answer = page.goto(address)
        assert answer.status in {200, 403, 404}, (address, answer.status)
        page.evaluate(AXE.read_text("utf-8"))
        for look, attributes in LOOKS.items():
            wrong += [f"{path} ({look}) {one}" for one in page.evaluate(CHECK, [attributes, RULES, OF_THE_LOOK])]
            if look == "elder":
                wrong += [f"{path} (elder) {one}" for one in page.evaluate(NUMBERS)]
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize(("choice", "attribute"), [("elder", "size"), ("contrast", "contrast")])
def test_the_look_stays_on_from_page_to_page(fresh, choice, attribute):
    page = fresh(java_script_enabled=False)
    page.goto("/")
    page.click(f"button[value={choice}]")
    for path in ("/", "/follow", "/report", "/accounts/login/"):
        page.goto(path)
        assert page.locator("html").get_attribute(f"data-{attribute}"), path
