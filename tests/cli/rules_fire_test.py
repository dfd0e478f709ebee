"""Every rule of every pack fires on its breaking twin and holds on its clean one.

The rules are those that `yinma list rules` names: a rule without twins fails here.
"""

import datetime
import json
import os

from harness import ProgramTest, main
from twins import AS_OF, FIRES, TWINS

RULES_OF = {name: rules.split() for name, rules in FIRES.items()}
TAIPEI = datetime.timezone(datetime.timedelta(hours=8))


class RulesFire(ProgramTest):
    def twin(self, name, which):
        """The records of one side of the twin NAME."""
        twin = TWINS[name]
        folder = self.folder / f"{name}-{which}".replace(" ", "-")
        file = self.file(folder / twin.name, twin.contents[which])
        changed = datetime.datetime.combine(AS_OF, datetime.time(20), TAIPEI)
        changed -= datetime.timedelta(days=twin.age(which))
        os.utime(file, (changed.timestamp(), changed.timestamp()))
        config = self.file(folder / "yinma.yaml", "schema: 1\n" + "".join(
            ["retention:\n", *(f"  - {{setting: {setting}, at-most: {limit}}}\n"
                               for setting, limit in twin.retention.items())]
            if twin.retention else []))
        return self.scan("--profile", "all", "--class", "2", "--zone", twin.zone, "--as-of", AS_OF,
                         "--config", config, "--fail-on", "never", file, status=0)

    def test_every_rule_fires_and_holds(self):
        for name, rules in RULES_OF.items():
            breaking, clean = self.twin(name, "breaking"), self.twin(name, "clean")
            became = {r["rule"]: r["status"] for r in clean.of_type("control")}
            for rule in rules:
                with self.subTest(f"{rule}: {name}"):
                    self.assertIn(rule, breaking.rules())
                    self.assertNotIn(rule, clean.rules())
                    self.assertEqual(became[rule], "held")

    def test_no_rule_is_without_twins(self):
        listed = self.call("list", "rules", "--format", "json")
        ids = {entry["id"] for entry in json.loads(listed.stdout)}
        shown = {rule for rules in RULES_OF.values() for rule in rules}
        self.assertEqual(shown - ids, set())
        self.assertEqual(ids - shown, set())


if __name__ == "__main__":
    main()
