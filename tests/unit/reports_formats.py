"""The reports that other programs read, checked against what those programs ask for: the policy of
the html page names exactly its style and script and its words are all known; SARIF by the members
that its specification knows; JUnit and the code quality issues by their documented forms. The
published schemas themselves are asked where YINMA_SCHEMAS names a folder with them
(tests/schema/published.py says which).

usage: reports_formats.py REPORTS_TEST PAGE_JS"""

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree


def written(program, name):
    return subprocess.run([program, "print", name], stdout=subprocess.PIPE,
                          check=True).stdout.decode("utf-8")


def once(pairs):
    names = [name for name, _ in pairs]
    assert len(set(names)) == len(names), f"a member stands twice: {names}"
    return dict(pairs)


def check_page(text, script_source):
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text).group(1)
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'", policy
    for element, directive in (("style", "style-src"), ("script", "script-src")):
        body = re.findall(rf"<{element}>(.*?)</{element}>", text, re.S)
        assert len(body) == 1, f"{len(body)} elements {element}"
        digest = base64.b64encode(hashlib.sha256(body[0].encode()).digest()).decode()
        assert rules[directive] == f"'sha256-{digest}'", f"{directive} does not fit"
    assert not re.search(r"\b(src|href|srcset|action|style|on\w+)=", text.split("<script")[0])
    for way_in in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert way_in not in text, way_in
    data = json.loads(re.search(r'id="data">(.*?)</script>', text, re.S).group(1),
                      object_pairs_hook=once)
    asked = set(re.findall(r'W\("([^"]*)"\)', script_source))
    missing = asked - set(data["words"])
    assert not missing, f"page.js asks for words that html_words.c does not have: {missing}"
    assert all(len(row) == 16 for row in data["rows"])


def schema_file(name):
    """The published schema, or None."""
    path = os.path.join(os.environ.get("YINMA_SCHEMAS", ""), name)
    return path if os.environ.get("YINMA_SCHEMAS") and os.path.exists(path) else None


def by_schema(name, instances):
    """Validate by the published schema, if there is one here."""
    path = schema_file(name)
    if path:
        import jsonschema
        with open(path, encoding="utf-8") as file:
            schema = json.load(file)
        for instance in instances:
            jsonschema.validate(instance, schema)


# Members of the objects that we write, by the sections of SARIF 2.1.0: "No other members" holds for
# each of them, property bags (3.8) excepted.
SARIF_MEMBERS = {
    "": ("$schema version runs", "3.13"),
    "runs": ("tool invocations columnKind results", "3.14"),
    "tool": ("driver", "3.18"),
    "driver": ("name version rules", "3.19"),
    "rules": ("id shortDescription fullDescription help defaultConfiguration properties "
              "relationships", "3.49"),
    "relationships": ("target kinds", "3.53"),
    "target": ("id index", "3.52"),
    "defaultConfiguration": ("level", "3.50"),
    "invocations": ("executionSuccessful exitCode startTimeUtc toolExecutionNotifications", "3.20"),
    "toolExecutionNotifications": ("level message locations", "3.58"),
    "results": ("ruleId ruleIndex level message locations partialFingerprints occurrenceCount "
                "baselineState properties", "3.27"),
    "locations": ("physicalLocation logicalLocations", "3.28"),
    "physicalLocation": ("artifactLocation region", "3.29"),
    "artifactLocation": ("uri", "3.4"),
    "region": ("startLine", "3.30"),
    "logicalLocations": ("name fullyQualifiedName", "3.33"),
    **dict.fromkeys(("message", "shortDescription", "fullDescription", "help"), ("text", "3.11")),
}


def check_members(node, name):
    if isinstance(node, list):
        for each in node:
            check_members(each, name)
    elif isinstance(node, dict) and name not in ("properties", "partialFingerprints"):
        allowed, section = SARIF_MEMBERS[name]
        strange = set(node) - set(allowed.split())
        assert not strange, f"{name}: SARIF {section} is not known to have {strange}"
        for member, value in node.items():
            check_members(value, member)


def check_sarif(text):
    log = json.loads(text, object_pairs_hook=once)
    by_schema("sarif-schema-2.1.0.json", [log])
    check_members(log, "")
    assert log["version"] == "2.1.0" and len(log["runs"]) == 1
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["shortDescription"]["text"] and rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
        assert 0 <= float(rule["properties"]["security-severity"]) <= 10
    order = {"error": 0, "warning": 1, "note": 2}
    fresh = [order[each["level"]] for each in run["results"] if each["baselineState"] == "new"]
    assert fresh == sorted(fresh), "not the most severe first"
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        assert re.fullmatch(r"[0-9a-f]{64}", result["partialFingerprints"]["yinmaViolation/v1"])
        for location in result["locations"]:
            place = location["physicalLocation"]
            assert re.fullmatch(r"(%[0-9A-F]{2}|[-A-Za-z0-9._~/:])+", place["artifactLocation"]["uri"])
            assert place.get("region", {"startLine": 1})["startLine"] >= 1
    invocation, = run["invocations"]
    assert isinstance(invocation["executionSuccessful"], bool)
    assert all(each["message"]["text"] for each in invocation["toolExecutionNotifications"])


def check_junit(text):
    if schema_file("junit-10.xsd"):
        subprocess.run(["xmllint", "--noout", "--schema", schema_file("junit-10.xsd"), "-"],
                       input=text.encode(), check=True, stderr=subprocess.DEVNULL)
    suites = ElementTree.fromstring(text)
    assert suites.tag == "testsuites"
    totals = {"tests": 0, "failures": 0, "errors": 0}
    for suite in suites:
        cases = list(suite)
        assert suite.tag == "testsuite" and all(case.tag == "testcase" for case in cases)
        assert all(case.get("name") and case.get("classname") for case in cases)
        found = {"tests": len(cases), "failures": len(suite.findall("testcase/failure")),
                 "errors": len(suite.findall("testcase/error"))}
        for name, count in found.items():
            assert int(suite.get(name)) == count, (suite.get("name"), name)
            totals[name] += count
    assert all(int(suites.get(name)) == count for name, count in totals.items())
    assert totals["failures"] and totals["errors"]


def check_code_quality(text):
    issues = json.loads(text, object_pairs_hook=once)
    by_schema("codeclimate.json", issues)
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert issue["location"]["lines"]["begin"] >= 1 and issue["location"]["path"]


def main():
    program, script = sys.argv[1:]
    with open(script, encoding="utf-8") as file:
        check_page(written(program, "html"), file.read())
    check_sarif(written(program, "sarif"))
    check_junit(written(program, "junit"))
    check_code_quality(written(program, "codequality"))
    print("html, sarif, junit and codequality are as their readers ask")


if __name__ == "__main__":
    main()
