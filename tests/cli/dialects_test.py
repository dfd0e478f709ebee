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

    def test_exports_of_oracle_are_told_whatever_their_character_set(self):
        for number in (1, 865, 867, 873):  # US7ASCII, ZHT16BIG5, ZHT16MSWIN950, AL32UTF8
            data = (b"\x03" + number.to_bytes(2, "big") + b"EXPORT:V11.02.00\nDSHOP\nRTABLES\n2048\n0\n"
                    + b'TABLE "MEMBERS"\nINSERT INTO "MEMBERS" ("IDNO") VALUES (:1)\n'
                    + b"".join(b"\x0a\0A123456789\0\0" for _ in range(20)) + b"\xff\xff\nEXIT\n")
            run = self.scan(self.file("exp.dmp", data))
            self.assertEqual([(c["status"], c["reason"]) for c in run.coverage],
                             [("partial", "unsupported")], number)
            self.assertEqual(run.fields[0]["values"], 20)


if __name__ == "__main__":
    main()
