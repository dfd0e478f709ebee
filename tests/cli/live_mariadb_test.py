"""A MariaDB started here, a fresh synthetic shop, its dumps scanned from a file and a pipe."""

from harness import HEAVY, main
from live import LiveTest
from servers import MariaDB


class Live(LiveTest):
    def test_dumps(self):
        options = [[], ["--skip-extended-insert", "-c", "--skip-opt"], ["--tz-utc", "--hex-blob"]]
        with MariaDB() as server:
            self.check_server(server, options if HEAVY else options[:2])


if __name__ == "__main__":
    main()
