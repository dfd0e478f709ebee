"""Kinds that users describe in yinma.yaml: found, checked, masked, named by rules, tested."""

import json

from harness import ProgramTest, main

KINDS = """
kinds:
  - name: employee_no
    title: 員工編號
    legal: identity
    field-names: [Emp_No, 員工編號]
    words: [員工編號, 工號]
    expression: 'E[0-9]{6}'
    mask: {min-hidden: 4}
    examples:
      valid: [E123456]
      invalid: [E12345, F123456, E1234567, 0912345678]
      masked: ["E****56", "E○○○○56"]
  - name: member_no
    legal: contact
    expression: '[1-9][0-9]{7}'
    checksum: mod10-weighted
    weights: [1, 2, 1, 2, 1, 2, 4, 1]
    examples: {valid: ["12345679"], invalid: ["12345678"], masked: ["1234****"]}
  - name: voucher
    expression: 'VC-[A-Z]{4}-[0-9]{4,6}'
    proves-itself: true
"""


def weighted(stem):
    """STEM and the check digit of member_no."""
    total = sum(int(d) * w for d, w in zip(stem, (1, 2, 1, 2, 1, 2, 4)))
    return f"{stem}{-total % 10}"


MEMBERS = [weighted(str(1234561 + 7919 * i)) for i in range(30)]


class OwnKinds(ProgramTest):
    def setUp(self):
        self.config = self.file("own.yaml", KINDS)

    def fields(self, text, *options, name="data.csv"):
        run = self.scan("--config", self.config, *options, self.file(name, text))
        return {(f["column"], f["kind"]): f for f in run.fields}

    def states(self, field):
        return {s: field[s] for s in ("clear", "weak", "masked", "encrypted") if field[s]}

    def test_by_the_name_of_the_field(self):
        for name in ("emp_no", "EMP_NO", "empNo", "員工編號"):
            found = self.fields(f"id,{name}\n1,E123456\n2,E****56\n3,E12***6\n4,e\n5,\n")
            field = found[name, "employee_no"]
            self.assertEqual(self.states(field), {"clear": 1, "masked": 1, "weak": 1})
            self.assertEqual(field["legal"], "identity")
            self.assertEqual(field["confidence"], "certain")
            self.assertEqual({e["shown"] for e in field["examples"]} & {"E123456"}, set())

    def test_behind_a_word(self):
        text = "工號：E123456 上班\nnothing E7654321 E12345 TREE123456\n"
        field = self.fields(text, name="b.txt")["", "employee_no"]
        self.assertEqual((field["clear"], field["confidence"]), (1, "likely"))
        self.assertEqual(field["examples"][0]["offset"], 9)

    def test_alone_it_is_possible_only(self):
        text = "nothing tells of E123456 here\n"
        self.assertEqual(self.fields(text, name="c.txt"), {})
        found = self.fields(text, "--min-confidence", "possible", name="c.txt")
        self.assertEqual(found["", "employee_no"]["confidence"], "possible")

    def test_unless_its_owner_says_that_it_proves_itself(self):
        field = self.fields("use VC-ABCD-123456 now, VC-ABCD-1234567 not\n", name="d.txt")["", "voucher"]
        self.assertEqual((field["clear"], field["confidence"]), (1, "likely"))

    def test_a_checksum_proves(self):
        rows = "".join(f"{i},{number}\n" for i, number in enumerate(MEMBERS))
        field = self.fields(f"id,what\n{rows}")["what", "member_no"]
        self.assertEqual((field["clear"], field["confidence"]), (30, "certain"))
        self.assertIn("checksum", field["evidence"])
        # numbers of which one in ten passes: luck
        rows = "".join(f"{i},{20000000 + 7919 * i}\n" for i in range(200))
        self.assertEqual(self.fields(f"id,what\n{rows}"), {})

    def test_a_checksum_fails(self):
        wrong = MEMBERS[0][:-1] + str((int(MEMBERS[0][-1]) + 1) % 10)
        found = self.fields(f"x {wrong} y\n", "--min-confidence", "possible", name="e.txt")
        self.assertNotIn(("", "member_no"), found)

    def test_other_kinds_are_found_as_before(self):
        text = "id,身分證字號,手機\n1,A143231948,0928123457\n2,F275749118,0928123459\n"
        with_own = {key: self.states(f) for key, f in self.fields(text).items()}
        self.config = self.file("none.yaml", "zones: []\n")
        self.assertEqual(with_own, {k: self.states(f) for k, f in self.fields(text).items()})

    def test_rules_by_category_and_by_name(self):
        text = "id,emp_no\n1,E123456\n2,E123457\n"
        run = self.scan("--config", self.config, "--zone", "other", self.file("f.csv", text), status=1)
        self.assertIn("yinma/clear-identity", run.rules(kind="employee_no"))
        pack = """schema: 1
pack: house
version: "1"
title: {en: House, zh: 本公司}
issuer: us
rank: house-rule
rules:
  - section: "1"
    level: requirement
    scope: field
    title: {en: t, zh: t}
    message: {en: m, zh: m}
    remedy: {en: r, zh: r}
    breaks: [{kinds: [%s], states: [clear], zones: [other]}]
"""
        self.file("house.yaml", pack % "employee_no")
        config = self.file("own-pack.yaml", KINDS + "packs: [house.yaml]\n")
        run = self.call("scan", "--config", config, "--profile", "house", "--zone", "other",
                        "--format", "ndjson", self.folder / "f.csv")
        self.assertEqual(run.status, 1, run.stderr)
        self.assertIn("house/1", run.rules(kind="employee_no"))
        self.file("house.yaml", pack % "no_such_kind")
        self.assertEqual(self.call("scan", "--config", config, self.folder / "f.csv").status, 2)

    def test_masks_may_name_them(self):
        self.config = self.file("strict.yaml", KINDS + "masks:\n  employee_no: {min-hidden: 5}\n")
        field = self.fields("id,emp_no\n1,E****56\n2,E*****6\n")["emp_no", "employee_no"]
        self.assertEqual(self.states(field), {"weak": 1, "masked": 1})

    def test_the_same_for_any_number_of_workers(self):
        paths = [self.file(f"many/{i}.txt", f"工號：E{100000 + i}\nVC-ABCD-{1000 + i}\n")
                 for i in range(12)]
        runs = [self.comparable(self.scan("--config", self.config, "-j", n, *paths))
                for n in (1, 4)]
        self.assertEqual(*runs)


class Catalogues(ProgramTest):
    def test_list_and_explain(self):
        config = self.file("own.yaml", KINDS)
        rows = json.loads(self.call("list", "kinds", "--format", "json", "--config", config).stdout)
        row = next(r for r in rows if r["name"] == "employee_no")
        self.assertEqual((row["title"], row["legal"], row["min_hidden"]), ("員工編號", "identity", 4))
        text = self.call("explain", "member_no", "--config", config).stdout.decode()
        self.assertIn("[1-9][0-9]{7}", text)
        run = self.call("explain", "--value", "-", "--field", "emp_no", "--config", config,
                        stdin="Ｅ１２３４５６\n".encode(), secrets=["E123456", "Ｅ１２３４５６"])
        self.assertEqual(run.status, 0)
        self.assertIn("counts as     employee_no", run.stdout.decode())

    def test_names_that_hold_own_values_are_masked(self):
        config = self.file("names.yaml", "kinds:\n  - name: member_no\n    expression: '[0-9]{8}'\n"
                           "    checksum: luhn\n  - name: ticket\n    expression: 'T-[0-9]{4}'\n")
        self.file("tree/member 12345674.csv", "id,12345674 owner\n1,x\n2,member 12345674\n")
        self.file("tree/12345675/T-1234.csv", "id\n1\n")  # no check digit, no proof
        run = self.scan("-v", "--config", config, self.folder / "tree", secrets=["12345674"])
        units = sorted(c["unit"].split("/tree/")[1] for c in run.coverage)
        self.assertEqual(units, ["12345675/T-1234.csv", "member ****5674.csv"])
        text = self.call("scan", "--config", config, self.folder / "tree", secrets=["12345674"])
        self.assertIn("****5674", text.stdout.decode())

    def test_check_runs_the_examples(self):
        run = self.call("list", "kinds", "--check", "--config", self.file("own.yaml", KINDS))
        self.assertEqual(run.status, 0, run.stdout)
        self.assertIn("employee_no: 7 of 7", run.stdout.decode())
        wrong = KINDS.replace("valid: [E123456]", "valid: [E123456, E12345]") \
                     .replace('masked: ["1234****"]', 'masked: ["12345***"]') \
                     .replace('invalid: ["12345678"]', 'invalid: ["12345679"]')
        run = self.call("list", "kinds", "--check", "--config", self.file("wrong.yaml", wrong),
                        secrets=["E12345", "12345679"])
        self.assertEqual(run.status, 1)
        text = run.stdout.decode()
        for part in ("employee_no: examples.valid[1]", "does not fit", "member_no: examples.masked[0]",
                     "weak", "member_no: examples.invalid[0]"):
            self.assertIn(part, text)
        self.assertEqual(self.call("list", "zones", "--check").status, 2)

    def test_slow_expressions_are_told(self):
        config = self.file("slow.yaml", "kinds:\n  - name: slow\n    expression: '[a-z]+[0-9]'\n")
        for arguments in (["list", "kinds", "--check"], ["scan", config]):
            run = self.call(*arguments, "--config", config)
            self.assertIn("slow", (run.stdout + run.stderr).decode())
        run = self.call("scan", "-q", "--config", config, config)
        self.assertEqual(run.stderr, b"")


class Slips(ProgramTest):
    def test_errors_name_file_line_and_what_is_allowed(self):
        base = "kinds:\n  - name: {name}\n    expression: '{expression}'\n    {more}\n"
        cases = (
            (dict(name="card_number"), 2, "already"),
            (dict(name="tw_passport"), 2, "already"),
            (dict(name="Has Blank"), 2, "small letters"),
            (dict(expression="E[0-9"), 3, "expression"),
            (dict(expression="x*"), 3, "expression"),
            (dict(expression="(a)\\1"), 3, "expression"),
            (dict(more="checksum: lun"), 4, "luhn"),
            (dict(more="checksum: mod10-weighted"), 4, "weights"),
            (dict(more="legal: secret"), 4, "identity"),
            (dict(more="mask: {min-hiden: 3}"), 4, "min-hidden"),
            (dict(more="mask: {min-hidden: 0}"), 4, "nothing"),
            (dict(more="examples: {good: [x]}"), 4, "valid"),
            (dict(more="words: ['']"), 4, "empty"),
            (dict(more="colour: red"), 4, "field-names"),
        )
        for change, line, wanted in cases:
            with self.subTest(change):
                text = base.format(**{"name": "mine", "expression": "E[0-9]{6}", "more": "", **change})
                config = self.file("slip.yaml", text)
                for command in (["scan"], ["list", "kinds"]):
                    run = self.call(*command, "--config", config)
                    self.assertEqual(run.status, 2, (change, run.stdout, run.stderr))
                    message = run.stderr.decode()
                    self.assertIn(f"slip.yaml:{line}: ", message)
                    self.assertIn(wanted, message)

    def test_twice_the_same_name_and_no_expression(self):
        twice = "kinds:\n" + "  - name: mine\n    expression: 'E[0-9]{6}'\n" * 2
        self.assertIn("twice.yaml:4", self.call("scan", "--config", self.file("twice.yaml", twice))
                      .stderr.decode())
        run = self.call("scan", "--config", self.file("less.yaml", "kinds:\n  - name: mine\n"))
        self.assertEqual(run.status, 2)
        self.assertIn("expression", run.stderr.decode())

    def test_too_many(self):
        many = "kinds:\n" + "".join(f"  - name: k{i}\n    expression: 'E[0-9]{{6}}'\n"
                                    for i in range(70))
        run = self.call("scan", "--config", self.file("many.yaml", many))
        self.assertEqual(run.status, 2)
        self.assertIn("at most", run.stderr.decode())


if __name__ == "__main__":
    main()
