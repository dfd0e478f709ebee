"""No clear value of the fixtures in any output of any report. The harness searches every run of
the whole suite; this file makes sure that every report and the noisiest options are among them."""

from harness import DATA, ProgramTest, main, planted_values

REPORTS = ("text", "ndjson", "json", "csv", "sarif", "html", "junit", "checklist", "inventory")


class Secrecy(ProgramTest):
    def test_every_report(self):
        written = []
        for name in REPORTS:
            target = self.folder / f"report.{name}"
            run = self.call("scan", "--occurrences", "-v", "--min-confidence", "possible",
                            "--profile", "all", "--format", f"{name}:{target}", DATA)
            if run.status == 2:  # a report of a later version
                self.assertIn(name.encode(), run.stderr)
                continue
            self.assertEqual(run.status, 1, run.stderr)
            self.assertEqual(planted_values(target.read_bytes()), [], name)
            written.append(name)
        self.assertLessEqual({"text", "ndjson"}, set(written))

    def test_on_standard_output(self):
        for name in ("text", "ndjson"):
            for language in ("en", "zh-TW"):
                run = self.call("scan", "--lang", language, "--color", "always", "--progress",
                                "always", "--format", name, DATA)
                self.assertEqual(run.status, 1, run.stderr)
                self.assertTrue(run.stdout)

    def test_values_in_names_of_tables_and_columns(self):
        from people import People
        people = People("names")
        value, card = people.national_id(), people.card()
        path = self.file("names.sql", f"INSERT INTO `t_{value}` (`{card}`,`idno`) VALUES "
                         f"('x','{people.national_id()}');\n"
                         f'{{"{value}": "{card}"}}\n')
        for name in ("text", "ndjson"):
            self.call("scan", "--occurrences", "-v", "--min-confidence", "possible",
                      "--format", name, path, secrets=[value, card])


if __name__ == "__main__":
    main()
