"""The html page in a real browser: what a reader sees and does, names that would be markup, wide
and narrow screens, fifty thousand fields."""

import json
import os
import tempfile
import unittest

from browser import AVAILABLE, Browser
from harness import DATA, ProgramTest, main

FIRM = DATA.parent / "firm"
ATTACK = "document.documentElement.dataset.owned=1"
HOSTILE_FILE = f"<img src=x onerror={ATTACK}>.sql"
HOSTILE_TABLE = f"</script><script>{ATTACK}</script>"
HOSTILE_COLUMN = f"<svg onload={ATTACK}>mobile"
MANY = 50_000
OPENS_WITHIN = 1.0

HOSTILE_DUMP = f"""-- MySQL dump 10.13
CREATE TABLE `{HOSTILE_TABLE}` (
  `id` int NOT NULL,
  `{HOSTILE_COLUMN}` varchar(20),
  `mobile` varchar(20)
);
INSERT INTO `{HOSTILE_TABLE}` VALUES
""" + ",\n".join(f"({i},'09{i * 7919 % 10**8:08d}','09{i * 104729 % 10**8:08d}')"
                 for i in range(11, 41)) + ";\n"


@unittest.skipUnless(AVAILABLE, "chromium and chromium-driver are not installed")
class Page(ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if AVAILABLE:
            cls.profile = tempfile.TemporaryDirectory()
            cls.browser = Browser(cls.profile.name)

    @classmethod
    def tearDownClass(cls):
        if AVAILABLE:
            cls.browser.close()
            cls.profile.cleanup()
        super().tearDownClass()

    def page(self, *arguments, command="scan"):
        path = self.folder / "page.html"
        run = self.call(command, "--format", f"html:{path}", *arguments)
        self.assertIn(run.status, (0, 1), run.stderr)
        self.browser.width(1280)
        self.browser.open(path)
        return path

    def text(self, selector="#page"):
        return self.browser.run("return document.querySelector(arguments[0]).innerText", selector)

    def rows(self, column):
        return self.browser.run(
            "return [...document.querySelectorAll('#fields tbody tr:not(.more)')]"
            ".map(row => row.cells[arguments[0]].innerText)", column)

    def type_into(self, selector, value):
        self.browser.run(
            "const box = document.querySelector(arguments[0]); box.value = arguments[1];"
            "box.dispatchEvent(new Event(box.tagName === 'SELECT' ? 'change' : 'input'))",
            selector, value)

    def click(self, selector):
        self.browser.run("document.querySelector(arguments[0]).click()", selector)

    def test_names_from_data_are_never_markup(self):
        dump = self.file(HOSTILE_FILE, HOSTILE_DUMP)
        self.page(dump)
        self.browser.run("document.querySelectorAll('#fields .field button, details')"
                         ".forEach(each => each.click())")
        seen = self.text()
        for name in (HOSTILE_TABLE, HOSTILE_COLUMN, HOSTILE_FILE):
            self.assertIn(name, seen)
        self.click("#language-zh")
        self.assertEqual(self.browser.run(
            "return [document.documentElement.dataset.owned ?? null, document.images.length,"
            " document.scripts.length, document.querySelectorAll('#page script, [onload], [onerror]').length,"
            " performance.getEntriesByType('resource').length]"), [None, 0, 2, 0, 0])

    def test_its_policy_stops_what_is_not_its_own(self):
        self.page(FIRM)
        self.browser.run(
            "const script = document.createElement('script');"
            f"try {{ script.text = '{ATTACK}'; document.body.append(script); }} catch (refused) {{}}"
            "const link = document.createElement('a'); document.body.append(link);"
            "try { link.setAttribute('onclick', arguments[0]); } catch (refused) {}"
            "link.click(); const image = new Image();"
            "image.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw='; document.body.append(image)",
            ATTACK)
        self.assertIsNone(self.browser.run("return document.documentElement.dataset.owned ?? null"))
        self.assertEqual(self.browser.run("return document.images[0].naturalWidth"), 0)

    def test_nothing_is_wider_than_the_screen(self):
        hostile = self.file("x" * 100 + ".sql", HOSTILE_DUMP.replace("mobile", "m" * 120 + "obile"))
        for what in (FIRM, hostile):
            self.page(what)
            for width in (1280, 390):
                self.browser.width(width)
                for language in ("en", "zh"):
                    self.click(f"#language-{language}")
                    self.browser.run("document.querySelector('#fields .field button').click();"
                                     "document.querySelectorAll('details').forEach(d => d.open = true)")
                    with self.subTest(f"{width} {language}"):
                        self.assertLessEqual(self.browser.run(
                            "return document.documentElement.scrollWidth"), width)
                        highest = self.browser.run(
                            "return Math.max(...[...document.querySelectorAll("
                            "'#fields tbody tr:not(.more)')].map(row => row.clientHeight))")
                        # no column so narrow that a row of usual names fills the screen
                        self.assertTrue(what is hostile or highest < 160, highest)

    def test_a_comparison_has_its_section(self):
        old, new = self.folder / "old.ndjson", self.folder / "new.ndjson"
        self.call("scan", "-q", "--format", f"ndjson:{old}", FIRM)
        self.call("scan", "-q", "--format", f"ndjson:{new}", FIRM,
                  self.file(HOSTILE_FILE, HOSTILE_DUMP))
        self.page("--diff", old, new, command="report")
        self.assertIn("Compared with", self.text())
        changes = self.browser.run(
            "return [...document.querySelectorAll('[aria-label=\"Compared with\"] tbody tr')]"
            ".map(row => [...row.cells].map(cell => cell.innerText))")
        self.assertEqual({(row[0], row[7]) for row in changes}, {("new", "scope")})
        self.assertTrue(any(HOSTILE_TABLE in row[3] for row in changes))
        self.browser.width(390)
        self.assertLessEqual(self.browser.run("return document.documentElement.scrollWidth"), 390)
        self.click("#language-zh")
        self.assertIn("與先前結果比較", self.text())
        self.assertIsNone(self.browser.run("return document.documentElement.dataset.owned ?? null"))

    def test_on_paper_everything_is_unfolded(self):
        self.page(FIRM)
        before = "window.dispatchEvent(new Event('beforeprint'));"
        self.assertEqual(self.browser.run(
            before + "return [document.querySelectorAll('details:not([open])').length,"
            " document.querySelectorAll('#fields th button').length,"
            " document.querySelectorAll('#fields th').length]"), [0, 0, 9])
        self.assertEqual(self.browser.run(
            "window.dispatchEvent(new Event('afterprint'));"
            "return [document.querySelectorAll('details[open]').length,"
            " document.querySelectorAll('#fields th button').length]"), [0, 9])

    def test_filter_sort_language(self):
        self.page(FIRM)
        everything = self.rows(1)
        self.type_into("#find", "waybills")
        found = self.rows(1)
        self.assertTrue(0 < len(found) < len(everything))
        self.assertTrue(all("waybills" in name for name in found))
        self.type_into("#find", "no such field anywhere")
        self.assertIn("No field fits.", self.text("#fields"))
        self.type_into("#find", "")
        self.type_into("#choose-severity", "4")
        self.assertEqual(set(self.rows(0)), {"critical"})
        self.type_into("#choose-severity", "")
        self.click("#sort-unit")
        self.assertEqual(self.rows(1), sorted(everything))
        self.click("#sort-unit")
        self.assertEqual(self.rows(1), sorted(everything, reverse=True))
        self.assertEqual(self.browser.run("return document.querySelector('th[aria-sort=descending]').innerText")
                         .split()[0], "file")
        self.click("#language-zh")
        self.assertIn("欄位", self.text())
        self.assertEqual(self.browser.run("return document.documentElement.lang"), "zh-Hant-TW")
        words = {"en": ("Values by year", "Rules and what became of them", "Mask forms"),
                 "zh": ("各年份的值數", "各規則的結果", "遮蔽形式")}
        for language, expected in words.items():
            self.click(f"#language-{language}")
            for word in expected:
                self.assertIn(word, self.text())

    def test_keys_are_enough_and_everything_has_a_name(self):
        self.page(FIRM)
        self.browser.run("document.getElementById('sort-field').focus()")
        self.browser.keys("Enter")
        self.assertEqual(self.browser.run("return document.activeElement.id"), "sort-field")
        self.assertEqual(self.rows(2), sorted(self.rows(2)))
        self.browser.run("document.querySelector('#fields .field button').focus()")
        self.browser.keys("Enter")
        self.assertEqual(self.browser.run("return document.activeElement.ariaExpanded"), "true")
        tree = self.browser.devtools("Accessibility.getFullAXTree")["nodes"]
        acting = {"button", "combobox", "searchbox", "columnheader", "region"}
        nameless = [node for node in tree if node.get("role", {}).get("value") in acting
                    and not node.get("ignored") and not node.get("name", {}).get("value")]
        self.assertEqual(nameless, [])

    def test_fifty_thousand_fields_open_at_once(self):
        run = self.scan("--as-of", "2026-01-31", FIRM / "database")
        field = next(each for each in run.fields if each["column"] == "idno")
        violation = next(each for each in run.violations if each["column"] == "idno")
        lines = [run.records[0]]
        for record in (field, violation):
            lines += [dict(record, table=f"table_{i // 20:04d}", column=f"column_{i:05d}")
                      for i in range(MANY)]
        lines += [record for record in run.records if record["type"] == "control"]
        lines.append(run.summary)
        saved = self.file("many.ndjson", "".join(json.dumps(line) + "\n" for line in lines))
        path = self.page(saved, command="report")
        took = []
        while len(took) < 8 and min(took, default=OPENS_WITHIN) >= OPENS_WITHIN:
            self.browser.open(path)  # again where others keep the machine busy
            took.append(self.browser.run(
                "return performance.getEntriesByType('navigation')[0].loadEventEnd") / 1000)
        self.assertIn("50,000", self.text("#fields"))
        start = "const start = performance.now();"
        typed = self.browser.run(
            start + "const box = document.querySelector('#find'); box.value = 'column_49';"
            "box.dispatchEvent(new Event('input')); return performance.now() - start") / 1000
        self.assertIn("1,000", self.text("#fields"))
        print(f"{MANY} fields, {path.stat().st_size / 1e6:.0f} MB: opened in {min(took):.2f} s, "
              f"filtered in {typed:.2f} s")
        # a machine that has more to do than processors is as much slower
        limit = OPENS_WITHIN * max(1, os.getloadavg()[0] / (os.cpu_count() or 1))
        self.assertLess(min(took), limit)
        self.assertLess(typed, limit)
        log = json.loads(self.call("report", "--format", "sarif", saved).stdout)
        self.assertEqual(len(log["runs"][0]["results"]), 25_000)


if __name__ == "__main__":
    main()
