"""CSV and TSV as spreadsheets and databases export them."""

import urllib.parse

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

    def customers(self, name, change):
        columns, rows = COLUMNS["customers"], ROWS["customers"]
        return self.file(name, ",".join(columns) + "\n" + "".join(
            ",".join("" if v is None else change(c, v) for c, v in zip(columns, row)) + "\n"
            for row in rows))

    def test_tabs_that_keep_values_from_being_numbers(self):
        wanted = expected()["customers"]
        for name, form in (("before", '"\t%s"'), ("behind", '"%s\t"'), ("bare", "%s\t")):
            with self.subTest(name):
                run = self.scan(self.customers(name + ".csv", lambda _, v, form=form: form % v))
                self.assert_table(run, "", wanted)
                self.assertEqual(run.coverage, [])

    def test_percent_encoded_cells(self):
        for encoding in ("utf-8", "cp950"):
            with self.subTest(encoding):
                path = self.customers("percent.csv",
                                      lambda _, v: urllib.parse.quote(v.encode(encoding)))
                self.assert_table(self.scan(path), "", expected()["customers"])
        # signs of percent in other text are no encoding
        run = self.scan(self.file("rates.csv", "name,rate\n" + "王小明,5%E7\n李大同,7%\n" * 20))
        self.assertEqual(self.field_counts(run)["name"]["person_name"]["clear"], 40)

    def test_numbers_that_went_through_floating_point(self):
        cards = [f"{value}.0" for value in self.cards(40)]
        mobiles = [f"9{12 + i}345{100 + i}.0" for i in range(40)]
        rows = "".join(f"{card},{mobile},{900 + i}.0\n" for i, (card, mobile)
                       in enumerate(zip(cards, mobiles)))
        found = self.field_counts(self.scan(self.file("float.csv", "card_no,mobile,x\n" + rows)))
        self.assertEqual(found["card_no"]["card_number"]["clear"], 40)
        self.assertEqual(found["mobile"]["phone_mobile"]["clear"], 40)
        for name, text in (("x.csv", "a,b\n" + "".join(f"{card},5\n" for card in cards)),
                           ("x.json", "[" + ",".join(f'{{"a":{card}}}' for card in cards) + "]"),
                           ("x.txt", "".join(f"paid by {card} today\n" for card in cards))):
            found = self.field_counts(self.scan(self.file(name, text)))
            self.assertEqual([kinds["card_number"]["clear"] for kinds in found.values()], [40])
        # amounts have two places
        run = self.scan(self.file("sums.csv", "a,b\n" + "".join(f"{card}0,5\n" for card in cards)))
        self.assertEqual(run.fields, [])

    @staticmethod
    def cards(count):
        for i in range(count):
            body = f"49992698{i * 7919 % 10000000:07d}"
            digits = [int(c) * (2 if at % 2 == 0 else 1) for at, c in enumerate(body)]
            yield body + str(-sum(d - 9 * (d > 9) for d in digits) % 10)

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
