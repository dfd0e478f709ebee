"""Passwords in commands, statements, program text and sentences: histories of shells, notes, scripts."""

import base64

from harness import ProgramTest, main

SECRET = "Qx7!vv-2"
BASIC = base64.b64encode(f"wang:{SECRET}".encode()).decode()
COMMANDS = """curl -s -u wang:{} https://api.shop.tw/orders
curl --user "wang:{}" https://api.shop.tw/orders
curl -uwang:{} --proxy-user x:y1 https://api.shop.tw/orders
mysql -uroot -p{} shop < a.sql
mysqldump -h db -u root -p'{}' shop > x.sql
mysql -u root --password={} shop
sshpass -p {} ssh root@db
sshpass -p'{}' ssh root@db
/usr/bin/sshpass -p "{}" scp a root@db:
PGPASSWORD={} psql -h db shop
docker run -e MYSQL_ROOT_PASSWORD={} mysql
docker login -u wang -p {} registry.shop.tw
redis-cli -h db -a {} ping
sqlcmd -S srv -U sa -P {} -Q x
bcp db.dbo.t out f -U sa -P {}
sqlplus system/{}@orcl
mongodump -u a -p {} --authenticationDatabase admin
mongosh --username a --password {} shop
smbclient //srv/share -U 'wang%{}'
ldapsearch -x -D cn=admin -w {} -b dc=shop
lftp -u wang,{} sftp://h
net use Z: \\\\srv\\share /user:wang {}
net use Z: \\\\srv\\share {} /user:wang
openssl rsa -in k.pem -passin pass:{}
zip -P {} a.zip b.csv
htpasswd -b /etc/nginx/.htpasswd wang {}
htpasswd -cbB -C 10 .htpasswd wang '{}' && nginx -s reload
htpasswd -nb wang {} >> .htpasswd
mosquitto_passwd -b /etc/mosquitto/passwd wang {}
echo 'root:{}' | chpasswd
curl -X POST \\
  -u wang:{} https://api.shop.tw/orders
"""
PHRASES = """CREATE USER 'a'@'%' IDENTIFIED BY '{}';
ALTER USER shop WITH PASSWORD '{}';
create role shop login password '{}' valid until 'infinity';
CREATE LOGIN sa WITH PASSWORD = '{}';
SET PASSWORD FOR 'a'@'%' = PASSWORD('{}');
the password is {}, please change it
Old password was {}.
密碼改成 {}
登入密碼改為{}了
pwd → {}
machine api.shop.tw login wang password {}
define('DB_PASSWORD', '{}');
  'password' => '{}',
$password = "{}";
$env:DB_PASSWORD = "{}"
export PGPASSWORD="{}"
Server=db;User Id=sa;Password={};Encrypt=true
spring.datasource.password={}
"""
NONE = """curl -u "$USER:$PASS" https://x and curl -u wang https://x, curl -u user:password https://x
mysql -u root -p shop; mysql -uroot -p$PASS shop; mysql -p"${{PASS}}" -P 3306
htpasswd -c .htpasswd wang; htpasswd .htpasswd abc1; htpasswd -b .htpasswd wang "$PASS"; htpasswd -nb wang
sshpass -p "$PASS" ssh x; sshpass -f file ssh x; sshpass -e ssh x
PGPASSWORD=$PW psql; docker run -p 8080:80 -e PASSWORD nginx; docker login -u wang
sqlplus / as sysdba; sqlplus /nolog; net use Z: \\\\srv\\share * /user:wang; net use Z: \\\\srv\\share
IDENTIFIED BY PASSWORD '*6BB4837EB74329105EE4568DDA7DC67ED2CA2AD9'; CREATE USER a IDENTIFIED BY '<password>';
CREATE USER a WITH PASSWORD 'secret'; each group is identified by `void *id1`, as identified by 'format1'
the password is required, the password is 12 characters long, password is not set, password was changed in 2024
the password is base64, password is sha256; a password is UTF-8
strcmp($passwd,"$name") and "PWD=" + dir}}, env1)
password = new1
user.password=new1()
Authorization: Basic realm="x1", Authorization: Basic YWJjZGVmZ2hpamts, Authorization: Basic <credentials>
zip -r a.zip b; gzip -P1 x; cat users | chpasswd; openssl x -passin pass:asdf
-u wang:abc1 and -p abc1 stand for nothing
"""


class ToldSecrets(ProgramTest):
    def found(self, name, text, *options):
        run = self.scan("--occurrences", "--fail-on", "never", *options, self.file(name, text.encode()))
        return [(r["row"], r["kind"], r["mask"], r["length"]) for r in run.of_type("occurrence")]

    def assert_each(self, lines, secret, state):
        """In one file and each for itself, as a key of settings may be read in another way."""
        for line in lines.replace("\\\n", "\\ ").splitlines():
            line = line.replace("\\ ", "\\\n").replace("{}", secret)
            row = 1 + line.count("\n")
            found = self.found("one.txt", f"備註\n{line}\n")
            self.assertEqual([(k, s, n) for _, k, s, n in found], [("password", state, len(secret))], line)
            self.assertEqual(found[0][0], row + 1, line)

    def test_commands(self):
        self.assert_each(COMMANDS, SECRET, "clear")

    def test_phrases(self):
        self.assert_each(PHRASES, SECRET.replace("!", "n").replace("-", "_"), "clear")

    def test_hidden_ones(self):
        self.assert_each("".join(line + "\n" for line in COMMANDS.splitlines()[:4]), "********", "masked")
        self.assert_each("ALTER USER shop PASSWORD '{}';\nthe password is {}\n密碼改成 {}\n", "********", "masked")

    def test_many_in_one_file(self):
        text = (COMMANDS + PHRASES).replace("{}", "Qx7nvv_2")
        for name in ("notes.txt", "bash_history", "notes.md"):
            found = self.found(name, text)
            self.assertEqual({k for _, k, _, _ in found}, {"password"})
            self.assertEqual(len(found), text.count("Qx7nvv_2"), name)

    def test_headers_of_requests(self):
        for form in ("Authorization: Basic {}\n", 'curl -H "Authorization: Basic {}" https://x\n',
                     '"authorization": "Basic {}"\n'):
            text = form.replace("{}", BASIC)
            self.assertEqual([(k, s, n) for _, k, s, n in self.found("r.txt", "備註\n" + text)],
                             [("password", "clear", len(BASIC))], text)

    def test_what_is_none(self):
        for line in NONE.replace("{{", "{").replace("}}", "}").splitlines():
            self.assertEqual(self.found("none.txt", "備註\n" + line + "\n"), [], line)


if __name__ == "__main__":
    main()
