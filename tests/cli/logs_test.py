"""Logs and free text."""

import json

from harness import DATA, ProgramTest, main

LOGS = DATA / "logs"
EXPECTED = json.loads((DATA / "expected.json").read_text("utf-8"))["logs"]


class Logs(ProgramTest):
    def test_clear_values_by_kind(self):
        for name, wanted in EXPECTED.items():
            with self.subTest(name):
                run = self.scan(LOGS / name, status=1 if name != "access.log" else None)
                found = {}
                for field in run.fields:
                    found[field["kind"]] = found.get(field["kind"], 0) + field["clear"]
                self.assertEqual(found, wanted)

    def test_keys_are_columns_and_the_place_is_a_log(self):
        run = self.scan(LOGS / "app.log", status=1)
        self.assertEqual({f["column"] for f in run.fields}, {"mobile", "idno", "card_no"})
        self.assertTrue(all("log" in f["zones"] for f in run.fields))
        self.assertIn("platform/5.3.5.1", run.rules(column="card_no"))
        raw = (LOGS / "app.log").read_bytes().split(b"\n")
        for field in run.fields:
            for example in field["examples"]:
                line = raw[example["line"] - 1]
                self.assertIn(field["column"].encode() + b"=", line)


if __name__ == "__main__":
    main()
