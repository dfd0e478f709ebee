"""Settings: passwords and telephone numbers by section and name."""

from harness import ProgramTest, main

SECRET, PHONE = "Tr0ub4dor&3x", "0928455057"
FILES = {
    ".env": (f"# shop\nDB_HOST=db1\nDB_PASSWORD={SECRET}\nON_CALL={PHONE}\n", "DB_PASSWORD"),
    "app.properties": (f"spring.datasource.url=jdbc:mysql://db1/shop\n"
                       f"spring.datasource.password={SECRET}\non.call={PHONE}\n",
                       "spring.datasource.password"),
    "my.yaml": (f"db:\n  host: db1\n  login:\n    password: \"{SECRET}\"  # old\n"
                f"on_call:\n  - mobile: {PHONE}\n", "db.login.password"),
    "shop.ini": (f"; shop\n[db]\nhost = db1\npassword = {SECRET}\n[people]\nmobile = {PHONE}\n",
                 None),
}


class Settings(ProgramTest):
    def test_passwords_by_name(self):
        for name, (text, column) in FILES.items():
            with self.subTest(name=name):
                path = self.file(name, text)
                run = self.scan(path, secrets=[SECRET, PHONE])
                found = {f["kind"]: f for f in run.fields}
                self.assertLessEqual({"password", "phone_mobile"}, set(found))
                self.assertEqual({f["format"] for f in run.fields}, {"settings"})
                self.assertEqual(found["password"]["zones"], ["config"])
                self.assertEqual(found["password"]["values"], 1)
                if column:
                    self.assertEqual(found["password"]["column"], column)
                raw = text.encode()
                for kind, value in ("password", SECRET), ("phone_mobile", PHONE):
                    at = found[kind]["examples"][0]["offset"]
                    self.assertEqual(raw[at:at + len(value)].decode(), value)

    def test_files_of_logins(self):
        secret = "k9\\:colon=!Pw"
        text = f"# host:port:database:user:password\ndb.shop.tw:5432:shop:rw:{SECRET}\nlocalhost:*:*:app:{secret}\n"
        for name in (".pgpass", "pgpass.conf", "backup/shop.pgpass"):
            run = self.scan(self.file(name, text), secrets=[SECRET, secret])
            field, = run.fields
            self.assertEqual((field["column"], field["kind"], field["clear"]), ("password", "password", 2))
            self.assertEqual([text.encode()[e["offset"]:].split(b"\n")[0].decode() for e in field["examples"]],
                             [SECRET, secret])
        digests = "wang:$apr1$Zq0kd2Ad$0f3HqC9bUuVv1yXw2zAbC/\nchen:$2y$05$" + "abcdefghijklmnopqrstu" * 2 + "abcdefghijk\n" \
            f"lin:{SECRET}\n"
        run = self.scan(self.file(".htpasswd", digests), secrets=[SECRET])
        field, = run.fields
        self.assertEqual((field["column"], field["kind"], field["clear"], field["encrypted"]), ("password", "password", 1, 2))

    def test_escaped_characters(self):
        """Settings of Java hold what is no ASCII as \\uXXXX."""
        text = "path=C:\\users\\shop\ncustomer.name=\\u738B\\u5C0F\\u660E\n" \
            "customer.address=\\u81FA\\u5317\\u5E02\\u4FE1\\u7FA9\\u5340\\u5E02\\u5E9C\\u8DEF45\\u865F\n"
        run = self.scan(self.file("shop.properties", text), secrets=["王小明"])
        found = {f["kind"]: f for f in run.fields}
        self.assertEqual({kind: f["column"] for kind, f in found.items()},
                         {"person_name": "customer.name", "address": "customer.address"})
        at = found["person_name"]["examples"][0]["offset"]
        self.assertTrue(text[at:].startswith("\\u738B"))

    def test_windows_line_ends_and_nesting(self):
        text = "a:\r\n" + "".join("  " * i + f"k{i}:\r\n" for i in range(1, 40)) + \
            f"b:\r\n  password: '{SECRET}'\r\n"
        run = self.scan(self.file("deep.yml", text), secrets=[SECRET])
        self.assertEqual([f["column"] for f in run.fields if f["kind"] == "password"],
                         ["b.password"])


if __name__ == "__main__":
    main()
