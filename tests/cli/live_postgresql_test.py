"""A PostgreSQL started here, a fresh synthetic shop, its dumps scanned from a file and a pipe."""

from harness import HEAVY, main
from live import LiveTest
from servers import PostgreSQL


class Live(LiveTest):
    dialect = ("BYTEA", "'\\x{}'")
    prefix = "public."

    def test_dumps(self):
        options = [[], ["--inserts"], ["--column-inserts"], ["--inserts", "--rows-per-insert=50"]]
        with PostgreSQL() as server:
            self.check_server(server, options if HEAVY else options[:2])


if __name__ == "__main__":
    main()
