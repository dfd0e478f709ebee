"""What both live tests do: fill a server with a fresh synthetic shop, dump it, scan the dump."""

import random
import subprocess

from harness import COLUMNS, PROGRAM, ProgramTest, Run, expected
from make import load_script
from shop import Shop


def stored_rows(server, shop):
    """The rows of each table as the server keeps them, which is how it dumps them: PostgreSQL puts
    a short row into what is left of an earlier page, before rows inserted sooner."""
    rows = {}
    for table, inserted in shop.tables().items():
        by_key = {row[0]: row for row in inserted}
        keys = server.lines(f"SELECT {COLUMNS[table][0]} FROM {table}", "live")
        rows[table] = [by_key[key] for key in keys]
    return rows


class LiveTest(ProgramTest):
    dialect = ()
    prefix = ""

    def check_server(self, server, options):
        seed = random.randrange(1 << 32)
        print(f"seed {seed}")
        shop = Shop(seed)
        server.run("CREATE DATABASE live")
        server.run(load_script(shop, *self.dialect), "live")
        for arguments in options:
            with self.subTest(arguments):
                self.check_dump(shop, stored_rows(server, shop),
                                server.dump_command(*arguments, "live"))

    def check_dump(self, shop, rows, command):
        path = self.folder / "live.sql"
        with open(path, "wb") as out:
            subprocess.run(command, stdout=out, check=True)
        secrets = shop.planted()
        run = self.scan(path, secrets=secrets, status=1)
        for table, wanted in expected().items():
            self.assert_table(run, self.prefix + table, wanted)
        self.assert_examples(run, path, rows.get, COLUMNS.get)

        dump = subprocess.Popen(command, stdout=subprocess.PIPE)
        scan = subprocess.run([PROGRAM, "scan", "--format", "ndjson", "-"], stdin=dump.stdout,
                              capture_output=True, env=self.environment)
        dump.stdout.close()
        self.assertEqual(dump.wait(), 0)
        piped = Run(scan.returncode, scan.stdout, scan.stderr)
        self.check_secrecy(piped, secrets)
        self.assertEqual(self.field_counts(piped), self.field_counts(run))
