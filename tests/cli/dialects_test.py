"""Dumps by MariaDB of names and values that upset readers (tests/fixtures/mariadb_forms.py): quotes
and back-slashes in data, 0x5C as the second byte of Big5, routines, comments that are code."""

from harness import DATA, ProgramTest, main

FORMS = DATA / "mariadb-forms"


class Dialects(ProgramTest):
    def test_odd_names_and_values(self):
        for name, table in {"odd.sql": "way`bill", "odd-big5.sql": "way`bill",
                            "odd-rows.sql": "way`bill", "odd.xml": "odd.way`bill"}.items():
            with self.subTest(name):
                run = self.scan("-v", FORMS / name, status=1)
                found = self.field_counts(run, table=table)
                self.assertEqual(found["Receiver, Name"], {"person_name": {"clear": 10}})
                self.assertEqual(found["idno"], {"tw_national_id": {"clear": 10}})
                self.assertEqual(found["born"], {"birth_date": {"clear": 10}})
                self.assertEqual(found["note"]["phone_mobile"]["clear"], 1)  # the INSERT in a value
                self.assertEqual({f["table"] for f in run.fields} - {"", table}, set())
                self.assertEqual([(c["status"], c["unit_rows"]) for c in run.of_type("coverage")],
                                 [("scanned", 10)])

    def test_what_routines_say_is_read(self):
        for name in ("odd.sql", "odd-big5.sql", "odd-rows.sql"):
            run = self.scan(FORMS / name, status=1)
            self.assertEqual([f["clear"] for f in run.fields if f["column"] == ""], [1], name)

    def test_a_dump_without_its_last_line_is_not_complete(self):
        for name, last in {"mariadb/shop.sql": b"-- Dump completed",
                           "postgresql/shop-copy.sql": b"-- PostgreSQL database dump complete"}.items():
            data = (DATA / name).read_bytes()
            run = self.scan(self.file("cut.sql", data[:data.rindex(last)]), status=1)
            self.assertEqual([(c["status"], c["reason"]) for c in run.coverage],
                             [("partial", "truncated")], name)


if __name__ == "__main__":
    main()
