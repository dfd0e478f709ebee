"""Binary files of SQL Server: native data of bcp by its format file or CREATE TABLE, bacpac."""

from harness import ProgramTest, main
from people import People
from sqlserver import Column, create_table, format_file, native, xml_format_file

SOURCE = People(57)
COLUMNS = [
    Column("no", "int", False), Column("cust_name", "nvarchar(20)"), Column("id_no", "char(10)", False),
    Column("mobile", "varchar(20)"), Column("card_no", "decimal(16,0)"), Column("points", "bigint"),
    Column("level", "tinyint", False), Column("active", "bit", False), Column("paid", "money"),
    Column("fee", "smallmoney", False), Column("rate", "float"), Column("share", "real", False),
    Column("made_at", "datetime", False), Column("seen_at", "smalldatetime"), Column("birthday", "date"),
    Column("call_at", "time"), Column("updated", "datetime2", False), Column("signed", "datetimeoffset"),
    Column("row_id", "uniqueidentifier", False), Column("address", "nvarchar(max)"),
    Column("memo", "text"), Column("remark", "ntext"), Column("extra", "xml"),
    Column("photo", "varbinary(max)"), Column("grade", "nchar(4)"), Column("stamp", "rowversion", False),
    Column("small", "smallint")]


def row(number):
    some = number % 7 != 0
    return [str(number), SOURCE.name(), SOURCE.national_id(), SOURCE.mobile() if some else None,
            SOURCE.card() if some else None, str(number * 1000) if some else None, "3", str(number % 2),
            "1250.5000", "-3.2500", "0.25" if some else None, "1.5", "2024-02-29 13:14:15",
            "2024-02-29 13:14:00" if some else None, SOURCE.birthday(), "08:30:00" if some else None,
            "2026-01-31 23:59:59", "2026-01-31 00:30:00+08:00" if some else None,
            "6F9619FF-8B86-D011-B42D-00C04FC964FF", SOURCE.address() if some else "",
            "客戶備註" if some else None, "其他" * (number % 5), "<a>註</a>" if some else None,
            "00ff" * 40 if some else None, "甲等", "00000000000007d1", "-5" if some else None]


ROWS = [row(number) for number in range(1, 61)]
SECRETS = [value for each in ROWS for value in (each[2], each[3], each[4]) if value]


def wanted(rows):
    def count(column):
        return sum(each[column] is not None and each[column] != "" for each in rows)
    return {("cust_name", "person_name"): count(1), ("id_no", "tw_national_id"): count(2),
            ("mobile", "phone_mobile"): count(3), ("card_no", "card_number"): count(4),
            ("birthday", "birth_date"): count(14), ("address", "address"): count(19)}


class Native(ProgramTest):
    def read(self, name, data, **others):
        for ending, text in others.items():
            self.file(f"{name}/{name}.{ending}", text)
        path = self.file(f"{name}/{name}.bcp", data)
        return self.scan(path.parent, "-v", "--include", "*.bcp*", secrets=SECRETS)

    def check(self, run, table, rows=ROWS, state="scanned"):
        unit = [c for c in run.of_type("coverage") if c["unit"].endswith(".bcp")]
        self.assertEqual([(c["status"], c.get("unit_rows")) for c in unit], [(state, len(rows))], unit)
        self.assertEqual({f["table"] for f in run.fields}, {table})
        self.assertEqual({f["attribution"] for f in run.fields}, {"exact"})
        self.assertEqual({f["format"] for f in run.fields}, {"bcp"})
        self.assertEqual({(f["column"], f["kind"]): f["values"] for f in run.fields}, wanted(rows))

    def test_format_files(self):
        for wide in (False, True):
            data = native(COLUMNS, ROWS, wide)
            for ending, text in (("fmt", format_file(COLUMNS, wide)), ("xml", xml_format_file(COLUMNS, wide))):
                with self.subTest(wide=wide, ending=ending):
                    run = self.read(f"f{wide}{ending}", data, **{ending: text.encode()})
                    self.check(run, "")
                    self.assertEqual(run.fields[0]["examples"][0]["row"], 1)

    def test_create_table(self):
        script = create_table("dbo.members", COLUMNS)
        for wide in (False, True):
            data = native(COLUMNS, ROWS, wide)
            for number, text in enumerate((script.encode("utf-16"), script.encode())):
                with self.subTest(wide=wide, number=number):
                    self.check(self.read(f"t{wide}{number}", data, sql=text), "dbo.members")

    def test_script_of_all_tables(self):
        other = create_table("dbo.orders", [Column("id", "int", False), Column("total", "money")], "id")
        script = (other + create_table("crm.members", COLUMNS, "no")).encode("utf-16")
        self.file("all/schema.sql", script)
        path = self.file("all/shop.crm.members.dat", native(COLUMNS, ROWS, True))
        run = self.scan(path, secrets=SECRETS)
        self.assertEqual({f["table"] for f in run.fields}, {"crm.members"})
        self.assertEqual({(f["column"], f["kind"]): f["values"] for f in run.fields}, wanted(ROWS))
        given = self.file("given/tables.txt", create_table("members", COLUMNS).encode())
        alone = self.file("given/members.bcp", native(COLUMNS, ROWS))
        run = self.scan(alone, "--schema", given, secrets=SECRETS)
        self.assertEqual({(f["column"], f["kind"]): f["values"] for f in run.fields}, wanted(ROWS))

    def test_a_description_that_does_not_fit(self):
        run = self.read("other", native(COLUMNS, ROWS),
                        fmt=format_file([Column("a", "bit"), Column("b", "date")]).encode())
        told = [c for c in run.of_type("coverage") if c["unit"].endswith("other.bcp")]
        self.assertEqual([c["status"] for c in told], ["partial"])
        text = "".join(",".join(each[1:4:2] + [each[2]]) + "\n" for each in ROWS if each[3])
        run = self.read("plain", text.encode(), sql=create_table("dbo.plain", COLUMNS).encode())
        self.assertEqual({f["kind"] for f in run.fields}, {"tw_national_id", "phone_mobile", "person_name"})

    def test_damage(self):
        data = native(COLUMNS, ROWS, True)
        for part in range(1, 16):
            run = self.read(f"cut{part}", data[:len(data) * part // 16],
                            sql=create_table("dbo.t", COLUMNS).encode())
            unit = [c for c in run.of_type("coverage") if c["unit"].endswith(".bcp")]
            self.assertEqual([c["reason"] for c in unit], ["truncated"])
            self.assertTrue(any(f["kind"] == "tw_national_id" for f in run.fields))
        half = native(COLUMNS, ROWS[:30], True)
        broken = half[:-20] + b"\xfe" * 33 + native(COLUMNS, ROWS[30:], True)
        run = self.read("broken", broken, sql=create_table("dbo.t", COLUMNS).encode())
        unit = [c for c in run.of_type("coverage") if c["unit"].endswith(".bcp")]
        self.assertEqual([c["reason"] for c in unit], ["damaged"])
        found = {f["column"]: f["values"] for f in run.fields if f["kind"] == "tw_national_id"}
        self.assertEqual(found, {"id_no": 60})

    def test_long_values(self):
        text = "備註 " * 700000 + ROWS[0][2] + " 完"
        rows = [*ROWS[:3], ROWS[3][:19] + [text, text] + ROWS[3][21:], *ROWS[4:]]
        run = self.read("long", native(COLUMNS, rows, True), sql=create_table("dbo.t", COLUMNS).encode())
        self.assertEqual([c for c in run.of_type("coverage") if c["status"] != "scanned"], [])
        found = {(f["column"], f["kind"]): f["values"] for f in run.fields}
        self.assertEqual((found["id_no", "tw_national_id"], found["address", "tw_national_id"],
                          found["memo", "tw_national_id"]), (60, 1, 1))


if __name__ == "__main__":
    main()
