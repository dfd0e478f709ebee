"""Scripts and rows of other tools: where tables and columns get their names from."""

import csv
import gzip
import io
import random

from harness import COLUMNS, ROWS, ProgramTest, expected, main


def quoted(value):
    return "NULL" if value is None else "N'" + value.replace("'", "''") + "'"


class Scripts(ProgramTest):
    def transact(self, table="customers"):
        columns = COLUMNS[table]
        lines = ["USE [Shop]", "GO", "SET ANSI_NULLS ON", "GO",
                 f"CREATE TABLE [dbo].[{table}](",
                 ",\n".join(f"\t[{c}] [nvarchar](200) NULL" for c in columns),
                 ") ON [PRIMARY]", "GO", f"SET IDENTITY_INSERT [dbo].[{table}] ON"]
        for i, row in enumerate(ROWS[table]):
            lines.append(f"INSERT [dbo].[{table}] ([" + "], [".join(columns) + "]) VALUES ("
                         + ", ".join(map(quoted, row)) + ")")
            if i % 50 == 49:
                lines += ["GO", "print 'Processed 50 total records'"]
        return "\r\n".join([*lines, f"SET IDENTITY_INSERT [dbo].[{table}] OFF", "GO", ""])

    def test_scripts_of_sql_server(self):
        for encoding, mark in (("utf-8", b""), ("utf-16-le", b"\xff\xfe")):
            path = self.file(f"{encoding}.sql", mark + self.transact().encode(encoding))
            run = self.scan(path, status=1)
            self.assert_table(run, "dbo.customers", expected()["customers"])
            self.assertEqual({f["attribution"] for f in run.fields}, {"exact"})
            self.assertEqual(run.coverage, [])

    def test_quotes_of_oracle_may_hold_quotes(self):
        rows = [f"Insert into SHOP.CUST (ID,NOTE,IDNO,BORN) values ({i},q'[it's {i}]',"
                f"'{row[2]}',to_date('1990-01-02','YYYY-MM-DD'));"
                for i, row in enumerate(ROWS["customers"])]
        run = self.scan(self.file("oracle.sql", "REM INSERTING into SHOP.CUST\n"
                                  "SET DEFINE OFF;\n" + "\n".join(rows) + "\n"), status=1)
        found = self.field_counts(run, table="SHOP.CUST")
        for counts in found["IDNO"].values():
            counts.pop("other", None)
        self.assertEqual(found["IDNO"], expected()["customers"]["idno"])
        self.assertEqual(found["BORN"]["birth_date"]["clear"], 120)
        self.assertEqual(run.coverage, [])

    def test_rows_of_copy_as_it_says(self):
        columns, rows = COLUMNS["customers"], ROWS["customers"]

        def written(**how):
            out = io.StringIO()
            csv.writer(out, lineterminator="\n", **how).writerows(
                [["" if cell is None else cell for cell in row] for row in rows])
            return out.getvalue()

        names = "(" + ", ".join(columns) + ")"
        heading = ";".join(columns) + "\n"
        for name, (head, body) in {
                "csv": (f"COPY public.customers {names} FROM stdin WITH (FORMAT csv);", written()),
                "quoted": (f"COPY public.customers {names} FROM stdin (FORMAT 'csv');",
                           written(quoting=csv.QUOTE_ALL)),
                "header": ("COPY public.customers FROM stdin WITH CSV HEADER DELIMITER ';';",
                           heading + written(delimiter=";")),
                "pipe": (f"COPY public.customers {names} FROM stdin (DELIMITER '|', NULL '');",
                         written(delimiter="|", quoting=csv.QUOTE_NONE, escapechar="\\")),
                "psql": (f"\\copy public.customers {names} from stdin with csv", written())}.items():
            with self.subTest(name):
                text = f"-- copied\nSET client_encoding = 'UTF8';\n{head}\n{body}\\.\n\nSELECT 1;\n"
                run = self.scan(self.file(name + ".sql", text), status=1)
                self.assert_table(run, "public.customers", expected()["customers"])
                self.assertEqual({f["attribution"] for f in run.fields}, {"exact"})
                self.assertEqual(run.coverage, [])

    def test_databases_of_pg_dumpall(self):
        rows = "".join(f"{i}\t{row[2]}\t{row[5]}\n" for i, row in enumerate(ROWS["customers"]))
        copy = f"COPY public.customers (id, idno, email) FROM stdin;\n{rows}\\.\n\n"
        text = ("-- PostgreSQL database cluster dump\n\\restrict abc\nSET client_encoding = "
                "'UTF8';\n\\connect -reuse-previous=on \"dbname='my shop'\"\n" + copy +
                "\\unrestrict abc\n\\connect crm\n" + copy)
        run = self.scan(self.file("all.sql", text), status=1)
        self.assertEqual({f["table"] for f in run.fields},
                         {"my shop.public.customers", "crm.public.customers"})
        for table in ("my shop.public.customers", "crm.public.customers"):
            self.assertEqual(self.field_counts(run, table=table)["email"],
                             expected()["customers"]["email"])

    def tab(self, folder):
        columns = COLUMNS["customers"]
        schema = ("-- MariaDB dump 10.19\n/*!40101 SET character_set_client = utf8 */;\n"
                  "CREATE TABLE `customers` (\n  "
                  + ",\n  ".join(f"`{c}` varchar(200) DEFAULT NULL" for c in columns)
                  + ",\n  PRIMARY KEY (`id`)\n) ENGINE=InnoDB;\n")
        rows = "".join("\t".join(r"\N" if v is None else v.replace("\\", "\\\\") for v in row)
                       + "\n" for row in ROWS["customers"])
        self.file(f"{folder}/customers.sql", schema)
        return schema, rows

    def test_rows_beside_their_description(self):
        _, rows = self.tab("tab")
        for name, data in (("customers.txt", rows.encode()),
                           ("customers.txt.gz", gzip.compress(rows.encode()))):
            path = self.file(f"tab/{name}", data)
            run = self.scan(path, status=1)
            self.assert_table(run, "customers", expected()["customers"])
            self.assertEqual({(f["format"], f["attribution"]) for f in run.fields},
                             {("mysql-tab", "inferred")})
            self.assertEqual(run.coverage, [])
            path.unlink()

    def test_arguments_of_calls(self):
        def text(value):
            return "NULL" if value is None else "'" + value.replace("'", "''") + "'"

        def q_text(value):
            return "NULL" if value is None else f"q'[{value}]'"

        columns, rows = COLUMNS["customers"], ROWS["customers"]
        plain = [", ".join(map(text, row)) for row in rows]
        named = [", ".join(f"{c} => {q_text(v)}" for c, v in zip(columns, row)) for row in rows]
        updates = [", ".join(f"{c} = {q_text(v)}" for c, v in zip(columns, row)) for row in rows]
        wanted = expected()["customers"]
        for name, prefix, statements in (
                ("call", "add_it.", [f"CALL shop.add_it({row});\n" for row in plain]),
                ("exec", "add_it.", [f"EXEC dbo.add_it {row};\nGO\n" for row in plain]),
                ("execute", "add_it.", [f"EXECUTE add_it ({row});\n" for row in plain]),
                ("block", "add_it.", [f"BEGIN\n  add_it({row});\nEND;\n/\n" for row in plain]),
                ("named", "", [f"BEGIN shop.add_it({row}); END;\n/\n" for row in named]),
                ("update", "", [f"UPDATE customers SET {row};\n" for row in updates])):
            with self.subTest(name):
                run = self.scan(self.file(name + ".sql", "-- changes\n" + "".join(statements)))
                found = self.field_counts(run)
                for column, kind in (("name", "person_name"), ("idno", "tw_national_id"),
                                     ("mobile", "phone_mobile"), ("address", "address")):
                    place = f"{prefix}#{columns.index(column) + 1}" if prefix else column
                    self.assertEqual(found[place][kind]["clear"], wanted[column][kind]["clear"])

    def test_rows_that_are_mostly_blobs(self):
        def escaped(data):
            for byte in (b"\\", b"\0", b"\n", b"\t"):
                data = data.replace(byte, b"\\" + (b"0" if byte == b"\0" else byte))
            return data

        chance = random.Random(4)
        for encoding in ("cp950", "utf-8"):
            with self.subTest(encoding):
                folder = self.file(f"{encoding}/d.sql", "-- MariaDB dump 10.19\nCREATE TABLE `d` (\n"
                                   "  `id` int(11),\n  `name` varchar(10),\n  `thumb` blob,\n"
                                   "  `idno` char(10)\n);\n").parent
                self.file(f"{encoding}/d.txt", b"".join(
                    b"\t".join([b"%d" % i, escaped("陳成功".encode(encoding)),
                                escaped(chance.randbytes(chance.choice([0, 60, 200, 800]))),
                                row[2].encode()]) + b"\n"
                    for i, row in enumerate(ROWS["customers"])))
                found = self.field_counts(self.scan(folder, status=1), table="d")
                self.assertEqual(found["name"]["person_name"]["clear"], len(ROWS["customers"]))
                wanted = expected()["customers"]["idno"]["tw_national_id"]
                self.assertEqual(found["idno"]["tw_national_id"]["clear"], wanted["clear"])

    def test_names_from_a_file(self):
        values = ",".join("(" + ",".join("NULL" if v is None else f"'{v}'" for v in row) + ")"
                          for row in ROWS["customers"])
        dump = self.file("nameless.sql", f"INSERT INTO `customers` VALUES {values};\n")
        self.assertIn("#3", self.field_counts(self.scan(dump)))
        lines = "table,column\n" + "".join(f"customers,{c}\n" for c in COLUMNS["customers"])
        script = "CREATE TABLE customers (" + ", ".join(f"{c} text" for c in
                                                        COLUMNS["customers"]) + ");"
        for name, text in (("names.csv", lines), ("names.sql", script)):
            run = self.scan("--schema", self.file(name, text), dump, status=1)
            self.assert_table(run, "customers", expected()["customers"])
            self.assertEqual({f["attribution"] for f in run.fields}, {"inferred"})
        self.assertEqual(self.call("scan", "--schema", self.file("empty", ""), dump).status, 2)
        self.assertEqual(self.call("scan", "--schema", "missing", dump).status, 2)

    def test_rows_of_mydumper(self):
        schema, _ = self.tab("unused")
        values = ",\n".join("(" + ",".join("NULL" if v is None else f'"{v}"' for v in row) + ")"
                            for row in ROWS["customers"])
        self.file("my/shop.customers-schema.sql.gz", gzip.compress(schema.encode()))
        path = self.file("my/shop.customers.00000.sql", "/*!40101 SET NAMES binary*/;\n"
                         f"INSERT INTO `customers` VALUES\n{values};\n")
        run = self.scan(path, status=1)
        self.assert_table(run, "shop.customers", expected()["customers"])
        self.assertEqual({(f["format"], f["attribution"]) for f in run.fields},
                         {("mydumper", "inferred")})


    def changed(self, name, text):
        run = self.scan("--fail-on", "never", "--min-confidence", "possible", "--occurrences",
                        self.file(name, text.encode()))
        self.assertEqual(run.coverage, [])
        return [(r["table"], r["column"], r["kind"], text.encode()[r["offset"]:][:r["length"]].decode())
                for r in run.of_type("occurrence")]

    def test_statements_that_change_rows(self):
        """An equals sign names a value, in what is set and in what is looked for."""
        text = ("-- changes\nUSE shop;\n"
                "UPDATE `member` SET `name`='王大明', `tel`='0935123878' /* new */, n = n + 1 WHERE `idno`='A143231948';\n"
                "UPDATE LOW_PRIORITY member m SET m.name = _utf8mb4'林志豪', tel = CONCAT('0935', '123879') WHERE id = 3 OR m.tel=0935123870;\n"
                "DELETE FROM crm.leads WHERE (mobile = '0935123871' AND note = 'it''s') LIMIT 1;\n"
                "INSERT INTO pay SET id=1, pan='4539578763621486', cvv='847';\n"
                "UPDATE pay SET note='0935123872 called', cvv = CASE WHEN cvv = '846' THEN NULL END;\n")
        self.assertEqual(self.changed("changes.sql", text), [
            ("shop.member", "name", "person_name", "王大明"), ("shop.member", "tel", "phone_mobile", "0935123878"),
            ("shop.member", "idno", "tw_national_id", "A143231948"),
            ("shop.member", "name", "person_name", "林志豪"), ("shop.member", "tel", "phone_mobile", "0935123870"),
            ("crm.leads", "mobile", "phone_mobile", "0935123871"),
            ("shop.pay", "pan", "card_number", "4539578763621486"), ("shop.pay", "cvv", "card_security_code", "847"),
            ("shop.pay", "note", "phone_mobile", "0935123872"), ("", "", "card_security_code", "846")])

    def test_changes_without_semicolons(self):
        text = ("USE [Shop]\nGO\nUPDATE [dbo].[Member] SET [Name] = N'王大明', [Mobile] = '0935123878' WHERE [Id] = 3\nGO\n"
                "UPDATE dbo.Member SET Mobile = '0935123879' FROM dbo.Member WHERE Name = N'林志豪'\n"
                "INSERT [dbo].[Member] ([Name], [Mobile]) VALUES (N'陳小華', '0935123870')\nGO\n")
        self.assertEqual([f[:3] for f in self.changed("changes.sql", text)], [
            ("dbo.Member", "Name", "person_name"), ("dbo.Member", "Mobile", "phone_mobile"),
            ("dbo.Member", "Mobile", "phone_mobile"), ("dbo.Member", "Name", "person_name"),
            ("dbo.Member", "Name", "person_name"), ("dbo.Member", "Mobile", "phone_mobile")])

    def test_changes_over_lines_without_semicolons(self):
        """A line that begins the next statement ends the last one, in scripts of no known tool, too."""
        text = ("REM x\nUPDATE member\nSET name='王大明', tel='0935123878'\nWHERE id=1\n"
                "INSERT INTO member (name,tel) VALUES ('陳小華','0935123870')\n")
        self.assertEqual([f[:3] for f in self.changed("lines.sql", text)],
                         [("member", "name", "person_name"), ("member", "tel", "phone_mobile")] * 2)

    def cells(self, text):
        """(table, column, value) of the names and numbers found in TEXT, in order."""
        return [(f[0], f[1], f[3]) for f in self.changed("forms.sql", text)]

    def test_values_given_one_by_one(self):
        """Lists of columns and lists of values beside each other, in statements of any kind."""
        wanted = [("member", "name", "王大明"), ("member", "tel", "0935123878")]
        for text in (
                "UPDATE member SET (name, tel) = ('王大明', '0935123878') WHERE id=1;",
                "UPDATE member SET (name, tel) = ROW('王大明', '0935123878') WHERE id=1;",
                "REPLACE INTO member SET id=1,name='王大明',tel='0935123878';",
                "INSERT INTO member AS m (id,name,tel) VALUES (1,'王大明','0935123878') RETURNING id;",
                "INSERT INTO member (id,name,tel) OUTPUT inserted.id VALUES (1,'王大明','0935123878');",
                "INSERT INTO member (id,name,tel) VALUES ROW(1,'王大明','0935123878');",
                "WITH x AS (SELECT 1) INSERT INTO member (id,name,tel) VALUES (1,'王大明','0935123878');",
                "BEGIN\n  INSERT INTO member (id,name,tel) VALUES (1,'王大明','0935123878');\nEND;\n/",
                "IF NOT EXISTS (SELECT 1 FROM log) INSERT INTO member (id,name,tel) VALUES (1,'王大明','0935123878');",
                'INSERT INTO member (id,name,tel) VALUES (1,"王大明","0935123878");',
                'UPDATE member SET name="王大明", tel="0935123878" WHERE id="7";',
                "SELECT * FROM member m WHERE m.name LIKE '%王大明%' AND LOWER(tel) <> '0935123878';",
                "DELETE m FROM member m WHERE m.name IN ('王大明') AND tel BETWEEN '0935123878' AND 'x';",
                "INSERT INTO member (name,tel) SELECT '王大明', '0935123878' FROM dual WHERE NOT EXISTS (SELECT 1 FROM member);"):
            self.assertEqual(self.cells(text + "\n"), wanted, text)
        self.assertEqual(self.cells("SELECT N'王大明' AS name, '0935123878' tel;\n"),
                         [("", "name", "王大明"), ("", "tel", "0935123878")])
        self.assertEqual(self.cells("GO\nEXEC dbo.Add @name=N'王大明', @tel='0935123878'\nEXEC dbo.Add @tel='0935123879'\n"),
                         [("", "@name", "王大明"), ("", "@tel", "0935123878"), ("", "@tel", "0935123879")])
        self.assertEqual(self.cells("DECLARE @name nvarchar(20) = N'王大明', @x int;\nSET @tel = '0935123878';\n"),
                         [("", "@name", "王大明"), ("", "@tel", "0935123878")])

    def test_rows_that_may_be_there_already(self):
        head = "INSERT INTO member (id,name,tel) VALUES (1,'王大明','0935123878')"
        for tail in ("ON CONFLICT (id) DO UPDATE SET tel='0935123879'", "ON DUPLICATE KEY UPDATE tel='0935123879'",
                     "ON CONFLICT (id) DO\nUPDATE SET (tel) = ROW('0935123879')"):
            self.assertEqual(self.cells(f"{head} {tail};\n{head};\n"), [
                ("member", "name", "王大明"), ("member", "tel", "0935123878"), ("member", "tel", "0935123879"),
                ("member", "name", "王大明"), ("member", "tel", "0935123878")], tail)
        merge = ("MERGE INTO member m USING (SELECT '王大明' AS name FROM dual) s ON (m.idno = 'A143231948')\n"
                 "WHEN MATCHED THEN\nUPDATE SET m.tel='0935123878'\nWHEN NOT MATCHED THEN\n"
                 "INSERT (name, tel) VALUES ('陳小華', '0935123870');\n")
        self.assertEqual(self.cells(merge), [
            ("member", "name", "王大明"), ("member", "idno", "A143231948"), ("member", "tel", "0935123878"),
            ("member", "name", "陳小華"), ("member", "tel", "0935123870")])

    def test_several_rows_in_one_statement(self):
        self.assertEqual(self.cells("INSERT ALL\n INTO member (id,tel) VALUES (1,'0935123878')\n"
                                    " INTO lead (id,idno) VALUES (2,'A143231948')\nSELECT 1 FROM dual;\n"),
                         [("member", "tel", "0935123878"), ("lead", "idno", "A143231948")])
        rows = " UNION ALL\n".join(f"SELECT {i},'王大明','09351{i:05}'" for i in range(3000))
        for head in ("INSERT INTO member (id,name,tel) ", "CREATE TABLE member (id int, name text, tel text);\n"
                     "INSERT INTO member "):
            run = self.scan("--fail-on", "never", self.file("union.sql", f"{head}{rows};\n"))
            self.assertEqual({(f["table"], f["column"], f["clear"], f["examples"][2]["row"]) for f in run.fields},
                             {("member", "name", 3000, 3), ("member", "tel", 3000, 3)})

    def test_hexadecimal_strings(self):
        """What only begins like one is a value as it stands."""
        tel = "0935123878".encode().hex()
        for value in (f"x'{tel}'", "x'0935-123-878'"):
            self.assertEqual([c[:2] for c in self.cells(f"UPDATE member SET tel={value};\n")], [("member", "tel")], value)

    def test_statements_that_were_cut_off(self):
        """What stands behind them is read as if they were whole."""
        row = "INSERT INTO member (name, tel) VALUES ('王大明', '0935123878');\n"
        found = [("member", "name", "王大明"), ("member", "tel", "0935123878")]
        for cut in ("UPDATE lead SET x=(1\n", "UPDATE lead SET x=(1\n/\n", "CREATE TABLE lead (a int,\n/\n",
                    "CREATE TABLE lead (a varchar(20;\n", "MERGE INTO lead USING (x\n",
                    "DELIMITER //\nUPDATE lead SET x=(1 //\nDELIMITER ;\n"):
            self.assertEqual(self.cells(cut + row), found, cut)
        table = "CREATE TABLE member (id int, name text, tel text);\nINSERT INTO member VALUES (1, '王大明', '0935123878');\n"
        self.assertEqual(self.cells("CREATE TABLE lead (a int,\n" + table), found)

    def test_a_change_that_is_very_long(self):
        """More pairs than are cut, and more bytes than any window holds, are running text."""
        pairs = ", ".join(f"c{i}='x'" for i in range(5000)) + ", tel='0935123878'"
        long = "'" + "x" * 5_000_000 + " 0935123879'"
        text = f"USE shop;\nUPDATE member SET {pairs};\nUPDATE member SET note={long};\n"
        self.assertEqual([f[3] for f in self.changed("long.sql", text)],
                         ["0935123878", "0935123879"])


if __name__ == "__main__":
    main()
