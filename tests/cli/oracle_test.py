"""Export files of Oracle: exp by what is known of its form, Data Pump by its header."""

from harness import ROWS, ProgramTest, main
from oracle import data_pump, exp, shop
from people import People
from shop import COLUMNS

SOURCE = People(71)
MEMBERS = [("NO", "NUMBER"), ("CUST_NAME", "VARCHAR2(40)"), ("ID_NO", "CHAR(12)"), ("MOBILE", "NVARCHAR2"),
           ("CARD_NO", "NUMBER"), ("RATE", "BINARY_DOUBLE"), ("BIRTHDAY", "DATE"), ("SEEN", "TIMESTAMP"),
           ("PHOTO", "RAW"), ("地址", "VARCHAR2(200)")]
NUMBERS = ("0", "-0.05", "12.5", "1000000", "-1", "0.001", "99", "-123456.789", "100")


def row(number):
    some = number % 6 != 0
    return [NUMBERS[number % len(NUMBERS)], SOURCE.name(), SOURCE.national_id(), SOURCE.mobile() if some else None,
            SOURCE.card(), "-2.5", SOURCE.birthday(), "2026-01-31 10:20:30" if some else None, "00ff" * 300,
            SOURCE.address() if some else None]


PEOPLE = [row(number) for number in range(60)]
SECRETS = [value for each in PEOPLE for value in (each[2], each[3], each[4]) if value]
WANTED = {("CUST_NAME", "person_name"): 60, ("ID_NO", "tw_national_id"): 60, ("MOBILE", "phone_mobile"): 50,
          ("CARD_NO", "card_number"): 60, ("BIRTHDAY", "birth_date"): 60, ("地址", "address"): 50}


class Oracle(ProgramTest):
    def read(self, name, data):
        run = self.scan(self.file(name, data), "-v", secrets=SECRETS)
        self.gaps = [(c["status"], c["reason"]) for c in run.of_type("coverage") if c["status"] != "scanned"]
        return run

    def counts(self, run):
        return {(f["column"], f["kind"]): f["values"] for f in run.fields if f["column"]}

    def test_rows_of_a_table(self):
        for codec in ("cp950", "utf-8", "gb18030"):
            for version in (7, 11):
                with self.subTest(codec=codec, version=version):
                    columns = MEMBERS if version > 7 else MEMBERS[:3] + MEMBERS[4:]
                    rows = PEOPLE if version > 7 else [each[:3] + each[4:] for each in PEOPLE]
                    data = exp({"MEMBERS": (columns, rows), "EMPTY": (columns, [])}, codec, version=version)
                    run = self.read("exp.dmp", data)
                    self.assertEqual(self.gaps, [])
                    wanted = {key: n for key, n in WANTED.items() if version > 7 or key[0] != "MOBILE"}
                    self.assertEqual(self.counts(run), wanted)
                    self.assertEqual({f["table"] for f in run.fields}, {"SHOP.MEMBERS"})
                    unit = run.of_type("coverage")[0]
                    self.assertEqual((unit["format"], unit["unit_rows"]), ("oracle-exp", 60))
                    self.assertIn("not published", unit["detail"])

    def test_damage(self):
        data = exp(shop(COLUMNS, ROWS), "utf-8")
        self.read("filled.dmp", data + b"\0" * 40)
        self.assertEqual(self.gaps, [])
        for part in range(1, 16):
            self.read("cut.dmp", data[:len(data) * part // 16])
            self.assertEqual(self.gaps, [("partial", "truncated")])
        at = data.index(b'INSERT INTO "PAYMENTS"') + 3000
        run = self.read("broken.dmp", data[:at] + b"\xfd\xfd\xfd" + data[at + 3:])
        self.assertEqual(self.gaps, [("partial", "unsupported")])
        tables = {f["table"] for f in run.fields}
        self.assertLessEqual({"SHOP.CUSTOMERS", "SHOP.WAYBILLS", "SHOP.PAYMENTS"}, tables)

    def test_data_pump(self):
        person = SOURCE.national_id()
        for version in ("11.02.00.04.00", "19.00.00.00.00"):
            body = b"\0" * 100 + b"\n" + person.encode() + b"\x0a" + bytes(range(256)) * 20
            run = self.scan(self.file("pump.dmp", data_pump(body, version)), "-v", secrets=[person])
            unit = run.of_type("coverage")[0]
            self.assertEqual((unit["status"], unit["reason"], unit["format"]),
                             ("partial", "unsupported", "oracle-datapump"))
            self.assertIn(version, unit["detail"])
            self.assertIn("SQLFILE", unit["detail"])
            self.assertEqual([f["values"] for f in run.fields], [1])


if __name__ == "__main__":
    main()
