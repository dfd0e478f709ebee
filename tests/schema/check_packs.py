#!/usr/bin/env python3
"""Do the packs that ship satisfy rules/schema.json, and does the schema refuse what the program refuses?

usage: check_packs.py RULES_FOLDER
"""
import copy
import json
import pathlib
import sys

try:
    import jsonschema
    import yaml
except ImportError as missing:
    sys.exit(f"{missing}: install the Debian packages python3-yaml and python3-jsonschema")


def complaints(validator, document):
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in validator.iter_errors(document)]


def spoiled(pack):
    """Copies of PACK with one thing wrong each."""
    def change(what, edit):
        wrong = copy.deepcopy(pack)
        edit(wrong)
        return what, wrong

    rule = lambda p: p["rules"][0]
    clause = lambda p: rule(p)["breaks"][0]
    yield change("a newer schema", lambda p: p.update(schema=2))
    yield change("an unknown key", lambda p: p.update(sevrity="high"))
    yield change("no rules", lambda p: p.pop("rules"))
    yield change("an unknown level", lambda p: rule(p).update(level="hint"))
    yield change("an unknown zone", lambda p: clause(p).update(zones=["dbx"]))
    yield change("no zones", lambda p: clause(p).pop("zones"))
    yield change("states and shows", lambda p: clause(p).update(shows="beyond-last4", states=["clear"]))
    yield change("kinds and roles", lambda p: clause(p).update(kinds=["email"], roles=["invoice_number"]))
    yield change("no way to break it", lambda p: rule(p).update(breaks=[]))
    yield change("a related rule without its pack", lambda p: rule(p).update(related=["3.4.1"]))
    yield change("a reading that is no number", lambda p: rule(p).update(readings=["four"]))
    yield change("an age without a unit", lambda p: clause(p).update({"older-than": {"since": "file", "limit": 7}}))
    yield change("an age with two limits",
                 lambda p: clause(p).update({"older-than": {"since": "file", "days": 7, "months": 3}}))
    yield change("a volume of nothing", lambda p: clause(p).update({"at-least": {}}))
    yield change("a minimum age without a unit",
                 lambda p: p.update(keep=[{"section": "1", "zones": ["log"], "at-least": 5, "title": "t"}]))
    yield change("a section that is a number", lambda p: rule(p).update(section=5.3))


def main(folder):
    schema = json.loads((folder / "schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    failures = []
    packs = sorted(file for file in folder.glob("*.yaml") if file.name != "readings.yaml")
    if not packs:
        failures.append(f"no packs in {folder}")
    for file in packs:
        pack = yaml.safe_load(file.read_text(encoding="utf-8"))
        failures += [f"{file.name}: {text}" for text in complaints(validator, pack)]
        if pack["pack"] != file.stem:
            failures.append(f"{file.name}: holds the pack {pack['pack']}")
        for what, wrong in spoiled(pack):
            if not complaints(validator, wrong):
                failures.append(f"{file.name}: the schema accepts {what}")
    print("\n".join(failures) if failures else f"{len(packs)} packs satisfy the schema")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
