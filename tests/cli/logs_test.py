"""Logs and free text."""

import json

from harness import DATA, ProgramTest, main
from people import People

SOURCE = People(59)
LOGS = DATA / "logs"
EXPECTED = json.loads((DATA / "expected.json").read_text("utf-8"))["logs"]


class Logs(ProgramTest):
    def test_clear_values_by_kind(self):
        for name, wanted in EXPECTED.items():
            with self.subTest(name):
                run = self.scan(LOGS / name, status=1 if name != "access.log" else None)
                found = {}
                for field in run.fields:
                    found[field["kind"]] = found.get(field["kind"], 0) + field["clear"]
                self.assertEqual(found, wanted)

    def test_keys_are_columns_and_the_place_is_a_log(self):
        run = self.scan(LOGS / "app.log", status=1)
        self.assertEqual({f["column"] for f in run.fields}, {"mobile", "idno", "card_no"})
        self.assertTrue(all("log" in f["zones"] for f in run.fields))
        self.assertIn("platform/5.3.5.1", run.rules(column="card_no"))
        raw = (LOGS / "app.log").read_bytes().split(b"\n")
        for field in run.fields:
            for example in field["examples"]:
                line = raw[example["line"] - 1]
                self.assertIn(field["column"].encode() + b"=", line)

    def test_stack_traces_are_no_table(self):
        """Most lines begin with a tab, as rows with an empty first column do."""
        failure = ("2026-01-05 10:00:00,123 ERROR [main] c.e.Shop - failed mobile=0923456123\n"
                   "java.lang.IllegalStateException: no answer\n")
        trace = "".join(f"\tat com.example.shop.Client.call(Client.java:{n})\n" for n in range(20))
        for name in ["shop.log", "shop.txt"]:
            run = self.scan("-v", self.file(name, ((failure + trace + "\t... 12 more\n") * 40).encode()))
            field, = run.of_type("field", kind="phone_mobile")
            self.assertEqual((field["format"], field["column"], field["clear"]), ("log", "mobile", 40))


    def printed(self, form, count=12, end="\n", name="app.log"):
        """{(column, kind, clear)} of a log with structures printed like FORM."""
        people = [(SOURCE.name(), SOURCE.mobile(), SOURCE.national_id()) for _ in range(count)]
        text = "".join(f"2026-11-20T10:00:{i:02}Z INFO created {form.format(*row)}{end}" for i, row in enumerate(people))
        run = self.scan(self.file(name, text), "--fail-on", "never", "-v", secrets=[v for row in people for v in row[1:]])
        return {(f["column"], f["kind"], f["clear"]) for f in run.fields}

    def test_structures_that_programs_print(self):
        """Go (%v with names, %#v, maps), Rust, Swift, Ruby, Elixir, JavaScript; with = Kotlin, Java, C#, Python."""
        for form in ("{{Name:{0} Tel:{1} IDNo:{2}}}", "&{{ID:7 Name:{0} Tel:{1} IDNo:{2} Active:true}}",
                     "[{{Note: Name:{0} Tel:{1} Tags:[a b] IDNo:{2}}} {{Note: Name: Tel: Tags:[] IDNo:}}]",
                     "{{ID:7 Owner:{{Name:{0} Tel:{1}}} At:2026-11-20 10:00:00 +0800 CST IDNo:{2}}}",
                     "{{Meta:map[a:1 b:2] Name:{0} Tel:{1} IDNo:{2}}}", "map[IDNo:{2} Name:{0} Tel:{1}]",
                     'main.C{{ID:7, Name:"{0}", Tel:"{1}", Tags:[]string{{"a"}}, IDNo:"{2}"}}',
                     'C {{ id: 7, Name: "{0}", Tel: "{1}", IDNo: "{2}" }}', "C(Name='{0}', Tel='{1}', IDNo='{2}')",
                     'C {{ Name: Some("{0}"), note: None, Tel: Some("{1}"), IDNo: Some("{2}") }}',
                     'C(Name: "{0}", Tel: Optional("{1}"), IDNo: "{2}")', '%C{{Name: "{0}", Tel: "{1}", IDNo: "{2}"}}',
                     '#<C id: 7, Name: "{0}", Tel: "{1}", IDNo: "{2}">', '#<C:0x7f @Name="{0}", @Tel="{1}", @IDNo="{2}">',
                     "{{ Name: '{0}', tags: [ 'a' ], Tel: '{1}', IDNo: '{2}' }}", "C {{ Name = {0}, Tel = {1}, IDNo = {2} }}",
                     "C(Name={0}, Tel={1}, IDNo={2})", "C[Name={0}, Tel={1}, IDNo={2}]", "C{{Name='{0}', Tel='{1}', IDNo='{2}'}}",
                     'C {{\n    Name: "{0}",\n    Tel: Some("{1}"),\n    IDNo: "{2}",\n}}'):
            with self.subTest(form):
                self.assertEqual(self.printed(form), {("Name", "person_name", 12), ("Tel", "phone_mobile", 12),
                                                      ("IDNo", "tw_national_id", 12)})

    def test_values_with_blanks_in_printed_structures(self):
        name, phone, person = SOURCE.name(), "0912 345 678", SOURCE.national_id()
        address = "臺北市 信義區 忠孝東路五段7號"
        text = f"2026-11-20T10:00:00Z INFO {{Name:{name} Address:{address} Tel:{phone} IDNo:{person}}}\n" * 8
        run = self.scan(self.file("app.log", text), "-v", secrets=[phone, person])
        self.assertEqual({(f["column"], f["kind"], f["clear"]) for f in run.fields},
                         {("Name", "person_name", 8), ("Address", "address", 8), ("Tel", "phone_mobile", 8),
                          ("IDNo", "tw_national_id", 8)})
        # colons that belong to no structure are text as before, and cut no number
        for text in (f"(tel: {phone})", f"(id:{person})", f"note: {phone}", f"{{tel: {phone} }}", f"(tel: {phone}, x: 1)",
                     f"{{{'x' * 70}:{phone}}}", f"{{tel:{'x' * 600} {phone}}}", f"{{a:b {{c:{phone}", f"{{a:{phone}",
                     f"{{tel: {phone}, id: 1}}", f'{{a: "x, tel: {phone}', f"{{http://{phone}", f"{{a::{phone}}}"):
            run = self.scan(self.file("app.log", f"2026-11-20T10:00:00Z INFO {text}\n" * 8), "-v", secrets=[phone, person])
            self.assertEqual([f["clear"] for f in run.fields], [8], text)
        # structures in programs are no data
        code = f'package main\n\nvar people = []Customer{{\n' + f'\t{{FirstName: "Peter", IDNo: "{person}"}},\n' * 8 + "}\n"
        run = self.scan(self.file("people.go", code), "-v", secrets=[person])
        self.assertEqual([(f["column"], f["kind"]) for f in run.fields], [("", "tw_national_id")])

    def test_what_php_dumps(self):
        """var_dump() has values on the line below, with their types; both it and print_r() tell who may see them."""
        name, phone, person = SOURCE.name(), SOURCE.mobile().replace("-", ""), SOURCE.national_id()
        values = {"name": name, "tel": phone, "idno": person}
        modified = {"name": ":protected", "tel": ':"App\\\\Customer":private', "idno": ""}

        def dump(key, value, told=""):
            return f'  ["{key}"{told}]=>\n  string({len(value.encode())}) "{value}"\n'
        forms = {
            "var_dump": "array(4) {{\n  [\"id\"]=>\n  int(7)\n{}}}\n".format("".join(map(dump, values, values.values()))),
            "object": "object(App\\Customer)#3 (3) {{\n{}}}\n".format(
                "".join(dump(k, v, modified[k]) for k, v in values.items())),
            "print_r": "App\\Customer Object\n(\n{})\n".format("".join(
                f"    [{k}{modified[k].replace(chr(34), '')}] => {v}\n" for k, v in values.items())),
            "int": f"array(3) {{\n{dump('name', name)}  [\"tel\"]=>\n  int({int(phone)})\n{dump('idno', person)}}}\n"}
        for form, text in forms.items():
            for file, begin in (("app.log", "[20-Nov-2026 10:00:00 UTC] customer\n"), ("dump.txt", "")):
                for end in "\n", "\r\n":
                    with self.subTest(form=form, file=file, end=end):
                        run = self.scan(self.file(file, ((begin + text) * 6).replace("\n", end)), "-v",
                                        secrets=[phone, person])
                        self.assertEqual({(f["column"], f["kind"], f["clear"]) for f in run.fields},
                                         {("name", "person_name", 6), ("tel", "phone_mobile", 6),
                                          ("idno", "tw_national_id", 6)})
        # a value that is the same as one that says nothing belongs to its own key
        text = "".join(f'[20-Nov-2026 10:00:00 UTC] x\n  ["{key}"]=>\n  string(8) "Qx7nvv_2"\n'
                       for key in ["note"] * 400 + ["password"] + ["note"] * 400)
        run = self.scan(self.file("quiet.log", text), secrets=["Qx7nvv_2"])
        self.assertEqual([(f["column"], f["kind"], f["clear"]) for f in run.fields], [("password", "password", 1)])

    def test_arrows_between_keys_and_values(self):
        """Hashes that Ruby logs, arrays that PHP and Perl print; functions have arrows, too."""
        person, phone = "A223456781", "0911222333"
        lines = {
            "rails.log": f'I, [2026-01-01T08:00:00 #1] INFO -- : Parameters: {{"idno"=>"{person}", "cvv"=>"123", '
                         f':tel=>"{phone}"}}\n',
            "php.log": f"[01-Jan-2026] Array ( [idno] => {person} [cvv] => 123 [tel] => {phone} )\n",
            "dump.txt": f"$VAR1 = {{\n  'idno'   => '{person}',\n  'cvv' => '123',\n  \"tel\" => '{phone}'\n}};\n",
            "shop.php": f"<?php\nreturn ['idno' => '{person}', 'cvv' => '123',\n 'tel' => '{phone}'];\n",
            "dump.php.txt": f'array(1) {{\n  ["idno"]=> {person}\n  ["cvv"]=> 123\n  ["tel"] => {phone}\n}}\n'}
        for name, text in lines.items():
            run = self.scan(self.file(name, text), secrets=[person, phone])
            self.assertEqual({(f["column"], f["kind"], f["clear"]) for f in run.fields},
                             {("idno", "tw_national_id", 1), ("cvv", "card_security_code", 1),
                              ("tel", "phone_mobile", 1)}, name)
        run = self.scan(self.file("app.log", f"INFO tel => {phone}\nINFO x=1 cvv => 123\n" * 9), secrets=[phone])
        self.assertEqual({f["column"] for f in run.fields}, {""})

    def test_rows_of_statements(self):
        """A statement in a line names the columns of its rows."""
        row = "2026-01-02 03:04:04 DEBUG INSERT INTO `member` (`name`, tel, [birthday], \"cvv\", pan) VALUES "
        text = ("# Query_time: 2.0  Lock_time: 0.0\nSET timestamp=1767323046;\n"
                f"{row}('陳小華','0223456788',N'1991-03-04', NULL, '4539578763621486'), "
                "( '林\\'志豪' , 223456787 , date('1992-03-04'), '847', '' );\n"
                "2026-01-02 03:04:05 DEBUG a='x' b=1 sql=insert into t(id,mobile)values(7,'0935123876') c=2\n"
                "2026-01-02 03:04:06 INFO values ('0935123877', no names)\n"
                "2026-01-02 03:04:06 INFO INSERT INTO t (mobile) VALUES ('0935123878\n")
        run = self.scan("--fail-on", "never", "--min-confidence", "possible", "--occurrences",
                        self.file("slow.log", text.encode()))
        found = [(r["column"], r["kind"], r["line"]) for r in run.of_type("occurrence")]
        self.assertEqual([f for f in found if f[0]], [
            ("name", "person_name", 3), ("tel", "phone_landline", 3), ("birthday", "birth_date", 3),
            ("pan", "card_number", 3), ("tel", "phone_landline", 3), ("cvv", "card_security_code", 3),
            ("mobile", "phone_mobile", 4)])
        self.assertEqual([f for f in found if not f[0]],
                         [("", "phone_mobile", 5), ("", "phone_mobile", 6)])

    def test_many_rows_of_statements(self):
        """Each line is read once, however many apostrophes stand in it."""
        rows = ", ".join(f"({i}, 'it''s {i}')" for i in range(20000))
        text = f"INFO INSERT INTO t (id, note) VALUES {rows};\n" + "INFO x='y' " * 20000 + "\n"
        self.assertEqual(self.scan(self.file("many.log", text.encode())).status, 0)


if __name__ == "__main__":
    main()
