"""The small firm of tests/firm under every profile: which control is broken where, as
tests/golden/firm.golden says; and tests/firm is what tests/fixtures/firm.py makes."""

import collections
import datetime
import os
import pathlib
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "cli"))
sys.dont_write_bytecode = True

from harness import TESTS, ProgramTest, main  # noqa: E402
from firm import Firm  # noqa: E402

TAIPEI = datetime.timezone(datetime.timedelta(hours=8))
CHANGED = datetime.datetime(2026, 1, 30, 20, tzinfo=TAIPEI)
CHANGED_EARLIER = {"pc/desk-03/delivered-2025.csv": 30, "pc/desk-03/accounts.csv": 200}


class SmallFirm(ProgramTest):
    def test_the_files_are_those_of_the_generator(self):
        made, kept = Firm().make(), {}
        for path in (TESTS / "firm").rglob("*"):
            if path.is_file():
                kept[str(path.relative_to(TESTS / "firm"))] = path.read_text("utf-8")
        self.assertEqual(kept, made)

    def firm(self):
        """A copy whose files were changed on the days that its rows speak of."""
        folder = self.folder / "firm"
        shutil.copytree(TESTS / "firm", folder)
        for path in folder.rglob("*"):
            days = CHANGED_EARLIER.get(str(path.relative_to(folder)), 0)
            when = (CHANGED - datetime.timedelta(days=days)).timestamp()
            os.utime(path, (when, when))
        return folder

    def test_what_is_broken_where(self):
        firm = Firm()
        firm.make()
        run = self.scan("--profile", "all", "--as-of", "2026-01-31", "--config", "yinma.yaml", ".",
                        cwd=self.firm(), status=1, secrets=firm.secrets())
        lines, places = [], collections.defaultdict(list)
        for violation in run.violations:
            place = ".".join(filter(None, [violation.get("table"), violation.get("column")]))
            places[violation["unit"], violation["severity"], violation["rule"]].append(
                f"{place or '(text)'} {violation['count']}")
        units = {f["unit"]: f["zones"] for f in run.fields} | \
                {v["unit"]: v["zones"] for v in run.violations if v.get("zones")}
        order = ["critical", "high", "medium", "low"]
        for unit in sorted(units):
            lines.append(f"{unit}  ({', '.join(units[unit])})")
            of = [(order.index(severity), rule, found) for (where, severity, rule), found
                  in places.items() if where == unit]
            lines += [f"  {order[severity]:8}  {rule:24} {', '.join(sorted(found))}"
                      for severity, rule, found in sorted(of)]
        for status in ("held", "undecided", "not-asked"):
            of = run.of_type("control", status=status)
            lines.append(f"{status}: " + " ".join(
                r["rule"] + (f" ({r['why']})" if "why" in r else "") for r in of))
        text = "\n".join(lines) + "\n"
        golden = HERE / "firm.golden"
        if os.environ.get("YINMA_UPDATE_GOLDEN") == "1":
            golden.write_text(text, "utf-8")
        self.assertEqual(text, golden.read_text("utf-8"))


if __name__ == "__main__":
    main()
