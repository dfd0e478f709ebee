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

    def test_stack_traces_are_no_table(self):
        """Most lines begin with a tab, as rows with an empty first column do."""
        failure = ("2026-01-05 10:00:00,123 ERROR [main] c.e.Shop - failed mobile=0923456123\n"
                   "java.lang.IllegalStateException: no answer\n")
        trace = "".join(f"\tat com.example.shop.Client.call(Client.java:{n})\n" for n in range(20))
        for name in ["shop.log", "shop.txt"]:
            run = self.scan("-v", self.file(name, ((failure + trace + "\t... 12 more\n") * 40).encode()))
            field, = run.of_type("field", kind="phone_mobile")
            self.assertEqual((field["format"], field["column"], field["clear"]), ("log", "mobile", 40))


if __name__ == "__main__":
    main()
