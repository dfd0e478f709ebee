#!/usr/bin/env python3
"""Reports of real runs against published schemas: our own records by docs/records.schema.json; and, where
YINMA_SCHEMAS names a folder with the files below, the formats of others by their own schemas. Those are not
part of this tree: CONTRIBUTING.md says where they are published.

    sarif-schema-2.1.0.json   SARIF (OASIS)
    junit-10.xsd              JUnit (Jenkins xUnit plugin); asks for xmllint
    codeclimate.json          issues of GitLab's code quality report
    spdx-schema.json          SPDX 2.3 (the list of what is linked in)

usage: published.py SOURCE PROGRAM"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

import jsonschema

SOURCE, PROGRAM = (pathlib.Path(word).resolve() for word in sys.argv[1:3])
SCHEMAS = pathlib.Path(os.environ["YINMA_SCHEMAS"]) if os.environ.get("YINMA_SCHEMAS") else None
ENOUGH = 200  # records of a type, for each file
RECORD_TYPES = {"run", "field", "occurrence", "violation", "control", "logs", "coverage", "sources",
                "comparison", "change", "summary", "accepted", "ledger", "receipt"}


def yinma(*arguments, stdin=b"", cwd=None):
    done = subprocess.run([PROGRAM, *map(str, arguments)], input=stdin, cwd=cwd, capture_output=True)
    if done.returncode not in (0, 1, 3):
        sys.exit(f"{arguments}: {done.stderr.decode()}")
    return done.stdout


def complain(name, errors):
    for error in errors[:5]:
        print(f"{name}: {'/'.join(map(str, error.absolute_path))}: {error.message[:300]}")
    return len(errors)


def validator(schema):
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


class Records:
    def __init__(self):
        self.schema = json.loads((SOURCE / "docs/records.schema.json").read_text("utf-8"))
        self.by_type, self.seen = {}, set()

    def check(self, name, records):
        errors, met = [], {}
        for record in records:
            known = record["type"]
            met[known] = met.get(known, 0) + 1
            if known in RECORD_TYPES and met[known] <= ENOUGH:
                self.seen.add(known)
                if known not in self.by_type:
                    self.by_type[known] = validator({"$ref": f"#/$defs/{known}",
                                                     "$defs": self.schema["$defs"]})
                errors += self.by_type[known].iter_errors(record)
        return complain(name, errors)


def lines(data):
    return [json.loads(line) for line in data.splitlines()]


def check_records(work):
    records, inputs = Records(), [SOURCE / "tests/firm", SOURCE / "tests/data"]
    every = work / "every.ndjson"
    yinma("scan", "-q", "-v", "--profile", "all", "--format", f"ndjson:{every}", *inputs)
    failed = records.check("every", lines(every.read_bytes()))
    single = work / "single.ndjson"
    yinma("scan", "-q", "--occurrences", "--config", inputs[0] / "yinma.yaml", "--ledger",
          work / "runs", "--format", f"ndjson:{single}", inputs[0])
    failed += records.check("single", lines(single.read_bytes()))
    failed += records.check("ledger", lines((work / "runs").read_bytes()))
    failed += records.check("diff", lines(yinma("report", "--diff", single, "--format", "ndjson", every)))
    failed += records.check("baseline", lines(yinma("report", "--format", "baseline", every)))
    yinma("guard", "-q", "--receipt", work / "receipt",
          stdin=(inputs[1] / "exports/excel.csv").read_bytes())
    failed += records.check("receipt", lines((work / "receipt").read_bytes()))
    whole = json.loads(yinma("report", "--diff", single, "--format", "json", every))
    for member in ("run", "fields", "violations", "controls", "logs", "coverage", "sources",
                   "comparison", "changes", "summary"):
        content = whole[member]
        failed += records.check("json", content if isinstance(content, list) else [content])
    if records.seen != RECORD_TYPES:
        print(f"no record of {RECORD_TYPES - records.seen} was made")
        failed += 1
    return failed, every


def check_published(work, results):
    failed, found = 0, []
    made = {name: work / name for name in ("sarif", "junit", "codequality")}
    for name, path in made.items():
        yinma("report", "-q", "--format", f"{name}:{path}", results)
    subjects = {"sarif-schema-2.1.0.json": lambda: [json.loads(made["sarif"].read_bytes())],
                "codeclimate.json": lambda: json.loads(made["codequality"].read_bytes()),
                "spdx-schema.json": lambda: [json.loads(subprocess.run(
                    ["sh", SOURCE / "packaging/sbom.sh", PROGRAM, "1.0"], check=True,
                    capture_output=True).stdout)]}
    for file, subject in subjects.items():
        if SCHEMAS is not None and (SCHEMAS / file).exists():
            check = validator(json.loads((SCHEMAS / file).read_text("utf-8")))
            failed += complain(file, [error for each in subject() for error in check.iter_errors(each)])
            found.append(file)
    if SCHEMAS is not None and (SCHEMAS / "junit-10.xsd").exists():
        failed += subprocess.run(["xmllint", "--noout", "--schema", SCHEMAS / "junit-10.xsd",
                                  made["junit"]]).returncode != 0
        found.append("junit-10.xsd")
    return failed, found


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        os.environ.update(HOME=folder, LC_ALL="C.UTF-8", LANGUAGE="en")
        failed, results = check_records(work)
        more, found = check_published(work, results)
    print(f"records.schema.json and {', '.join(found) or 'no schema of others (YINMA_SCHEMAS)'}: "
          f"{failed + more} problems")
    sys.exit(failed + more > 0)


if __name__ == "__main__":
    main()
