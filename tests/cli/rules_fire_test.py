"""Every rule of every pack fires on its breaking twin and holds on its clean one.

The rules are those that `yinma list rules` names: a rule without twins fails here.
"""

import datetime
import json
import os
import re

from harness import TESTS, ProgramTest, main
from twins import AS_OF, FIRES, TWINS, UNDECIDED_ALONE, labels, people

RULES_OF = {name: rules.split() for name, rules in FIRES.items()}
EVERYTHING = ["--profile", "all", "--class", "2", "--as-of", AS_OF, "--fail-on", "never"]
TAIPEI = datetime.timezone(datetime.timedelta(hours=8))


class RulesFire(ProgramTest):
    def twin(self, name, which):
        """The records of one side of the twin NAME."""
        twin = TWINS[name]
        folder = self.folder / f"{name}-{which}".replace(" ", "-")
        changed = datetime.datetime.combine(AS_OF, datetime.time(20), TAIPEI)
        changed -= datetime.timedelta(days=twin.age(which))
        for file, content in twin.contents[which].items():
            os.utime(self.file(folder / "data" / file, content), (changed.timestamp(),) * 2)
        config = self.file(folder / "yinma.yaml", "schema: 1\n" + "".join(
            ["retention:\n", *(f"  - {{setting: {setting}, at-most: {limit}}}\n"
                               for setting, limit in twin.retention.items())]
            if twin.retention else []))
        return self.scan(*EVERYTHING, "--zone", twin.zone, "--config", config, folder / "data",
                         status=0)

    def test_every_rule_fires_and_holds(self):
        for name, rules in RULES_OF.items():
            breaking, clean = self.twin(name, "breaking"), self.twin(name, "clean")
            became = {r["rule"]: r["status"] for r in clean.of_type("control")}
            for rule in rules:
                with self.subTest(f"{rule}: {name}"):
                    self.assertIn(rule, breaking.rules())
                    self.assertNotIn(rule, clean.rules())
                    self.assertEqual(became[rule], "held")

    def test_what_needs_more_than_data_is_undecided(self):
        file = self.file("alone.csv", people())
        for zone, rules in UNDECIDED_ALONE.items():
            run = self.scan(*EVERYTHING, "--zone", zone, file, status=0)
            became = {r["rule"]: r["status"] for r in run.of_type("control")}
            for rule in rules.split():
                with self.subTest(rule):
                    self.assertEqual(became[rule], "undecided")

    def test_values_of_production_in_a_test(self):
        production = self.file("production.csv", people())
        reference = self.folder / "people.ref"
        self.call("scan", "--fail-on", "never", "--write-reference", reference, production)
        rule = "yinma/production-in-test"
        for file, status in ((production, "broken"), (self.file("made.csv", labels(True)), "held")):
            run = self.scan(*EVERYTHING, "--zone", "test", "--reference", reference, file, status=0)
            self.assertEqual([r["status"] for r in run.of_type("control", rule=rule)], [status])

    def test_reports_that_answer_controls_are_there(self):
        listed = self.call("list", "formats", "--format", "json")
        formats = {entry["name"] for entry in json.loads(listed.stdout) if entry["type"] == "report"}
        answers = (TESTS.parent / "rules/answers.tsv").read_text("utf-8")
        named = set(re.findall(r"--format (\w+)", answers))
        self.assertEqual(named - formats, set())
        self.assertGreater(len(named), 3)

    def test_no_rule_is_without_twins(self):
        listed = self.call("list", "rules", "--format", "json")
        ids = {entry["id"] for entry in json.loads(listed.stdout)}
        shown = {rule for rules in [*RULES_OF.values(), *map(str.split, UNDECIDED_ALONE.values())]
                 for rule in rules}
        self.assertEqual(shown - ids, set())
        self.assertEqual(ids - shown, set())


if __name__ == "__main__":
    main()
