"""CSV and TSV as spreadsheets and databases export them."""

from harness import COLUMNS, DATA, ROWS, ProgramTest, expected, main
from shop import LABELS

EXPORTS = DATA / "exports"


def by_label(wanted):
    return {LABELS["customers"][COLUMNS["customers"].index(column)]: kinds
            for column, kinds in wanted.items()}


class Exports(ProgramTest):
    def test_one_column(self):
        """A table of one column has no delimiter; its name still tells what the cells are."""
        cards = "".join(f"4999269823**49{10 + i}\n" for i in range(20))
        for ending in ("csv", "tsv"):
            run = self.scan(self.file(f"cards.{ending}", "card_no\n" + cards), status=0)
            field = run.fields[0]
            self.assertEqual((field["format"], field["column"], field["kind"], field["weak"]),
                             (ending, "card_no", "card_number", 20))

    def test_encodings_of_one_export(self):
        wanted = by_label(expected()["customers"])
        for name, encoding in {"customers.csv": "utf-8", "customers-bom.csv": "utf-8",
                               "customers-big5.csv": "big5"}.items():
            with self.subTest(name):
                run = self.scan(EXPORTS / name, status=1)
                self.assert_table(run, "", wanted)
                for field in run.fields:
                    self.assertIn(encoding, field["encoding"].lower().replace("cp950", "big5"))

    def test_other_separators(self):
        for name, table in {"customers-semicolon.csv": "customers", "payments.tsv": "payments"}.items():
            with self.subTest(name):
                run = self.scan(EXPORTS / name, status=1)
                self.assert_table(run, "", expected()[table])

    def test_spreadsheet_habits(self):
        run = self.scan(EXPORTS / "excel.csv", status=1)
        found = self.field_counts(run)
        self.assertEqual(found["手機"]["phone_mobile"], {"clear": 95, "masked": 20, "weak": 5})
        self.assertEqual(found["姓名"]["person_name"]["clear"], 100)
        self.assertEqual(found["地址"]["address"]["clear"], 110)

    def test_a_first_row_of_values_is_no_header(self):
        run = self.scan(EXPORTS / "headerless.csv", status=1)
        columns = {f["column"] for f in run.fields}
        self.assertTrue(all(name.startswith("#") for name in columns), columns)
        found = self.field_counts(run)
        self.assertEqual(found["#3"]["tw_national_id"]["clear"], 90)
        self.assertEqual(found["#4"]["phone_mobile"]["clear"], 95)

    def test_columns_without_names_are_what_their_twins_are(self):
        twin = self.scan(EXPORTS / "customers.csv", status=1)
        order = (EXPORTS / "customers.csv").read_text("utf-8").split("\n")[0].split(",")
        wanted = {f"#{order.index(column) + 1}": set(kinds)
                  for column, kinds in self.field_counts(twin).items()}
        for name in ("headerless.csv", "numbered.csv", "numbered.sql"):
            path = EXPORTS / name
            rows = (EXPORTS / "headerless.csv").read_text("utf-8").split("\n")[:-1]
            if name == "numbered.csv":
                path = self.file(name, "\n".join([",".join(f"col_{i}" for i in range(1, 9)), *rows]))
            if name == "numbered.sql":
                path = self.file(name, "".join("INSERT INTO t VALUES ('%s');\n" %
                                               row.replace(",", "','") for row in rows))
            with self.subTest(name):
                run = self.scan(path, status=1)
                found = {f["column"].replace("col_", "#"): set() for f in run.fields}
                for field in run.fields:
                    found[field["column"].replace("col_", "#")].add(field["kind"])
                self.assertEqual(found, wanted)

    def test_examples_lead_to_the_value(self):
        for name, table in {"customers-semicolon.csv": "customers", "payments.tsv": "payments"}.items():
            with self.subTest(name):
                path = EXPORTS / name
                self.assert_examples(self.scan(path), path, lambda _, t=table: ROWS[t],
                                     lambda _, t=table: COLUMNS[t])

    def test_clear_identity_is_never_green(self):
        run = self.scan(EXPORTS / "customers.csv", status=1)
        self.assertIn("yinma/clear-identity", run.rules(column="身分證字號"))
        self.assertIn("yinma/clear-contact", run.rules(column="手機"))
        run = self.scan("--no-builtin", EXPORTS / "customers.csv")
        self.assertFalse([r for r in run.rules() if r.startswith("yinma/")])


if __name__ == "__main__":
    main()
