/* Two actors side by side, from the file that each actor has: compare/?a=china&b=japan. network.py writes the files. */

const FRONT = 6; // entries of a list before the rest is folded
const FOLDED = 60;

/** @param {HTMLFormElement} form */
export function start(form) {
  const root = form.dataset.root;
  const [status, place] = [document.querySelector(".table-status"), document.querySelector(".comparison")];
  const pairs = document.querySelector(".pairs");
  const heading = document.querySelector("h1");
  const [plainHeading, plainTitle] = [heading.firstChild.data, document.title];
  let turn = 0;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    choose();
  });
  form.addEventListener("change", () => form.elements.a.value && form.elements.b.value && choose());
  addEventListener("popstate", fromAddress);
  fromAddress();

  function choose() {
    const url = new URL(location.href);
    for (const name of ["a", "b"]) url.searchParams.set(name, form.elements[name].value);
    history.pushState(null, "", url);
    fromAddress();
  }

  function fromAddress() {
    const address = new URLSearchParams(location.search);
    const ids = ["a", "b"].map((name) => address.get(name) ?? "");
    ["a", "b"].forEach((name, at) => {
      const list = form.elements[name];
      if (ids[at] && ![...list.options].some((option) => option.value === ids[at])) list.add(new Option(ids[at], ids[at]));
      list.value = ids[at];
    });
    show(ids);
  }

  async function load(id) {
    const answer = await fetch(new URL(`${root}actors/${encodeURIComponent(id)}/compare.json`, document.baseURI));
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error(`${id}: ${answer.status}`);
    return answer.json();
  }

  async function show(ids) {
    const mine = ++turn;
    place.replaceChildren();
    heading.firstChild.data = plainHeading;
    document.title = plainTitle;
    if (pairs) pairs.hidden = Boolean(ids[0] && ids[1]);
    if (!ids[0] || !ids[1]) {
      status.textContent = ids[0] || ids[1] ? "Choose the other actor." : "";
      return;
    }
    if (ids[0] === ids[1]) {
      status.textContent = "Choose two different actors.";
      return;
    }
    status.textContent = "Loading…";
    let both;
    try {
      both = await Promise.all(ids.map(load));
    } catch (error) {
      console.warn(error);
      if (mine === turn) status.textContent = "The data could not be loaded. Check your connection and try again.";
      return;
    }
    if (mine !== turn) return;
    const missing = ids.filter((_, at) => !both[at]);
    if (missing.length) {
      status.textContent = `No data about ${missing.map((id) => `“${id}”`).join(" or ")}: no article mentions an actor registered under this name.`;
      both.forEach((actor) => actor && place.append(element("p", {}, link(actor))));
      return;
    }
    both.forEach((actor, at) => {
      const option = form.elements["ab"[at]].selectedOptions[0];
      if (option.text === actor.id) option.text = actor.name;
    });
    heading.firstChild.data = `${both[0].name} and ${both[1].name}`;
    document.title = document.title.replace(plainHeading, heading.firstChild.data);
    const shared = common(both);
    status.textContent = `${count(shared.length, "briefing")} ${shared.length === 1 ? "mentions" : "mention"} both`;
    place.append(...sections(both, shared));
  }

  /* --- what the page shows --------------------------------------------------------------------- */

  function common([a, b]) {
    const others = new Set(b.briefings.map(([id]) => id));
    return a.briefings.filter(([id]) => others.has(id));
  }

  function sections(both, shared) {
    const [a, b] = both;
    const about = (one, other) => one.statements.filter((statement) => statement[6].includes(other.id));
    const said = [about(a, b), about(b, a)];
    const rest = both.map((actor, at) => actor.statements.filter((statement) => !said[at].includes(statement)));
    return [
      numbers(both),
      ...(said[0].length + said[1].length === 0 ? [] : section("About each other", [
        side(`${a.name} about ${b.name}`, said[0], quote, `No statement by ${a.name} about ${b.name}.`),
        side(`${b.name} about ${a.name}`, said[1], quote, `No statement by ${b.name} about ${a.name}.`),
      ])),
      ...section(said[0].length + said[1].length ? "Other statements" : "Statements", both.map((actor, at) =>
        side(link(actor), rest[at], quote, said[at].length ? `No other statements by ${actor.name}.` : `No statements by ${actor.name}.`, actor.counts["Statements by"] - said[at].length))),
      ...section("Figures", both.map((actor) => side(link(actor), actor.figures, figure, `No figures about ${actor.name}.`, actor.counts.Figures))),
      element("h2", { id: "shared" }, "Shared briefings"),
      shared.length ? list(shared, briefing) : element("p", {}, `No briefing mentions both ${a.name} and ${b.name}.`),
      ...both.filter((actor) => actor.counts.Briefings > actor.briefings.length).slice(0, 1).map((actor) =>
        element("p", { class: "meta" }, `Counted among the latest ${actor.briefings.length.toLocaleString("en")} briefings of each actor.`)),
    ];
  }

  function numbers(both) {
    const row = (name, cells) => element("tr", {}, element("th", { scope: "row" }, name), ...cells.map((cell) => element("td", {}, cell)));
    const head = element("tr", {}, element("td", {}), ...both.map((actor) => element("th", { scope: "col" }, link(actor))));
    const names = Object.keys(both[0].counts);
    const body = element("tbody", {}, ...names.map((name) => row(name, both.map((actor) => actor.counts[name].toLocaleString("en")))));
    body.append(row("Years of these briefings", both.map(({ years }) => [...new Set(years)].join("–") || "undated")));
    return element("table", { class: "compare-numbers" }, element("thead", {}, head), body);
  }

  const section = (name, sides) => [element("h2", { id: name.toLowerCase().replaceAll(" ", "-") }, name), element("div", { class: "sides-by-side" }, ...sides)];

  /** One actor's half of a section. `total` is how many there are, where the file has only the latest. */
  function side(heading, entries, make, none, total = entries.length) {
    const found = element("section", {}, element("h3", {}, heading));
    if (!entries.length) found.append(element("p", { class: "meta" }, none));
    else found.append(list(entries, make));
    if (total > Math.min(entries.length, FOLDED)) {
      found.append(element("p", { class: "meta" }, `The latest ${Math.min(entries.length, FOLDED)} of ${total.toLocaleString("en")}.`));
    }
    return found;
  }

  function list(entries, make) {
    const made = element("div", {}, element("ul", { class: "lines" }, ...entries.slice(0, FRONT).map(make)));
    const more = entries.slice(FRONT, FOLDED);
    if (more.length) {
      made.append(element("details", {}, element("summary", {}, `${more.length} more`), element("ul", { class: "lines" }, ...more.map(make))));
    }
    return made;
  }

  const quote = ([id, title, when, fact, form, words]) =>
    element("li", {}, element("span", { class: "said", dir: "auto" }, form === "direct" ? `“${words}”` : words), " ", origin(id, title, when, fact));

  const figure = ([id, title, when, fact, words, measure, period]) =>
    element("li", {}, element("b", {}, words), " ", element("span", { class: "measure", dir: "auto" }, measure), period ? ` (${period})` : "", " ", origin(id, title, when, fact));

  const briefing = ([id, title, when]) =>
    element("li", {}, element("a", { href: `${root}briefings/${encodeURI(id)}/` }, element("bdi", {}, title)), " ", element("span", { class: "meta" }, when));

  function origin(id, title, when, fact) {
    const from = element("a", { class: "from", href: `${root}briefings/${encodeURI(id)}/#e-${fact}` }, element("bdi", {}, title));
    return element("span", { class: "origin" }, from, `, ${when}`);
  }

  const link = (actor) => element("a", { href: `${root}actors/${encodeURIComponent(actor.place)}/` }, actor.name);
  const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }
}
