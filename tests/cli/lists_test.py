"""Rows and values that SQL lists where few look for them: VALUES in the place of a table, arrays of PostgreSQL, the
INSERTs of patches and programs."""

from harness import COLUMNS, ROWS, ProgramTest, expected, main

NAMES = COLUMNS["customers"]
PEOPLE = ROWS["customers"]


def literal(value):
    return "'" + value.replace("'", "''") + "'"


def tuples(mark=""):
    return ",\n".join(mark + "(" + ", ".join(map(literal, row)) + ")" for row in PEOPLE)


def element(value):
    plain = value.isalnum() and value.isascii()
    return value if plain else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def wanted():
    return {(column, kind): {s: n for s, n in counts.items() if s != "other" and n}
            for column, kinds in expected()["customers"].items() for kind, counts in kinds.items()}


class Lists(ProgramTest):
    def read(self, name, text):
        run = self.scan(self.file(name, text), "--fail-on", "never", "-v")
        return run, {(f["column"], f["kind"]): {s: f[s] for s in ("clear", "weak", "masked", "encrypted") if f[s]}
                     for f in run.fields}

    def test_values_in_the_place_of_a_table(self):
        columns = ", ".join(NAMES)
        for name, text in (
                ("select", f"SELECT * FROM (VALUES\n{tuples()}) AS t({columns}) WHERE t.id <> '';\n"),
                ("plain", f"select * from ( values\n{tuples()} ) people ({columns});\n"),
                ("insert", f"INSERT INTO customers SELECT * FROM (VALUES {tuples()}) AS t ({columns});\n"),
                ("with", f"WITH t ({columns}) AS (VALUES {tuples()})\nINSERT INTO customers SELECT * FROM t;\n"),
                ("merge", f"MERGE INTO customers c USING (VALUES {tuples()}) AS v ({columns}) ON c.id = v.id\n"
                          "WHEN MATCHED THEN UPDATE SET name = v.name;\n")):
            for ending in ("sql", "txt"):
                with self.subTest(name, ending=ending):
                    self.assertEqual(self.read(f"{name}.{ending}", text)[1], wanted())

    def test_values_without_names_and_cut_off(self):
        for text in (f"SELECT * FROM (VALUES {tuples()});\n", f"SELECT * FROM (VALUES {tuples()}"):
            kinds = {kind for _, kind in self.read("nameless.sql", text)[1]}
            self.assertIn("tw_national_id", kinds)

    def test_arrays(self):
        threes = [PEOPLE[at:at + 3] for at in range(0, len(PEOPLE), 3)]

        def braces(values):
            return "{" + ",".join(map(element, values)) + "}"

        def nested(values):
            return "{" + ",".join("{" + element(value) + "}" for value in values) + "}"

        def script(write):
            return "".join(f"INSERT INTO families ({', '.join(NAMES)}) VALUES ("
                           + ", ".join(write(values) for values in zip(*rows)) + ");\n" for rows in threes)
        copied = "".join("\t".join(braces(values).replace("\\", "\\\\") for values in zip(*rows)) + "\n" for rows in threes)
        for name, text in (
                ("braces", script(lambda values: literal(braces(values)))),
                ("null", script(lambda values: literal("{NULL," + braces(values)[1:]) + "::text[]")),
                ("nested", script(lambda values: literal(nested(values)))),
                ("array", script(lambda values: "ARRAY[" + ", ".join(map(literal, values)) + "]")),
                ("cast", script(lambda values: "array [" + ",".join(literal(v) + "::text" for v in values) + "]::text[]")),
                ("copy", f"COPY public.families ({', '.join(NAMES)}) FROM stdin;\n{copied}\\.\n")):
            with self.subTest(name):
                run, found = self.read(f"{name}.sql", text)
                self.assertEqual(found, wanted())
                self.assertEqual(run.coverage[0]["unit_rows"], 40)

    def test_braces_that_are_no_arrays(self):
        number = PEOPLE[0][2]
        for value in ("{ see the note, " + number + " }", "{" + number, "{" + number + "}}", "{\"" + number + "}",
                      "ARRAY['" + number):
            run = self.read("odd.sql", f"INSERT INTO notes (id, idno) VALUES (1, {literal(value)});\n" * 3)[0]
            self.assertEqual({f["kind"] for f in run.fields} - {"tw_national_id", "tw_resident_id"}, set())
        run, found = self.read("brackets.sql", "INSERT INTO notes (id, idno) VALUES (ARRAY[)], " + literal(number) + ");\n")
        self.assertTrue(run.coverage)

    def test_inserts_of_patches_and_programs(self):
        head = f"INSERT INTO customers ({', '.join(NAMES)}) VALUES ("
        rows = [head + ", ".join(map(literal, row)) + ");" for row in PEOPLE]
        patch = "diff --git a/seed.sql b/seed.sql\n--- a/seed.sql\n+++ b/seed.sql\n@@ -1,2 +1,122 @@\n BEGIN;\n"
        for name, text in (("added.patch", patch + "".join(f"+{row}\n" for row in rows)),
                           ("removed.diff", patch + "".join(f"-{row}\n" for row in rows)),
                           ("mail.txt", patch + "".join(f"+{row}\n" for row in rows)),
                           ("fill.txt", "import db\n" + "".join(f'db.execute("{row[:-1]}")\n' for row in rows))):
            with self.subTest(name):
                self.assertEqual(self.read(name, text)[1], wanted())

    def test_doubled_quotes_of_values_in_lines(self):
        lines = "".join(f"2026-01-31 08:00:0{i} DEBUG sql: INSERT INTO t (note, password) VALUES ('it''s {i}', 'Mango''tree{i}')\n"
                        for i in range(5))
        run = self.scan(self.file("app.log", lines), "--fail-on", "never", "--occurrences", "--reveal=force")
        shown = {o["shown"] for o in run.of_type("occurrence", kind="password")}
        self.assertEqual(shown, {f"Mango'tree{i}" for i in range(5)})


if __name__ == "__main__":
    main()
