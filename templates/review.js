// The review page of `build.py serve`: shows one fact at a time beside its place in the article and sends the answers.
"use strict";

const part = (id) => document.getElementById(id);
const data = part("data") ? JSON.parse(part("data").textContent) : null;

if (data && !data.facts) {
  showProblems(data.problems);
  part("answers").hidden = true;
} else if (data) {
  start();
}

function showProblems(problems) {
  part("problems").replaceChildren(...problems.map((words) => element("li", words)));
}

function element(tag, words, attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = words;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function start() {
  const letters = Array.from(data.text); // places count characters, not the halves of some that JavaScript counts
  const skipped = new Set();
  const history = []; // the facts that were shown before, to go back to
  let at = data.facts.findIndex((fact) => !fact.answer);
  if (at < 0) at = data.facts.length;
  part("by").value = data.by;

  function show() {
    while (at < data.facts.length && skipped.has(data.facts[at].kind)) at += 1;
    const fact = data.facts[at];
    if (part("edit").contains(document.activeElement)) document.activeElement.blur(); // so that the next key is an answer
    part("edit").hidden = true;
    part("answers").hidden = false;
    showText(fact ? fact.spans : []);
    const answered = data.facts.filter((one) => one.answer).length;
    part("place").textContent = fact
      ? `Fact ${at + 1} of ${data.facts.length}, ${answered} reviewed`
      : `You have seen all facts; ${answered} of ${data.facts.length} are reviewed. Press D if the briefing is complete.`;
    part("fact").hidden = !fact;
    if (!fact) return;
    const list = document.createElement("dl");
    for (const [name, value] of Object.entries(fact.values)) list.append(element("dt", name), element("dd", value));
    part("fact").replaceChildren(
      element("strong", fact.label + (fact.answer ? ` (${fact.answer})` : "")), document.createElement("br"),
      element("q", fact.words), list);
  }

  function showText(spans) {
    const cuts = new Set([0, letters.length]);
    for (const [first, last] of [...spans, ...data.hidden, ...data.removed]) cuts.add(first).add(last);
    const inside = (place, ranges) => ranges.some(([first, last]) => first <= place && place < last);
    const places = [...cuts].sort((one, other) => one - other);
    const pieces = places.slice(0, -1).map((first, number) => {
      if (inside(first, data.hidden)) return "";
      const words = letters.slice(first, places[number + 1]).join("");
      if (inside(first, spans)) return element("mark", words);
      return inside(first, data.removed) ? element("span", words, { class: "removed" }) : words;
    });
    part("text").replaceChildren(...pieces);
    part("text").querySelector("mark")?.scrollIntoView({ block: "center" });
  }

  async function send(message) {
    const answer = await fetch(location.pathname, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Review-Token": data.token },
      body: JSON.stringify({ by: part("by").value, ...message }),
    }).catch(() => null);
    if (!answer || !answer.ok) {
      showProblems([answer && answer.status === 409
        ? "Another article has since been opened for review. Reload this page."
        : "The server did not accept this answer. Check that `build.py serve` is running, then reload this page."]);
      return null;
    }
    const told = await answer.json();
    showProblems(told.problems);
    for (const fact of data.facts) {
      if (fact.id in told.answers) fact.answer = told.answers[fact.id];
      if (told.undone.includes(fact.id)) fact.answer = "";
    }
    return told.problems.length ? null : told;
  }

  async function answer(action, more = {}) {
    const fact = data.facts[at];
    if (!fact || !(await send({ action, fact: fact.id, ...more }))) return;
    history.push(at);
    at += 1;
    show();
  }

  function field(name, about, value) {
    const label = element("label", name);
    if (about) label.append(element("small", about));
    const input = element("input", "", { name });
    input.value = value;
    label.append(input);
    return label;
  }

  function openForm(fields, submit) {
    const form = part("edit");
    form.replaceChildren(...fields, field("why", "Reason, shown on the page", ""),
      element("button", "Save", { type: "submit" }), element("button", "Cancel (Esc)", { type: "button", id: "cancel" }));
    form.onsubmit = (event) => { event.preventDefault(); submit(Object.fromEntries(new FormData(form))); };
    part("cancel").onclick = show;
    form.hidden = false;
    part("answers").hidden = true;
    form.querySelector("input, select").focus();
  }

  function edit() {
    const fact = data.facts[at];
    if (!fact) return;
    openForm(data.kinds[fact.kind].map(({ name, about }) => field(name, about, fact.values[name] ?? "")),
      ({ why, ...values }) => answer("edit", { values, why }));
  }

  function add() {
    const kind = element("select", "", { name: "kind", "aria-label": "Kind of fact" });
    kind.append(...Object.keys(data.kinds).filter((name) => data.kinds[name].length).map((name) => element("option", name)));
    const fields = document.createElement("div");
    const fill = () => fields.replaceChildren(...data.kinds[kind.value].map(({ name, about }) => field(name, about, "")));
    kind.onchange = fill;
    fill();
    openForm([kind, field("words", "Exactly as in the article", String(getSelection()).trim()), fields],
      async ({ kind: chosen, words, why, ...values }) => {
        if (await send({ action: "add", kind: chosen, words, values, why })) show();
      });
  }

  async function rest() {
    const left = data.facts.slice(at).filter((fact) => !skipped.has(fact.kind) && !fact.answer).map((fact) => fact.id);
    if (left.length && !(await send({ action: "rest", facts: left }))) return;
    history.push(at);
    at = data.facts.length;
    show();
  }

  async function back() {
    const told = await send({ action: "undo" });
    if (!told) return;
    const undone = data.facts.findIndex((fact) => told.undone.includes(fact.id));
    at = undone >= 0 ? undone : history.pop() ?? Math.max(0, at - 1);
    show();
  }

  async function done() {
    if (!part("by").value.trim()) {
      showProblems(["Give your name first: it is shown on the page."]);
      part("by").focus();
    } else if (await send({ action: "finish" })) {
      part("place").textContent = "The briefing is marked as reviewed.";
    }
  }

  const keys = {
    a: () => answer("accept"), e: edit, r: () => answer("reject"), b: back, l: rest, "+": add, d: done,
    n: () => { history.push(at); at = Math.min(at + 1, data.facts.length); show(); },
    s: () => { if (data.facts[at]) { skipped.add(data.facts[at].kind); show(); } },
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !part("edit").hidden) return show();
    const typing = event.target.closest("input, select, textarea, form");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !(event.key.toLowerCase() in keys)) return;
    event.preventDefault();
    keys[event.key.toLowerCase()]();
  });
  for (const button of part("answers").querySelectorAll("button")) button.onclick = () => keys[button.dataset.key]();
  show();
}
