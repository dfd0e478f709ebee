"""Dumps that real servers made: every table and column, exactly; the rules they break."""

from harness import COLUMNS, DATA, ROWS, ProgramTest, expected, main

MARIADB, POSTGRESQL = DATA / "mariadb", DATA / "postgresql"
EVERY_DUMP = {  # file: (prefix of table names, who names the columns: the DDL or the statement)
    MARIADB / "shop.sql": ("", "inferred"),
    MARIADB / "shop-databases.sql": ("shop.", "inferred"),
    MARIADB / "shop-complete-insert.sql": ("", "exact"),
    MARIADB / "shop-row-inserts.sql": ("", "inferred"),
    MARIADB / "shop-hex-blob.sql": ("", "inferred"),
    MARIADB / "shop.xml": ("shop.", "exact"),
    MARIADB / "shop-hex-blob.xml": ("shop.", "exact"),
    POSTGRESQL / "shop-copy.sql": ("public.", "exact"),
    POSTGRESQL / "shop-inserts.sql": ("public.", "inferred"),
    POSTGRESQL / "shop-column-inserts.sql": ("public.", "exact"),
}


class Dumps(ProgramTest):
    def test_a_dump_that_changes_its_encoding_is_told(self):
        def dump(name, again=None):
            parts = [f"-- MySQL dump 10.13\n/*!40101 SET NAMES {charset} */;\n"
                     f"INSERT INTO `t{i}` (`tel`) VALUES ('0923456123');\n".encode()
                     for i, charset in enumerate((name, again or name))]
            return self.file(f"{name}-{again}.sql", b"".join(parts))
        for first, again, status in (("utf8mb4", "utf8", 0), ("utf8mb4", "big5", 3),
                                     ("big5", "utf8", 3), ("utf8mb4", "binary", 0)):
            run = self.scan("--fail-on", "never", dump(first, again), status=status)
            self.assertEqual([c["reason"] for c in run.coverage],
                             [] if status == 0 else ["unsupported"])
            self.assertEqual(sum(f["clear"] for f in run.fields), 2)
        pg = self.file("pg.sql", "SET client_encoding = 'UTF8';\nSET client_encoding = 'BIG5';\n"
                                 "COPY public.t (tel) FROM stdin;\n0923456123\n\\.\n")
        self.assertIn("another encoding", self.scan("--fail-on", "never", pg, status=3).coverage[0]["detail"])

    def test_every_column_of_every_dump(self):
        for path, (prefix, _) in EVERY_DUMP.items():
            with self.subTest(path.name):
                run = self.scan(path, status=1)
                for table, wanted in expected().items():
                    with self.subTest(table):
                        self.assert_table(run, prefix + table, wanted, path)
                self.assertEqual({f["table"] for f in run.fields},
                                 {prefix + t for t, columns in expected().items() if columns})

    def test_units_are_dumps_in_a_backup(self):
        for path, (_, attribution) in EVERY_DUMP.items():
            with self.subTest(path.name):
                fields = self.scan(path).fields
                self.assertEqual({tuple(f["zones"]) for f in fields}, {("backup",)})
                self.assertEqual({f["attribution"] for f in fields}, {attribution})
                self.assertEqual(len({f["format"] for f in fields}), 1)

    def test_examples_lead_to_the_value(self):
        for path in EVERY_DUMP:
            with self.subTest(path.name):
                self.assert_examples(self.scan(path), path, ROWS.get, COLUMNS.get)

    def test_payments_break_the_rules_of_keeping(self):
        run = self.scan(MARIADB / "shop.sql", status=1)
        card = run.of_type("violation", table="payments", column="card_no")
        rules = {v["rule"]: v for v in card}
        self.assertLessEqual({"platform/5.3.6", "platform/5.3.5"}, set(rules))
        self.assertEqual(rules["platform/5.3.6"]["count"], 180)
        self.assertEqual(rules["platform/5.3.6"]["severity"], "critical")
        code = {v["rule"]: v for v in run.of_type("violation", table="payments", column="cvv")}
        self.assertEqual(code["platform/5.3.6.1"]["count"], 200)
        self.assertEqual(code["platform/5.3.6.1"]["parent"], "platform/5.3.6")
        self.assertFalse({"platform/5.3.4", "platform/5.3.4.1"} & run.rules())

    def test_shown_on_a_screen_other_rules_hold(self):
        run = self.scan("--zone", "*=display", MARIADB / "shop.sql", status=1)
        rules = run.rules(table="payments", column="card_no")
        self.assertLessEqual({"platform/5.3.4", "platform/5.3.4.1"}, rules)
        self.assertFalse([r for r in run.rules() if r.startswith(("platform/5.3.6",
                                                                  "platform/5.3.5"))])
        last_four = run.of_type("violation", rule="platform/5.3.4.1", column="card_no")[0]
        self.assertEqual(last_four["count"], 180 + 70)  # all that show more than the last four
        self.assertTrue(all(f["zones"] == ["display"] for f in run.fields))

    def test_mask_forms_are_counted(self):
        run = self.scan(MARIADB / "shop.sql")
        card = run.of_type("field", table="payments", column="card_no")[0]
        self.assertEqual(sum(form["count"] for form in card["mask_forms"]), 70 + 40)
        self.assertIn("certain", card["confidence"])
        self.assertIn("checksum", card["evidence"])

    def test_waybills_carry_too_much(self):
        run = self.scan("--zone", "*=waybill", MARIADB / "shop.sql", status=1)
        self.assertIn("idno", [v.get("column") for v in
                               run.of_type("violation", rule="platform/1.6.3.4", table="waybills")])

    def test_test_environment(self):
        run = self.scan("--zone", "*=test", MARIADB / "shop.sql", status=1)
        self.assertLessEqual({"platform/2.1.4", "platform/2.1.4.2"}, run.rules(table="customers"))

    def test_no_create_table_needs_no_names(self):
        run = self.scan(MARIADB / "shop-no-create.sql", status=1)
        self.assert_table(run, "payments", expected()["payments"])

    def test_any_number_of_workers_says_the_same(self):
        one = self.scan("-j", "1", MARIADB, POSTGRESQL)
        two = self.scan("-j", "2", MARIADB, POSTGRESQL)
        self.assertEqual(self.comparable(one), self.comparable(two))
        self.assertEqual(one.status, two.status)

    def test_every_instruction_set_says_the_same(self):
        runs = []
        for simd in ("scalar", "sse2", "sse4", "avx2", "avx512", "neon"):
            self.environment["YINMA_SIMD"] = simd
            runs.append(self.scan(MARIADB / "shop.sql", POSTGRESQL / "shop-copy.sql"))
        del self.environment["YINMA_SIMD"]
        first = [r for r in self.comparable(runs[0]) if r["type"] != "run"]
        for run in runs[1:]:
            self.assertEqual([r for r in self.comparable(run) if r["type"] != "run"], first)

    def test_occurrences(self):
        run = self.scan("--occurrences", MARIADB / "shop.sql")
        found = run.of_type("occurrence", table="payments", column="card_no")
        states = [o["mask"] for o in found]
        self.assertEqual({s: states.count(s) for s in set(states)},
                         {"clear": 180, "weak": 70, "masked": 40})
        raw = (MARIADB / "shop.sql").read_bytes()
        column = COLUMNS["payments"].index("card_no")
        for o in found:
            value = ROWS["payments"][o["row"] - 1][column].encode()
            self.assertEqual(raw[o["offset"]:o["offset"] + o["length"]], value)
            start = raw.rfind(b"\n", 0, o["offset"]) + 1
            self.assertEqual(o["column_in_line"], o["offset"] - start + 1)

    def test_columns_in_long_lines(self):
        """Short lines, then a statement longer than any buffer: its columns are right or left out."""
        rows = ",".join(f"({i},'{('王小明', '李大同', 'Chen')[i % 3]}','09{i % 100000000:08d}')" for i in range(40000))
        short = "\n".join(f"INSERT INTO `t` VALUES ({i},'王大文','0922{i:06d}');" for i in range(50))
        text = ("CREATE TABLE `t` (`id` int, `姓名` varchar(20), `手機` varchar(20));\n"
                f"{short}\nINSERT INTO `t` VALUES {rows};\n{short}\n")
        for encoding in ("utf-8", "big5"):
            raw = text.encode(encoding)
            run = self.scan("--occurrences", "--fail-on", "never", self.file("long.sql", raw))
            found = run.of_type("occurrence", column="手機")
            told = 0
            for o in found:
                start = raw.rfind(b"\n", 0, o["offset"]) + 1
                if "column_in_line" in o:
                    told += 1
                    self.assertEqual(o["column_in_line"], o["offset"] - start + 1, o)
            self.assertGreater(len(found), 30000)
            self.assertGreater(told, 4000)


if __name__ == "__main__":
    main()
