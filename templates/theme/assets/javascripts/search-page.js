/* The search page: words, facets with counts, order; all of it in the address, so that a search can be shared. */

import { EVERYTHING, element, load, loadFacet, onNoPage, search } from "./find.js";

const FACETS = [
  { key: "kind", name: "Page type", open: true },
  { key: "topic", name: "Topic", open: true },
  { key: "year", name: "Year", open: true },
  { key: "actor", name: "Actor" },
  { key: "publisher", name: "Publisher" },
  { key: "language", name: "Language" },
];
const STEP = 10; // results at a time
const VALUES = 12; // values of a facet before "more"

/** @param {HTMLElement} page */
export function start(page) {
  const form = page.querySelector("form");
  const input = page.querySelector("input");
  const status = page.querySelector("[role=status]");
  const sort = page.querySelector("select");
  const results = page.querySelector(".results");
  const more = page.querySelector("button.more");
  const facets = page.querySelector(".facets");
  const fold = page.querySelector(".facets-fold"); // on a phone the results come first
  const empty = page.querySelector(".search-empty");
  const known = new Set(FACETS.filter((f) => f.open).map((f) => f.key)); // facets whose counts are loaded
  let chosen = {};
  let begun = false; // whether anything was looked up
  let turn = 0;
  let timer = 0;

  function read() {
    const address = new URLSearchParams(location.search);
    input.value = address.get("q") ?? "";
    sort.value = address.get("sort") ?? "";
    chosen = Object.fromEntries(FACETS.map((f) => [f.key, address.getAll(f.key)]).filter(([, v]) => v.length));
    for (const key of Object.keys(chosen)) known.add(key);
  }

  function address() {
    const params = new URLSearchParams();
    if (input.value.trim()) params.set("q", input.value.trim());
    for (const [key, values] of Object.entries(chosen)) for (const value of values) params.append(key, value);
    if (sort.value) params.set("sort", sort.value);
    return params.size ? `?${params}` : location.pathname;
  }

  /** @param {"push"|"replace"|"keep"} history_ */
  async function run(history_) {
    const mine = ++turn;
    begun = true;
    const words = input.value.trim();
    const narrowed = Object.values(chosen).flat();
    const asked = Boolean(words || narrowed.length);
    if (history_ === "push") history.pushState(null, "", address());
    if (history_ === "replace") history.replaceState(null, "", address());
    empty.hidden = asked;
    sort.parentElement.hidden = !asked;
    sort.options[0].textContent = words ? "relevance" : "newest first"; // without words nothing is more relevant
    sort.options[1].hidden = !words;
    status.textContent ||= asked ? "Searching…" : "";
    const query = words || EVERYTHING;
    const order = sort.value || (words ? "" : "latest");
    await Promise.all([...known].map((key) => loadFacet(query, key)));
    const found = await search(query, chosen, order, asked ? STEP : 0);
    if (mine !== turn || !found) return;
    const count = found.count.toLocaleString("en");
    status.textContent = !asked ? "" : (found.count === 1 ? "1 result" : `${count} results`) + found.partial;
    if (!found.count) status.textContent = `No results${words ? ` for “${words}”` : ""}${within(narrowed)}${onNoPage(found.unknown)}`;
    results.replaceChildren(...(found.count || !asked ? found.hits.map((hit) => element(hit, 3)) : [otherWays(words, narrowed, found)]));
    const none = asked && !found.count; // then there is nothing to narrow, only choices to take back
    facets.replaceChildren(...FACETS.filter(({ key }) => !none || chosen[key]).map((facet) => group(facet, found.facets[facet.key] ?? {})));
    fold.hidden = none && !narrowed.length;
    if (!asked) {
      more.hidden = true;
      return;
    }
    let shown = found.hits.length;
    more.hidden = shown >= found.count;
    more.onclick = async () => {
      const next = await found.more(shown, shown + STEP);
      const elements = next.map((hit) => element(hit, 3));
      results.append(...elements);
      shown += next.length;
      more.hidden = shown >= found.count;
      elements[0]?.querySelector("a")?.focus();
    };
  }

  const within = (narrowed) => (narrowed.length ? ` in ${narrowed.join(", ")}` : "");

  /** What may find something where this search found nothing. */
  function otherWays(words, narrowed, { near, unknown }) {
    const item = document.createElement("li");
    const list = document.createElement("ul");
    item.className = "nothing";
    const offer = (text, query, facets_) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = text;
      button.onclick = () => {
        input.value = query;
        chosen = facets_;
        run("push").then(() => input.focus());
      };
      const line = document.createElement("li");
      line.append(button);
      list.append(line);
    };
    const plain = words.replaceAll(/["“”]/g, "").trim();
    near.forEach((query) => offer(`Did you mean “${query}”?`, query, chosen));
    if (narrowed.length) offer("Clear filters", words, {});
    if (plain !== words && plain) offer(`Search without quotation marks: ${plain}`, plain, chosen);
    const single = [...new Set(plain.split(/\s+/))].filter((word) => word.length > 2 && !unknown.some((one) => word.includes(one)));
    if (single.length > 1 || (single.length && unknown.length)) single.slice(0, 4).forEach((word) => offer(`Search for “${word}” only`, word, chosen));
    item.append(list.children.length ? "Try:" : "Check the spelling, or browse the lists.", list);
    empty.hidden = false;
    return item;
  }

  /** One facet as a folding list of check boxes. */
  function group(facet, counts) {
    const box = document.createElement("details");
    box.hidden = begun && known.has(facet.key) && !Object.keys(counts).length && !chosen[facet.key];
    box.open = begun && known.has(facet.key);
    const title = document.createElement("summary");
    title.textContent = facet.name;
    box.append(title);
    const picked = chosen[facet.key] ?? [];
    const order = facet.key === "year" ? (a, b) => b[0].localeCompare(a[0]) : (a, b) => b[1] - a[1] || a[0].localeCompare(b[0]);
    const values = Object.entries({ ...Object.fromEntries(picked.map((value) => [value, 0])), ...counts })
      .filter(([value, count]) => count || picked.includes(value))
      .sort(order);
    values.slice(0, VALUES).forEach(([value, count]) => box.append(option(facet.key, value, count)));
    const rest = values.slice(VALUES);
    if (rest.length) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "facet-more";
      button.textContent = `${rest.length} more`;
      button.onclick = () => {
        const options = rest.map(([value, count]) => option(facet.key, value, count));
        button.replaceWith(...options);
        options[0].querySelector("input").focus();
      };
      box.append(button);
    }
    box.addEventListener("toggle", () => {
      if (box.open && (!begun || !known.has(facet.key))) {
        known.add(facet.key);
        run("keep").then(() => facets.querySelectorAll("summary")[FACETS.indexOf(facet)].focus());
      }
    });
    return box;
  }

  function option(key, value, count) {
    const label = document.createElement("label");
    const check = document.createElement("input");
    check.type = "checkbox";
    check.checked = (chosen[key] ?? []).includes(value);
    const name = document.createElement("bdi");
    name.textContent = value;
    const number = document.createElement("span");
    number.className = "count";
    number.textContent = count.toLocaleString("en");
    label.append(check, name, number);
    check.addEventListener("change", () => {
      const values = new Set(chosen[key] ?? []);
      if (check.checked) values.add(value);
      else values.delete(value);
      chosen = { ...chosen, [key]: [...values] };
      if (!values.size) delete chosen[key];
      run("push").then(() => {
        const again = [...facets.querySelectorAll("label")].find((l) => l.querySelector("bdi").textContent === value);
        again?.querySelector("input").focus();
      });
    });
    return label;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run("push");
  });
  input.addEventListener("keydown", load, { once: true });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => run("replace"), 150);
  });
  sort.addEventListener("change", () => run("push"));
  window.addEventListener("popstate", () => {
    read();
    run("keep");
  });
  const wide = matchMedia("(min-width: 44rem)");
  const unfold = () => (fold.open = wide.matches);
  wide.addEventListener("change", unfold);
  unfold();
  read();
  const idle = document.activeElement === document.body; // nobody is typing in the header already
  const asked = input.value || Object.keys(chosen).length;
  if (idle && !asked) input.focus({ preventScroll: true });
  if (asked) run("keep");
  else facets.replaceChildren(...FACETS.map((facet) => group(facet, {}))); // folded, and nothing loaded until somebody asks
}
