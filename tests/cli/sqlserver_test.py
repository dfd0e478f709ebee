"""Binary files of SQL Server: native data of bcp by its format file or CREATE TABLE, bacpac."""

from harness import ProgramTest, main
from people import People
from sqlserver import Column, bacpac, create_table, format_file, native, packed, xml_format_file

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
        self.assertEqual({f["kind"] for f in run.fields} & {"tw_national_id"}, {"tw_national_id"})
        text = "".join(",".join(each[1:4:2] + [each[2]]) + "\n" for each in ROWS if each[3])
        run = self.read("plain", text.encode(), sql=create_table("dbo.plain", COLUMNS).encode())
        self.assertEqual({f["kind"] for f in run.fields}, {"tw_national_id", "phone_mobile", "person_name"})

    def test_text_in_utf16_stays_text(self):
        columns = [Column(name, "nvarchar(100)") for name in ("a", "b", "c", "d")]
        text = "".join("\t".join((each[1], each[2], each[19] or "-", each[0])) + "\r\n" for each in ROWS)
        for number, raw in enumerate((text.encode("utf-16-le"), text.encode("utf-16"))):
            run = self.read(f"w{number}", raw, sql=create_table("dbo.w", columns).encode())
            self.assertEqual([(f["format"], f["values"]) for f in run.fields if f["kind"] == "tw_national_id"],
                             [("tsv", 60)])

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


CHINESE = [Column("編號", "int", False), Column("c1", "nvarchar(20)", label="收件人姓名"),
           Column("c2", "varchar(20)", label="行動電話", own="Phone"), Column("a]b", "char(10)", False),
           Column("total", "computed([編號] * 2)")]
SCRIPT = """<Element Type="SqlProcedure" Name="[dbo].[p]"><Property Name="BodyScript"><Value><![CDATA[
-- 聯絡人 身分證字號 {id}
]]></Value></Property></Element>"""


class Bacpac(ProgramTest):
    def tables(self):
        people = [[each[0], each[1], each[3], each[2]] for each in ROWS]
        return {"dbo.members": (COLUMNS, ROWS), "倉儲.出貨 單": (CHINESE, people),
                "dbo.empty": ([Column("id", "int", False)], [])}

    def members(self, **how):
        return bacpac(self.tables(), own_types={"Phone": "varchar(20)"}, **how)

    def read(self, name, members, *options, without=()):
        return self.scan(self.file(name, packed(members, without)), "-v", *options, secrets=SECRETS)

    def gaps(self, run):
        return [(c["status"], c.get("reason")) for c in run.of_type("coverage") if c["status"] != "scanned"]

    def counts(self, run):
        return {(f["table"], f["column"], f["kind"]): f["values"] for f in run.fields if f["column"]}

    def wanted(self):
        phones = sum(each[3] is not None for each in ROWS)
        return {("dbo.members", *key): count for key, count in wanted(ROWS).items()} | {
            ("倉儲.出貨 單", "c1", "person_name"): 60, ("倉儲.出貨 單", "c2", "phone_mobile"): phones,
            ("倉儲.出貨 單", "a]b", "tw_national_id"): 60}

    def test_tables_of_every_type(self):
        run = self.read("all.bacpac", self.members())
        self.assertEqual(self.gaps(run), [])
        self.assertEqual(self.counts(run), self.wanted())
        self.assertEqual({f["attribution"] for f in run.fields}, {"exact"})
        units = run.of_type("coverage")
        self.assertEqual([(u["format"], u["unit_rows"]) for u in units], [("bacpac", 120)])
        last = max(f["examples"][0]["row"] for f in run.fields)
        self.assertLess(last, 60)

    def test_members_in_any_order_and_from_a_pipe(self):
        members = self.members()
        data = packed(dict(sorted(members.items(), key=lambda item: item[0].lower(), reverse=True)))
        run = self.scan("-", "-v", stdin=data, secrets=SECRETS)
        self.assertEqual((self.gaps(run), self.counts(run)), ([], self.wanted()))

    def test_scripts_of_the_model(self):
        person = SOURCE.national_id()
        more = SCRIPT.format(id=person)
        for name, data in (("s.bacpac", True), ("s.dacpac", False)):
            run = self.scan(self.file(name, packed(self.members(more=more, data=data))), "-v",
                            secrets=[*SECRETS, person])
            self.assertEqual(self.gaps(run), [])
            self.assertEqual([f["values"] for f in run.fields if not f["column"]], [1])

    def test_what_is_wrong_is_told(self):
        members = self.members()
        run = self.read("rows.bacpac", self.members(told=121))
        self.assertEqual((self.gaps(run), self.counts(run)), ([("partial", "damaged")], self.wanted()))
        first = "Data/dbo.members/TableData-000-00000.BCP"
        cut = {**members, first: members[first][:-7]}
        self.assertEqual(self.gaps(self.read("short.bacpac", cut)), [("partial", "truncated")])
        strange = {**members, first: members["Data/%E5%80%89%E5%84%B2.%E5%87%BA%E8%B2%A8%20%E5%96%AE/"
                                             "TableData-000-00000.BCP"]}
        run = self.read("strange.bacpac", strange)
        self.assertEqual(self.gaps(run), [("partial", "damaged")])
        self.assertIn(("dbo.members", "", "tw_national_id"),
                      {(f["table"], f["column"], f["kind"]) for f in run.fields})
        unknown = {**members, "Data/dbo.gone/TableData-000-00000.BCP": members[first]}
        run = self.read("unknown.bacpac", unknown)
        self.assertEqual(self.gaps(run), [("partial", "unsupported")])
        self.assertTrue(any("dbo.gone" in f["unit"] for f in run.fields))

    def test_no_model(self):
        members = self.members()
        for name, without in (("model", ("model.xml",)), ("meta", ("DacMetadata.xml",))):
            run = self.read(f"no-{name}.bacpac", members, without=without)
            units = {c["unit"].split("!/")[1]: c["status"] for c in run.of_type("coverage") if "!/" in c["unit"]}
            self.assertEqual({u: s for u, s in units.items() if u.endswith(".BCP")},
                             {u: "partial" for u in members if u.endswith(".BCP")})
            self.assertTrue(any(f["kind"] == "tw_national_id" for f in run.fields))
        broken = {**members, "model.xml": members["model.xml"][:len(members["model.xml"]) // 2]}
        self.assertIn(("partial", "truncated"), self.gaps(self.read("half.bacpac", broken)))

    def test_damage(self):
        data = packed(self.members())
        for part in range(1, 16):
            run = self.scan(self.file(f"cut{part}.bacpac", data[:len(data) * part // 16]), "-v", secrets=SECRETS)
            self.assertNotEqual(self.gaps(run), [])
        for part in range(1, 16):
            at = len(data) * part // 16
            flipped = data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1:]
            run = self.scan(self.file(f"flip{part}.bacpac", flipped), "-v", secrets=SECRETS)
            self.assertTrue(self.gaps(run) or self.counts(run) == self.wanted(), part)


if __name__ == "__main__":
    main()
