"""Settings that change what counts: `masks:` of the configuration, --min- and --fail-confidence."""

import json

from harness import ProgramTest, main

CARDS = ["4999269823454950", "5299989022032778", "4999261111111112", "2421698070273493"]
IDS = ["A143231948", "F275749118", "I171147104", "O297465075", "W179907511", "Z239548620"]


def column(name, values):
    return f"no,{name}\n" + "".join(f"{i},{value}\n" for i, value in enumerate(values, 1))


class Masks(ProgramTest):
    """Per kind: a column whose values are masked (or weak) by default is the other by policy."""

    CASES = (
        ("card_number", "card_no", "**********{}4950", ["12", "34", "56"], "weak",
         "{max-shown-tail: 6}", "masked"),
        ("card_number", "card_no", "************{}50", ["49", "27", "31"], "masked",
         "{max-shown-tail: 2}", "weak"),
        ("tw_national_id", "id_no", "A12****7{}9", ["8", "7", "6"], "masked",
         "{min-hidden: 5}", "weak"),
        ("tw_national_id", "id_no", "A123***7{}9", ["8", "7", "6"], "weak",
         "{min-hidden: 3, min-residual: 10}", "masked"),
        ("tw_national_id", "id_no", "A12****7{}9", ["8", "7", "6"], "masked",
         "{min-residual: 100000}", "weak"),
        ("phone_mobile", "手機", "0928***4{}6", ["5", "6", "7"], "masked",
         "{min-hidden: 4}", "weak"),
        ("email", "email", "chen{}***@mail.com.tw", ["a", "b", "c"], "weak",
         "{min-hidden-percent: 20}", "masked"),
        ("person_name", "姓名", "王{}○", ["小", "大", "美"], "masked", "{min-hidden: 2}", "weak"),
    )

    def state_of(self, kind, text, *options):
        fields = [f for f in self.scan(*options, self.file("masks.csv", text)).fields
                  if f["kind"] == kind]
        self.assertEqual(len(fields), 1, text)
        return {s: fields[0][s] for s in ("clear", "weak", "masked") if fields[0][s]}

    def test_policies_change_states(self):
        for kind, name, form, parts, before, policy, after in self.CASES:
            with self.subTest(kind=kind, policy=policy):
                text = column(name, [form.format(part) for part in parts])
                config = self.file("masks.yaml", f"masks:\n  {kind}: {policy}\n")
                self.assertEqual(self.state_of(kind, text), {before: len(parts)})
                self.assertEqual(self.state_of(kind, text, "--config", config),
                                 {after: len(parts)})

    def test_kinds_that_are_off_by_default(self):
        path = self.file("ip.csv", "id,login_ip\n1,168.95.1.1\n2,61.219.36.248\n3,10.1.2.3\n")
        self.assertEqual(self.field_counts(self.scan(path)), {})
        config = self.file("ip.yaml", "turn-on: [ip_address]\n")
        self.assertEqual(self.field_counts(self.scan("--config", config, path)),
                         {"login_ip": {"ip_address": {"clear": 2, "other": 1}}})
        rows = json.loads(self.call("list", "kinds", "--format", "json").stdout)
        self.assertEqual([row["name"] for row in rows if row["by_default"] == "off"], ["ip_address"])
        self.assertIn("turn-on: [ip_address]", self.call("explain", "ip_address").stdout.decode())
        run = self.call("scan", "--config", self.file("no.yaml", "turn-on: [ip_adress]\n"), path)
        self.assertEqual(run.status, 2)
        self.assertIn("ip_address", run.stderr.decode())

    def test_rules_that_fix_the_form_do_not_care(self):
        """Platform 5.3.4.1 asks for the last four digits whatever `masks:` says."""
        text = column("card_no", [f"**********{n}4950" for n in (12, 34, 56)])
        config = self.file("loose.yaml", "masks:\n  card_number: {max-shown-tail: 6}\n")
        run = self.scan("--config", config, "--zone", "display", self.file("shown.csv", text))
        self.assertIn("platform/5.3.4.1", run.rules())

    def test_a_slip_is_told_with_its_place(self):
        for text, wanted in (("masks:\n  card_numbr: {min-hidden: 1}\n", "card_number"),
                             ("masks:\n  card_number: {max-shown: 4}\n", "max-shown-tail"),
                             ("masks:\n  email: {min-hidden-percent: 120}\n", "100")):
            run = self.call("scan", "--config", self.file("slip.yaml", text), self.folder)
            self.assertEqual(run.status, 2)
            self.assertIn("slip.yaml:2", run.stderr.decode())
            self.assertIn(wanted, run.stderr.decode())


class Confidence(ProgramTest):
    def setUp(self):
        # certain: a named column; likely: IDs alone in a text; possible: numbers called order_no
        self.certain = self.file("certain.csv", column("id_no", IDS))
        self.likely = self.file("likely.txt", f"somewhere {IDS[0]} stands\n")
        self.possible = self.file("possible.csv", column("order_no", CARDS[:2] + ["17"]))

    def confidences(self, *options, path):
        return {f["confidence"] for f in self.scan(*options, path).fields}

    def test_what_is_written(self):
        for path, level in ((self.certain, 3), (self.likely, 2), (self.possible, 1)):
            for minimum, needed in (("possible", 1), ("likely", 2), ("certain", 3)):
                with self.subTest(path=path.name, minimum=minimum):
                    run = self.scan("--min-confidence", minimum, path)
                    self.assertEqual(bool(run.fields), level >= needed)
                    self.assertEqual(run.summary["below_confidence"] > 0, level < needed)
                    self.assertEqual(run.summary["values"] > 0, level >= needed)

    def test_likely_is_the_default(self):
        self.assertEqual(self.confidences(path=self.likely), {"likely"})
        self.assertEqual(self.confidences(path=self.possible), set())

    def test_what_is_not_written_breaks_no_rule(self):
        self.assertEqual(self.scan(self.possible, status=0).violations, [])
        self.assertTrue(self.scan("--min-confidence", "possible", self.possible).violations)

    def test_what_may_fail_a_run(self):
        self.scan(self.likely, status=1)
        run = self.scan("--fail-confidence", "certain", self.likely, status=0)
        self.assertTrue(run.violations)  # still told
        self.scan("--fail-confidence", "certain", self.certain, status=1)
        self.scan("--min-confidence", "possible", "--fail-confidence", "likely", self.possible,
                  status=0)
        self.scan("--min-confidence", "possible", self.possible, status=1)

    def test_tests_and_program_text_fail_by_certain_values_only(self):
        for zone in ("test", "source"):
            self.scan("--zone", zone, self.likely, status=0)
            self.scan("--zone", zone, self.certain, status=1)
            self.scan("--zone", zone, "--fail-confidence", "likely", self.likely, status=1)
        self.scan("--zone", "other", self.likely, status=1)

    def test_why_a_violation_does_not_fail_the_run_is_said(self):
        for options, said in (((), False), (("--zone", "source"), True), (("--fail-confidence", "certain"), True),
                              (("--zone", "source", "--fail-on", "high"), False), (("--zone", "source", "--fail-on", "never"), False)):
            run = self.call("scan", *options, self.likely)
            self.assertEqual(b"not sure enough to fail the run" in run.stdout, said, options)

    def test_unknown_names(self):
        for option in ("--min-confidence", "--fail-confidence"):
            run = self.call("scan", option, "sure", self.certain)
            self.assertEqual(run.status, 2)
            self.assertIn("likely", run.stderr.decode())


if __name__ == "__main__":
    main()
