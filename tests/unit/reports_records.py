"""The machine-readable reports as other programs see them: every line is one JSON object, the type
stands first, the records come in their order, and the json report holds the same records.

usage: reports_records.py REPORTS_TEST"""

import json
import subprocess
import sys

ORDER = ["run", "field", "occurrence", "violation", "coverage", "summary"]


def members(pairs):
    names = [name for name, _ in pairs]
    assert len(set(names)) == len(names), f"a member stands twice: {names}"
    return dict(pairs)


def parse(text):
    return json.loads(text, object_pairs_hook=members)


def written(program, name):
    done = subprocess.run([program, "print", name], stdout=subprocess.PIPE, check=True)
    return done.stdout.decode("utf-8")  # strictly


def main():
    records = [parse(line) for line in written(sys.argv[1], "ndjson").split("\n")[:-1]]
    for record in records:
        assert next(iter(record)) == "type", record
    places = [ORDER.index(record["type"]) for record in records]
    assert places == sorted(places), places
    assert {record["type"] for record in records} == set(ORDER)

    whole = parse(written(sys.argv[1], "json"))
    again = [whole["run"], *whole["fields"], *whole["occurrences"], *whole["violations"],
             *whole["coverage"], whole["summary"]]
    assert again == records, "json and ndjson differ"
    print(f"{len(records)} records")


if __name__ == "__main__":
    main()
