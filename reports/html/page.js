
"use strict";
// Everything shown comes from the JSON block and goes into the page as text nodes and attributes of
// elements made here: no name in it is ever read as markup.
(() => {
const data = JSON.parse(document.getElementById("data").textContent);
const severities = ["none", "low", "medium", "high", "critical"];
const states = ["clear", "weak", "masked", "encrypted"];
const rowsOnPage = 100, rowsInPrint = 1000, barsShown = 12, gapsShown = 200;

const state = {
  language: data.language, filter: "", severity: "", kind: "", zone: "", rule: "",
  sort: "severity", falling: true, page: 0, open: new Set(), allBars: new Set(), allGaps: false,
  allChanges: false,
};

// ---- words ----

const W = (text) => (state.language === "zh" && data.words[text]) || text;
const either = (pair) => (state.language === "zh" && pair[1]) || pair[0] || "";
const number = (n) => n.toLocaleString(state.language === "zh" ? "zh-TW" : "en");

const size = (bytes) => {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  let unit = 0;
  while (bytes >= 1000 && unit + 1 < units.length) { bytes /= 1000; unit++; }
  return `${bytes.toFixed(unit === 0 ? 0 : 1)} ${units[unit]}`;
};

// ---- elements ----

// Controls and the marks that turn the writing direction: a name could hide its end behind them.
const acting = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

const fill = (node, children) => {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined) {
      node.append(child instanceof Node ? child : document.createTextNode(String(child).replace(acting, "\ufffd")));
    }
  }
  return node;
};

const el = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") {
      for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
    } else if (value === true) {
      node.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      node.setAttribute(name, value);
    }
  }
  return fill(node, children);
};

const svg = (tag, attributes, ...children) => {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return fill(node, children);
};

// ---- rows ----

// The order of members is that of reports/html.c.
const rows = data.rows.map((raw, place) => {
  const [unit, table, column, kind, role, severity, known, confidence, counts, other, distinct,
    forms, evidence, violations, examples, ages] = raw;
  return { place, unit, table, column, kind, role, severity, known, confidence, counts, other, distinct,
    forms, evidence, violations, examples, ages };
});
const unitName = (row) => (row.unit === null ? W("the whole run") : data.units[row.unit].name);
const unitZones = (row) => (row.unit === null ? [] : data.units[row.unit].zones);
const fieldName = (row) => [row.table, row.column].filter((part) => part !== "").join(".");
const kindName = (row) => (row.kind === null ? row.role : either(data.kinds[row.kind].title));
// A check stands behind its requirement where both are broken: "platform/5.3.4 (5.3.4.1)".
const ruleNames = (row) => {
  const rules = row.violations.map((violation) => data.rules[violation[0]]);
  const own = (rule) => rules.filter((other) => other.parent === rule.id);
  const section = (rule) => rule.id.slice(rule.id.indexOf("/") + 1);
  return rules.filter((rule) => !rules.some((other) => other.id === rule.parent))
    .map((rule) => rule.id + (own(rule).length === 0 ? "" : ` (${own(rule).map(section).join(", ")})`)).join(", ");
};

const haystack = (row) => {
  if (row.text === undefined) {
    const kind = row.kind === null ? [row.role] : [data.kinds[row.kind].name, ...data.kinds[row.kind].title];
    row.text = [unitName(row), fieldName(row), ...kind, ruleNames(row)].join("\n").toLowerCase();
  }
  return row.text;
};

const columns = [
  { name: "severity", title: "severity", of: (row) => (row.known ? 0 : 10) + row.severity },
  { name: "unit", title: "file", of: unitName },
  { name: "field", title: "field", of: fieldName },
  { name: "kind", title: "kind", of: kindName },
  ...states.map((name, i) => ({ name, title: name, figure: true, of: (row) => row.counts[i] })),
  { name: "controls", title: "controls", of: ruleNames },
];

const chosenRows = () => {
  const wanted = state.filter.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const chosen = rows.filter((row) =>
    (state.severity === "" || row.severity === Number(state.severity)) &&
    (state.kind === "" || row.kind === Number(state.kind)) &&
    (state.zone === "" || unitZones(row).includes(state.zone)) &&
    (state.rule === "" || row.violations.some((violation) => violation[0] === Number(state.rule))) &&
    wanted.every((word) => haystack(row).includes(word)));
  const column = columns.find((each) => each.name === state.sort);
  const keys = new Map(chosen.map((row) => [row, column.of(row)]));
  const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const sign = state.falling ? -1 : 1;
  return chosen.sort((a, b) => sign * order(keys.get(a), keys.get(b)));
};

// ---- summary ----

const verdict = () => {
  const summary = data.summary;
  const broken = summary.violations.some((count) => count > 0);
  const incomplete = summary.not_scanned > 0 || summary.partial;
  const lines = [];
  if (summary.partial) lines.push(W("The run was interrupted: this is what had been found by then."));
  if (summary.not_scanned > 0) {
    lines.push(`${W("Not read, so the answer is not complete:")} ${number(summary.not_scanned)}`);
  }
  if (rows.length === 0) lines.push(W("No personal data was found."));
  else if (!broken) lines.push(W("No control is broken."));
  else lines.push(W("Controls are broken. The worst stand first in the table below."));
  return el("div", { class: `verdict${broken ? " fails" : incomplete ? " gaps" : ""}` },
    lines.map((line) => el("p", {}, line)));
};

const tiles = () => {
  const summary = data.summary;
  const tile = (title, value, style) => el("li", {}, el("b", { class: style }, value), title);
  return el("ul", { class: "tiles" },
    [4, 3, 2, 1].map((level) => tile(W(severities[level]), number(summary.violations[level - 1]),
      summary.violations[level - 1] > 0 ? severities[level] : "none")),
    tile(W("values"), number(summary.values)),
    summary.subjects > 0
      ? tile(`${W("people")} (${either(summary.subjects_basis)})`,
        `${number(summary.subjects)}${summary.subjects_error > 0
          ? ` ±${Math.round(summary.subjects_error * 100)} %` : ""}`)
      : null,
    tile(W("units"), number(summary.units)),
    tile(W("read"), size(summary.bytes_scanned)));
};

// ---- bars ----

// Groups: Map of key -> array of amounts, one for each of the words in PARTS.
const bar = (amounts, parts, most) => {
  let at = 0;
  return svg("svg", { viewBox: "0 0 1000 10", preserveAspectRatio: "none", "aria-hidden": "true" },
    amounts.map((amount, i) => {
      const width = (1000 * amount) / most;
      const rect = svg("rect", { x: at, y: 0, width, height: 10, class: `fill-${parts[i]}` });
      at += width;
      return rect;
    }));
};

const legend = (parts) => el("p", { class: "legend soft" }, parts.map((part) =>
  el("span", {}, svg("svg", { viewBox: "0 0 1 1", "aria-hidden": "true" },
    svg("rect", { width: 1, height: 1, class: `fill-${part}` })), W(part))));

const total = (amounts) => amounts.reduce((sum, each) => sum + each, 0);

const barsOf = (shown, parts, most, name) => el("ul", { class: "bars" }, shown.map(([key, amounts]) =>
  el("li", {}, name(key), bar(amounts, parts, most),
    el("span", { class: "number" }, number(total(amounts))))));

// Bars in the order of their keys: nothing to choose by.
const yearBars = (years) => {
  const sorted = [...years].sort((a, b) => a[0] - b[0]).map(([year, count]) => [year, [count]]);
  return barsOf(sorted, ["year"], Math.max(...sorted.map(([, [count]]) => count), 1),
    (year) => el("span", {}, String(year)));
};

const barChart = (title, filter, groups, parts, label) => {
  const sorted = [...groups].filter(([, amounts]) => total(amounts) > 0)
    .sort((a, b) => total(b[1]) - total(a[1]));
  if (sorted.length === 0) return null;
  const most = total(sorted[0][1]);
  const shown = state.allBars.has(filter) ? sorted : sorted.slice(0, barsShown);
  return el("section", {}, el("h3", {}, title), legend(parts),
    barsOf(shown, parts, most, (key) => (filter === "form" ? el("span", {}, label(key))
      : el("button", { type: "button", title: W("show only these"),
        on: { click: () => { state[filter] = String(key); state.page = 0; draw("table"); } } }, label(key)))),
    shown.length < sorted.length
      ? el("button", { type: "button", class: "more-bars", on: { click: () => { state.allBars.add(filter); draw(); } } },
        `${W("show all")} (${number(sorted.length)})`)
      : null);
};

const charts = () => {
  const byRule = new Map(), byKind = new Map(), byZone = new Map();
  const add = (groups, key, part, amount, length) => {
    if (!groups.has(key)) groups.set(key, new Array(length).fill(0));
    groups.get(key)[part] += amount;
  };
  for (const row of rows) {
    for (const violation of row.violations) {
      add(byRule, violation[0], 4 - violation[1], 1, 4);
      for (const zone of unitZones(row)) add(byZone, zone, 4 - violation[1], 1, 4);
    }
    if (row.kind !== null) row.counts.forEach((count, i) => add(byKind, row.kind, i, count, 4));
  }
  const byForm = new Map(), byYear = new Map();
  let past = 0;
  for (const row of rows) {
    for (const [form, count] of row.forms) {
      const key = `${row.kind}|${form}`;
      add(byForm, key, 0, count, 1);
    }
    for (const [year, count] of row.ages[4] || []) byYear.set(year, (byYear.get(year) || 0) + count);
    past += row.ages[3] || 0;
  }
  const formLabel = (key) => [el("span", { class: "form" }, key.slice(key.indexOf("|") + 1)),
    el("small", {}, either(data.kinds[Number.parseInt(key, 10)].title))];
  const falling = ["critical", "high", "medium", "low"];
  return el("div", { class: "charts" },
    barChart(W("Violations by control"), "rule", byRule, falling, (key) => data.rules[key].id),
    barChart(W("Values by kind"), "kind", byKind, states, (key) => either(data.kinds[key].title)),
    barChart(W("Violations by zone"), "zone", byZone, falling, (key) => key),
    byYear.size === 0 ? null : el("section", {}, el("h3", {}, W("Values by year")),
      el("p", { class: "soft" }, W("Where the years come from: the dates beside the values."),
        past > 0 ? el("b", { class: "high" },
          ` ${W("Of these, past the limit set for them:")} ${number(past)}`) : null),
      yearBars(byYear)),
    barChart(W("Mask forms"), "form", byForm, ["masked"], formLabel));
};

// ---- the table of fields ----

const details = (row) => {
  const unit = row.unit === null ? null : data.units[row.unit];
  const term = (title, ...content) => (content.flat(Infinity).every((each) => each === "" || each === null)
    ? [] : [el("dt", {}, title), el("dd", {}, ...content)]);
  return el("dl", {},
    unit === null ? [] : term(W("zones"), unit.zones.join(", "), unit.reason[0] === "" ? "" : ` (${either(unit.reason)})`),
    unit === null ? [] : term(W("format"), [unit.format, unit.encoding].filter((part) => part !== "").join(", ")),
    term(W("confidence"), row.confidence, row.evidence.length > 0 ? ` (${row.evidence.join(", ")})` : ""),
    row.distinct > 0 ? term(W("distinct values"), number(row.distinct)) : [],
    row.other > 0 ? term(W("other content"), number(row.other)) : [],
    row.forms.length > 0
      ? term(W("mask forms"), el("ul", {}, row.forms.map(([form, count]) =>
        el("li", {}, el("span", { class: "form" }, form), ` × ${number(count)}`))))
      : [],
    row.examples.length > 0
      ? term(W("examples"), el("ul", {}, row.examples.map(([at, line, shown]) => el("li", {},
        el("span", { class: "form" }, shown),
        at > 0 ? ` ${W("row")} ${number(at)}` : "", line > 0 ? ` ${W("line")} ${number(line)}` : ""))))
      : [],
    row.ages.length === 0 ? [] : [
      term(W("dated by"), [row.ages[0], row.ages[1], row.ages[2]].filter((part) => part !== "").join(" · ")),
      row.ages[3] > 0 ? term(W("past the limit"), el("b", { class: "high" }, number(row.ages[3]))) : [],
      row.ages[4].length > 0 ? term(W("Values by year"), yearBars(row.ages[4])) : []],
    row.violations.flatMap(([rule, severity, count, known]) => term(
      el("span", { class: severities[severity] }, W(severities[severity])),
      el("b", {}, data.rules[rule].id), ` ${either(data.rules[rule].title)} · ${number(count)}`,
      known ? ` · ${W("known")}` : "",
      el("p", {}, either(data.rules[rule].message)),
      either(data.rules[rule].remedy) === "" ? null
        : el("p", {}, `${W("what to do")}: ${either(data.rules[rule].remedy)}`))));
};

const tableRow = (row) => {
  const open = state.open.has(row);
  const id = `more-${row.place}`;
  const name = fieldName(row) === "" ? W("(text)") : fieldName(row);
  const style = row.known ? "none" : severities[row.severity];
  const toggle = () => {
    if (open) state.open.delete(row); else state.open.add(row);
    draw("table");
    const again = document.querySelector(`[aria-controls="${id}"]`);
    if (again) again.focus();
  };
  const line = el("tr", {},
    el("td", { class: style }, row.severity === 0 ? "–" : W(severities[row.severity]),
      row.known ? ` (${W("known")})` : ""),
    el("td", { class: "unit" }, unitName(row)),
    el("td", { class: "field" }, el("button", { type: "button", "aria-expanded": String(open),
      "aria-controls": id, on: { click: toggle } }, name)),
    el("td", {}, kindName(row)),
    row.counts.map((count) => el("td", { class: "number" }, row.kind === null ? "" : number(count))),
    el("td", {}, ruleNames(row)));
  return open
    ? [line, el("tr", { class: "more", id }, el("td", { colspan: String(columns.length) }, details(row)))]
    : [line];
};

// A heading that is repeated on every printed page is text: of buttons only the first is printed.
const heading = (column, plain) => {
  if (plain) return el("th", { scope: "col", class: column.figure ? "number" : null }, W(column.title));
  const sorted = state.sort === column.name;
  const sort = () => {
    state.falling = sorted ? !state.falling : column.figure === true || column.name === "severity";
    state.sort = column.name;
    state.page = 0;
    draw("table");
  };
  return el("th", { scope: "col", class: column.figure ? "number" : null,
    "aria-sort": sorted ? (state.falling ? "descending" : "ascending") : "none" },
  el("button", { type: "button", id: `sort-${column.name}`, on: { click: sort } }, W(column.title)));
};

const tablePart = (limit) => {
  const chosen = chosenRows();
  const pages = Math.max(1, Math.ceil(chosen.length / rowsOnPage));
  state.page = Math.min(state.page, pages - 1);
  const first = limit ? 0 : state.page * rowsOnPage;
  const last = Math.min(chosen.length, first + (limit || rowsOnPage));
  const go = (step) => () => { state.page += step; draw("table"); };
  return [
    el("p", { role: "status" }, chosen.length === 0 ? W("No field fits.")
      : `${number(first + 1)}–${number(last)} / ${number(chosen.length)}`),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": W("Fields") },
      el("table", {}, el("thead", {}, el("tr", {}, columns.map((column) => heading(column, limit > 0)))),
        el("tbody", {}, chosen.slice(first, last).map(tableRow)))),
    el("div", { class: "pages" },
      el("button", { type: "button", id: "page-back", disabled: state.page === 0, on: { click: go(-1) } }, W("back")),
      el("span", {}, `${number(state.page + 1)} / ${number(pages)}`),
      el("button", { type: "button", id: "page-next", disabled: state.page + 1 >= pages, on: { click: go(1) } }, W("next"))),
  ];
};

const choice = (title, name, options) => el("label", {}, title,
  el("select", { id: `choose-${name}`, on: { change: (event) => {
    state[name] = event.target.value;
    state.page = 0;
    draw("table");
  } } }, el("option", { value: "" }, W("all")),
  options.map(([value, text]) => el("option", { value: String(value),
    selected: state[name] === String(value) }, text))));

const controls = () => {
  const used = (of) => [...new Set(rows.flatMap(of))];
  return el("div", { class: "controls" },
    el("label", {}, W("find"), el("input", { type: "search", id: "find", value: state.filter,
      autocomplete: "off", on: { input: (event) => {
        state.filter = event.target.value;
        state.page = 0;
        draw("table");
      } } })),
    choice(W("severity"), "severity", used((row) => [row.severity]).sort().reverse()
      .map((level) => [level, level === 0 ? "–" : W(severities[level])])),
    choice(W("kind"), "kind", used((row) => (row.kind === null ? [] : [row.kind])).sort((a, b) => a - b)
      .map((kind) => [kind, either(data.kinds[kind].title)])),
    choice(W("zone"), "zone", used(unitZones).sort().map((zone) => [zone, zone])),
    choice(W("control"), "rule", data.rules.map((rule, i) => [i, rule.id])));
};

// ---- comparison with an earlier run ----

// The order of members is that of reports/html_changes.c.
const comparison = () => {
  const { as_of: day, changes, causes, differs, counts, entries } = data.comparison;
  const shown = state.allChanges ? entries : entries.slice(0, gapsShown);
  const titles = [W("change"), W("severity"), W("file"), W("field"), W("kind"), W("before"), W("now"),
    W("cause"), W("control")];
  return [
    el("p", {}, data.comparison.with, day === "" ? "" : ` · ${W("as of")} ${day}`),
    el("ul", { class: "tiles" }, changes.map((word, i) => el("li", {},
      el("b", { class: i < 2 && counts[i] > 0 ? "high" : null }, number(counts[i])), either(word)))),
    el("p", { class: "soft" }, `${W("Other differences:")} `, differs.length === 0
      ? W("none: the same program, rules and settings")
      : differs.map((each) => (Array.isArray(each) ? either(each) : each)).join("; ")),
    entries.length === 0 ? el("p", {}, W("Nothing has changed."))
      : el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": W("Compared with") },
        el("table", {}, el("thead", {}, el("tr", {}, titles.map((title, i) =>
          el("th", { scope: "col", class: i === 5 || i === 6 ? "number" : null }, title)))),
        el("tbody", {}, shown.map(([change, severity, unit, place, kind, rule, more, before, now, why]) => el("tr", {},
          el("td", { class: change < 2 ? severities[severity] : "soft" }, either(changes[change])),
          el("td", {}, severity === 0 ? "–" : W(severities[severity])),
          el("td", { class: "unit" }, unit === "" ? W("the whole run") : unit), el("td", {}, place),
          el("td", {}, either(kind)), el("td", { class: "number" }, number(before)),
          el("td", { class: "number" }, change === 4 ? "?" : number(now)),
          el("td", {}, why.map((cause) => either(causes[cause])).join(" / ")), el("td", {}, rule, more > 0 ? ` +${more}` : "")))))),
    shown.length < entries.length
      ? el("button", { type: "button", on: { click: () => { state.allChanges = true; draw(); } } },
        `${W("show all")} (${number(entries.length)})`)
      : null];
};

// ---- coverage, rules, run ----

const coverage = () => {
  const gaps = data.units.filter((unit) => unit.status !== "scanned");
  if (gaps.length === 0) return el("p", {}, W("Everything was read."));
  const shown = state.allGaps ? gaps : gaps.slice(0, gapsShown);
  return el("div", {},
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": W("Coverage") },
      el("table", {}, el("thead", {}, el("tr", {},
        [W("status"), W("file"), W("reason"), W("detail")].map((title) => el("th", { scope: "col" }, title)))),
      el("tbody", {}, shown.map((unit) => el("tr", {},
        el("td", { class: unit.incomplete ? "high" : "soft" }, W(unit.status)), el("td", {}, unit.name),
        el("td", {}, W(unit.why)), el("td", {}, either(unit.detail))))))),
    shown.length < gaps.length
      ? el("button", { type: "button", on: { click: () => { state.allGaps = true; draw(); } } },
        `${W("show all")} (${number(gaps.length)})`)
      : null);
};

const rules = () => data.rules.map((rule) => el("details", {},
  el("summary", {}, el("b", {}, rule.id), ` ${either(rule.title)}`),
  el("p", { class: "soft" }, either(rule.level)), el("p", {}, either(rule.message)),
  either(rule.remedy) === "" ? null : el("p", {}, `${W("what to do")}: ${either(rule.remedy)}`)));

// What was asked and holds is told as what is broken is.
const asked = () => ["broken", "undecided", "held", "not-applicable", "not-asked"].map((status) => {
  const some = data.statuses.filter((each) => each.status === status);
  if (some.length === 0) return null;
  const marks = { broken: "critical", undecided: "medium", held: "holds" };
  return el("details", {},
    el("summary", {}, el("b", { class: marks[status] || "soft" }, W(status)), ` ${number(some.length)}`),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": W(status) },
      el("table", {}, el("thead", {}, el("tr", {},
        [W("rule"), "", W("violations"), W("units"), W("why")].map((title, i) =>
          el("th", { scope: "col", class: i === 2 || i === 3 ? "number" : null }, title)))),
      el("tbody", {}, some.map((each) => el("tr", {},
        el("th", { scope: "row" }, each.id), el("td", {}, either(each.title)),
        el("td", { class: "number" }, number(each.violations)), el("td", { class: "number" }, number(each.units)),
        el("td", {}, each.why ? either(each.why) : "", each.setting ? ` (${each.setting})` : "")))))));
});

const about = () => {
  const run = data.run;
  return [`yinma ${run.yinma}`, run.started, run.host, run.profiles.join(", "), `${W("as of")} ${run.as_of}`]
    .filter((part) => part !== "").join(" · ");
};

const languageButton = (language, text, tag) => el("button", { type: "button", lang: tag, id: `language-${language}`,
  "aria-pressed": String(state.language === language),
  on: { click: () => {
    state.language = language;
    rows.forEach((row) => { row.text = undefined; });
    draw();
    document.getElementById(`language-${language}`).focus();
  } } }, text);

const section = (title, ...children) => el("section", {}, el("h2", {}, title), ...children);

const draw = (part, limit) => {
  if (part === "table") {
    for (const name of ["severity", "kind", "zone", "rule"]) {
      document.getElementById(`choose-${name}`).value = state[name];
    }
    const focused = document.activeElement === null ? "" : document.activeElement.id;
    document.getElementById("fields").replaceChildren(...tablePart(limit));
    const again = focused === "" ? null : document.getElementById(focused);
    if (again !== null) again.focus();
    return;
  }
  document.documentElement.lang = state.language === "zh" ? "zh-Hant-TW" : "en";
  document.title = W("Personal data found by yinma");
  document.getElementById("page").replaceChildren(
    el("header", {}, el("h1", {}, W("Personal data found by yinma")),
      el("span", { class: "languages" }, languageButton("en", "English", "en"), " ",
        languageButton("zh", "繁體中文", "zh-Hant-TW"))),
    el("p", { class: "soft" }, about()),
    data.run.profile_assumed ? el("p", { class: "soft" },
      W("Nobody chose a profile: the controls for online platforms were assumed.")) : "",
    verdict(), tiles(),
    data.comparison === null ? "" : section(W("Compared with"), ...comparison()),
    section(W("Overview"), charts()),
    section(W("Fields"), controls(), el("div", { id: "fields" }, tablePart(limit))),
    section(W("Coverage"), coverage()),
    data.rules.length > 0 ? section(W("Broken controls"), rules()) : "",
    data.statuses.length > 0 ? section(W("Rules and what became of them"), asked()) : "",
    el("footer", {}, W("Values are shown masked. This file holds no value in clear and loads nothing.")));
};

draw();
// On paper nothing can be opened: what is folded up is printed unfolded.
let unfolded = [];
window.addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll("details:not([open])")];
  unfolded.forEach((each) => { each.open = true; });
  draw("table", rowsInPrint);
});
window.addEventListener("afterprint", () => {
  unfolded.forEach((each) => { each.open = false; });
  draw("table");
});
})();
