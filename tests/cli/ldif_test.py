"""Directories as slapcat, ldapsearch and Active Directory print them: an entry is a row, an attribute a column,
values in base64, folded, and names of entries taken apart."""

import base64

from harness import ProgramTest, main
from printed import members
import ldap

STAFF = ldap.staff()
SECRETS = [value for row in STAFF for value in (row[1], row[2], row[4])]
WANTED = {("dn.cn", "person_name"): (30, 0), ("cn", "person_name"): (30, 0), ("givenName", "person_name"): (30, 0),
          ("employeeNumber", "tw_national_id"): (30, 0), ("mobile", "phone_mobile"): (30, 0),
          ("homePostalAddress", "address"): (30, 0), ("mail", "email"): (30, 0),
          ("userPassword", "password"): (10, 20), ("description", "tw_national_id"): (30, 0),
          ("description", "phone_mobile"): (30, 0)}
ACTIVE = """# export
dn: CN=Domain Admins,CN=Users,DC=corp,DC=tw
changetype: add
objectClass: top
objectClass: group
cn: Domain Admins
member: CN=Mei-Hui Lin,CN=Users,DC=corp,DC=tw
member: CN=svc-backup,CN=Users,DC=corp,DC=tw

dn: CN=Mei-Hui Lin,CN=Users,DC=corp,DC=tw
changetype: add
objectClass: top
objectClass: person
cn: Mei-Hui Lin
displayName: Mei-Hui Lin
telephoneNumber;x-office: 02-2765-4328
unicodePwd:: PASSWORD
carLicense: AKW-7391
homePostalAddress: 5F, No. 12, Sec. 2, Xinyi Rd.$Da'an Dist., Taipei City 106

dn: CN=svc-backup,CN=Users,DC=corp,DC=tw
changetype: modify
replace: userPassword
userPassword: Mango-tree7
-
replace: cn
cn: svc-backup
-
"""


class Directories(ProgramTest):
    def found(self, run):
        return {(f["column"], f["kind"]): (f["clear"], f["encrypted"]) for f in run.fields}

    def read(self, name, data, *options):
        return self.scan("--fail-on", "never", *options, self.file(name, data), secrets=SECRETS)

    def test_what_servers_print(self):
        for tool in ("slapcat", "ldapsearch", "ldapsearch-LLL"):
            if "LLL" in tool:
                continue  # of entries with uid alone
            data = members("ldap")[f"staff-{tool}.ldif"]
            for name, content in (("", data), ("crlf", data.replace(b"\n", b"\r\n")), ("bom", b"\xef\xbb\xbf" + data)):
                with self.subTest(tool=tool, form=name):
                    run = self.read(f"{tool}{name}.ldif", content, "--occurrences", "-v")
                    self.assertEqual({f["format"] for f in run.fields}, {"ldif"})
                    self.assertEqual(self.found(run), WANTED)
                    self.assertEqual(run.coverage[0]["unit_rows"], 31)
                    for record in run.of_type("occurrence"):
                        if record["column"] != "description":
                            self.assertEqual(record["line"], content[:record["offset"]].count(b"\n") + 1, record)
                    numbers = run.of_type("occurrence", column="employeeNumber")
                    self.assertEqual([r["offset"] for r in numbers], [content.index(row[1].encode()) for row in STAFF])
                    self.assertEqual([r["row"] for r in numbers], list(range(2, 32)))

    def test_active_directory(self):
        coded = base64.b64encode('"Mango-tree7"'.encode("utf-16-le")).decode()
        run = self.read("corp.ldif", ACTIVE.replace("PASSWORD", coded).encode())
        self.assertEqual({place: counts[0] for place, counts in self.found(run).items()}, {
            ("cn", "person_name"): 1, ("displayName", "person_name"): 1, ("telephoneNumber", "phone_landline"): 1,
            ("unicodePwd", "password"): 1, ("userPassword", "password"): 1, ("homePostalAddress", "address"): 1,
            ("carLicense", "vehicle_plate"): 1})

    def test_old_encodings_and_remarks(self):
        name, number, mobile = STAFF[0][:3]
        coded = base64.b64encode(name.encode("cp950")).decode()
        spelled = "".join(f"\\{byte:02X}" for byte in name.encode())
        text = f"version: 1\n# {spelled}, 手機 {mobile}\ndn: cn={spelled}+uid=7,dc=tw\ncn:: {coded}\njpegPhoto:: " + \
            "\n ".join(["/9j/4AAQSkZJRgABAQAAAQAB"] * 60) + f"\nidno: {number}\n"
        run = self.read("old.ldif", text.encode())
        self.assertEqual(set(self.found(run)), {("dn.cn", "person_name"), ("cn", "person_name"), ("", "phone_mobile"),
                                                ("idno", "tw_national_id")})

    def test_values_that_grow_as_they_become_utf_8(self):
        """Big5 in base64 takes less room than in UTF-8: nothing of its end may be lost."""
        for number, words in ((STAFF[0][2], 1), (STAFF[1][2], 20), (STAFF[2][2], 300)):
            coded = base64.b64encode(("這是一段說明文字。" * words + f"請撥手機{number}").encode("cp950")).decode()
            lines = "\n ".join(coded[at:at + 76] for at in range(0, len(coded), 76))
            entry = f"dn: uid=7,dc=tw\ndescription:: {lines}\nmail: a@example.com\nidno: {STAFF[0][1]}\n\n"
            run = self.read("grown.ldif", (entry * 3).encode(), "--occurrences", "-v")
            self.assertEqual({place: counts[0] for place, counts in self.found(run).items()}, {
                ("description", "phone_mobile"): 3, ("mail", "email"): 3, ("idno", "tw_national_id"): 3}, words)
            self.assertEqual([(c["status"], c["unit_rows"]) for c in run.of_type("coverage")], [("scanned", 3)])
            at = [r["line"] for r in run.of_type("occurrence", column="idno")]
            self.assertEqual(at, [entry.count("\n") * i + entry.count("\n") - 1 for i in range(3)])

    def test_values_that_are_too_long_are_told(self):
        for text, codec in (("說明文字。" * 400000, "utf-8"), ("說明文字。" * 60000, "cp950")):
            coded = base64.b64encode(text.encode(codec)).decode()
            run = self.read("long.ldif", f"dn: uid=1,dc=tw\ninfo:: {coded}\nidno: {STAFF[0][1]}\n".encode())
            self.assertEqual([(c["status"], c["reason"]) for c in run.coverage], [("partial", "limit")], codec)
            self.assertIn(("idno", "tw_national_id"), self.found(run))

    def test_long_values_and_what_is_no_directory(self):
        number = STAFF[0][1]
        photo = "\n ".join(["/9j/4AAQ" * 9] * 90000)
        run = self.read("long.ldif", f"dn: uid=1,dc=tw\njpegPhoto:: {photo}\nidno: {number}\n".encode())
        self.assertIn(("idno", "tw_national_id"), self.found(run))
        run = self.read("note.txt", f"dn: see below\nidno: {number}\n".encode())
        self.assertNotIn("ldif", {f["format"] for f in run.fields})


if __name__ == "__main__":
    main()
