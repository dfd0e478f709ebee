"""Columns that will hold personal data: told before data is in them, new ones against a baseline."""

from harness import ProgramTest, main

TABLES = """CREATE TABLE `users` (`id` int NOT NULL, `mobile` varchar(20), `nick` text);
INSERT INTO `users` VALUES (1,'0928111223','ann'),(2,'0928111224','bob');
"""
MIGRATION = """CREATE TABLE payments (id int, card_no varchar(20), cvv char(3), card_no_masked text);
ALTER TABLE users ADD COLUMN IF NOT EXISTS birthday date AFTER mobile, ADD note text, DROP nick;
alter table only shop.orders add (recipient_phone varchar(20), amount int);
ALTER TABLE users ADD CONSTRAINT email CHECK (mobile <> ''), ADD KEY phone (mobile);
"""


class AnnouncedFields(ProgramTest):
    def announced(self, *arguments, status=None):
        run = self.scan(*arguments, status=status)
        return {(v.get("table"), v["column"], v["kind"], v.get("baseline")) for v in run.violations
                if v["rule"] == "yinma/announced-field"}

    def test_a_migration_tells_new_places_before_data_is_in_them(self):
        before = self.file(self.folder / "old/db.sql", TABLES)
        known = self.folder / "known.ndjson"
        self.scan(before.parent, "--format", f"ndjson:{known}")
        self.file(self.folder / "new/db.sql", TABLES)
        self.file(self.folder / "new/migration.sql", MIGRATION)
        self.assertEqual(self.announced(self.folder / "new", "--baseline", known), {
            ("payments", "card_no", "card_number", "new"),
            ("payments", "cvv", "card_security_code", "new"),
            ("users", "birthday", "birth_date", "new"),
            ("shop.orders", "recipient_phone", "phone_mobile", "new")})

    def test_a_gate_can_stop_at_them(self):
        migration = self.file(self.folder / "migration.sql", MIGRATION)
        self.assertEqual(len(self.announced(migration, "--fail-on", "low", status=1)), 4)
        known = self.folder / "known.ndjson"
        self.scan(migration, "--format", f"ndjson:{known}")
        self.announced(migration, "--fail-on", "low", "--baseline", known, status=0)

    def test_heads_without_rows_and_columns_without_values(self):
        head = self.file(self.folder / "head.csv", "姓名,身分證字號,備註\n")
        self.assertEqual({column for _, column, _, _ in self.announced(head)}, {"姓名", "身分證字號"})
        empty = self.file(self.folder / "empty.csv", "序號,姓名,手機\n" +
                          "".join(f"{i},王小明,\n" for i in range(20)))
        self.assertEqual({column for _, column, _, _ in self.announced(empty)}, {"手機"})

    def test_an_altered_table_is_no_reason_to_read_on(self):
        """Each statement is read once: the time of many grows like their number."""
        keys = "/*!40000 ALTER TABLE `t` DISABLE KEYS */;\nINSERT INTO t VALUES (1,'x');\n" * 20000
        head = "CREATE TABLE t (id int, note text);\n"
        self.assertEqual(self.scan(self.file(self.folder / "many.sql", head + keys),
                                   timeout=60).summary["not_scanned"], 0)

    def test_rows_of_an_altered_table_keep_their_columns(self):
        dump = self.file(self.folder / "a.sql",
                         "CREATE TABLE t (id int, mobile text);\nALTER TABLE t ADD id_no char(10);\n"
                         "INSERT INTO t VALUES (1,'0928111223','A143231948');\n"
                         "ALTER TABLE u ADD mobile text;\n"
                         "INSERT INTO u VALUES ('A143231948','0928111223');\n")
        found = {(f["table"], f["column"], f["kind"]) for f in self.scan(dump).fields}
        self.assertIn(("t", "id_no", "tw_national_id"), found)
        self.assertIn(("u", "#2", "phone_mobile"), found)


if __name__ == "__main__":
    main()
