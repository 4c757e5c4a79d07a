/* Tables of figures, statements and events: filter, sort, show more and download as CSV, without a server.
   The page has the first rows. The first choice loads data/index.json, which has a column of numbers for each filter and
   each order; texts come in files of some rows, only for rows that are shown, searched or downloaded.
   ledgers.py writes these files and describes them. */

const COLUMNS = {
  figures: ["figure", "qualifier", "value", "high", "unit", "measure", "subject", "period", "asserted_by"],
  statements: ["speaker", "speaker_in_source", "cue", "statement", "form", "about"],
  timeline: ["date", "event", "actors"],
};
const SOURCE = ["sentence", "sentence_number", "title", "published", "publisher", "page", "source"];
const PARALLEL = 8; // files loaded at a time
const WAIT = 250; // ms after the last key

/** @typedef {{year: string, name: string, first: number, rows: number, version: string, texts: ?Promise<Object>}} Chunk */

/** @param {HTMLFormElement} form */
export function start(form) {
  const { table: place, noun, root, step } = form.dataset;
  const region = document.querySelector(".ledger-table.facts");
  const [body, status] = [region.tBodies[0], document.querySelector(".table-status")];
  const more = document.querySelector("button.more");
  const download = form.querySelector(".download");
  const heads = [...region.tHead.querySelectorAll("th[data-sort]")];
  const first = [...body.children];
  const firstStatus = status.textContent;
  const total = Number(/[\d,]+/.exec(firstStatus)[0].replaceAll(",", ""));
  const base = new URL(`${root}${place}/data/`, document.baseURI);
  let index = null; // promise of the index
  let found = null; // row numbers in order; null: as the page came
  let shown = first.length;
  let turn = 0;

  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const [up, down] = [head.dataset.sort, `-${head.dataset.sort}`];
      const options = [...form.elements.sort.options].map((option) => option.value);
      const order = [down, up, ""].filter((key) => options.includes(key) && (key || up === "date"));
      const next = order[(order.indexOf(form.elements.sort.value) + 1) % order.length];
      form.elements.sort.value = next;
      changed();
    });
  }
  let timer = 0;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => {
    clearTimeout(timer);
    timer = setTimeout(changed, event.target.name === "q" ? WAIT : 0);
  });
  form.addEventListener("reset", () => setTimeout(changed));
  more.addEventListener("click", () => show(true));
  download.addEventListener("click", save);
  addEventListener("popstate", fromAddress);
  fromAddress();

  /* --- the address ---------------------------------------------------------------------------- */

  function fields() {
    return [...form.elements].filter((field) => field.name);
  }

  function fromAddress() {
    const address = new URLSearchParams(location.search);
    for (const field of fields()) {
      const value = address.get(field.name) ?? "";
      if (value && field.localName === "select" && ![...field.options].some((option) => option.value === value)) {
        if (field.name === "sort") continue;
        field.add(new Option(value, value)); // rare, or nothing has it: then the table says so
      }
      field.value = value;
    }
    apply();
  }

  function changed() {
    const url = new URL(location.href);
    for (const field of fields()) {
      if (field.value.trim()) url.searchParams.set(field.name, field.value.trim());
      else url.searchParams.delete(field.name);
    }
    history.replaceState(history.state, "", url);
    apply();
  }

  /* --- data ------------------------------------------------------------------------------------ */

  async function json(url) {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${url.pathname}: ${answer.status}`);
    return answer.json();
  }

  function load() {
    index ??= json(new URL("index.json", base)).then((data) => {
      let at = 0;
      data.chunks = data.chunks.map(([year, name, rows, version]) => {
        at += rows;
        return { year: year || "undated", name, rows, version, first: at - rows, texts: null };
      });
      data.total = at;
      return data;
    });
    index.catch(() => (index = null));
    return index;
  }

  function chunkOf(data, row) {
    let [low, high] = [0, data.chunks.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (data.chunks[middle].first <= row) low = middle;
      else high = middle - 1;
    }
    return data.chunks[low];
  }

  /** Load the texts of rows, some files at a time. @param {number[]} rows */
  async function texts(data, rows, progress = () => {}) {
    const wanted = [...new Set(rows.map((row) => chunkOf(data, row)))];
    const waiting = [...wanted];
    let done = 0;
    const one = async () => {
      for (let chunk = waiting.shift(); chunk; chunk = waiting.shift()) {
        const url = new URL(`${chunk.name}.json?v=${chunk.version}`, base);
        chunk.texts ??= json(url);
        try {
          chunk.loaded = await chunk.texts;
        } catch (error) {
          chunk.texts = null;
          throw error;
        }
        progress((done += 1), wanted.length);
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, one));
  }

  /** One row as texts, with what its article is. */
  function entry(data, row) {
    const chunk = chunkOf(data, row);
    const [file, at] = [chunk.loaded, row - chunk.first];
    const of = Object.fromEntries(Object.entries(file).filter(([key]) => key !== "articles").map(([key, list]) => [key, list[at]]));
    const [id, title, published, when, publisher, url] = file.articles[file.article[at]];
    return { ...of, row, briefing: { id, title, published, when, publisher, url } };
  }

  const cell = (data, name, row) => data.columns[name].values[data.columns[name].rows[row]] ?? "";
  const cells = (data, name, row) => {
    const column = data.columns[name];
    return column.sets[column.rows[row]].map((number) => column.values[number]);
  };

  /* --- filter and sort ------------------------------------------------------------------------- */

  async function apply() {
    const mine = ++turn;
    const chosen = Object.fromEntries(fields().map((field) => [field.name, field.value.trim()]));
    for (const head of heads) {
      const [up, down] = [head.dataset.sort, `-${head.dataset.sort}`];
      const now = chosen.sort || "-date";
      if (now === up) head.setAttribute("aria-sort", "ascending");
      else if (now === down) head.setAttribute("aria-sort", "descending");
      else head.removeAttribute("aria-sort");
    }
    if (!Object.values(chosen).some(Boolean)) {
      found = null;
      shown = first.length;
      body.replaceChildren(...first);
      status.textContent = firstStatus;
      more.hidden = shown >= total;
      return;
    }
    region.setAttribute("aria-busy", "true");
    try {
      const data = await load();
      let rows = filtered(data, chosen);
      if (chosen.q) {
        status.textContent = "Searching…";
        await texts(data, rows, (done, of) => mine === turn && of > PARALLEL && (status.textContent = `Searching ${done} of ${of} files…`));
        if (mine !== turn) return;
        rows = rows.filter(contains(data, chosen.q));
      }
      if (mine !== turn) return;
      found = sorted(data, rows, chosen.sort);
      shown = 0;
      await show();
    } catch (error) {
      if (mine === turn) failed(error);
    } finally {
      if (mine === turn) region.removeAttribute("aria-busy");
    }
  }

  function filtered(data, chosen) {
    const tests = [];
    for (const [name, value] of Object.entries(chosen)) {
      const column = data.columns[name];
      if (!value || !column?.sets) continue;
      const number = column.values.indexOf(value);
      const sets = new Set(column.sets.flatMap((set, at) => (set.includes(number) ? [at] : [])));
      tests.push((row) => sets.has(column.rows[row]));
    }
    const rows = [];
    for (const chunk of data.chunks) {
      if (chosen.year && chunk.year !== chosen.year) continue;
      for (let row = chunk.first; row < chunk.first + chunk.rows; row++) if (tests.every((fits) => fits(row))) rows.push(row);
    }
    return rows;
  }

  const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  /** Whether a row has all the words typed, in whatever it shows. */
  function contains(data, query) {
    const wanted = plain(query).split(/\s+/).filter(Boolean);
    return (row) => {
      const e = entry(data, row);
      const all = plain(Object.values(values(data, e)).concat(e.text, e.briefing.title, e.briefing.publisher).join(" \n "));
      return wanted.every((word) => all.includes(word));
    };
  }

  function sorted(data, rows, order) {
    if (!order) return rows;
    const down = order.startsWith("-");
    const name = order.replace(/^-/, "");
    if (name === "date") {
      const dated = rows.filter((row) => chunkOf(data, row).year !== "undated");
      return [...dated.reverse(), ...rows.filter((row) => chunkOf(data, row).year === "undated")];
    }
    const column = data.columns[name];
    const keys = column.sets ? column.rows.map((at) => column.sets[at][0] ?? -1) : column.rows;
    const none = (row) => name !== "value" && keys[row] < 0; // rows without a value stand last
    return [...rows].sort((a, b) => none(a) - none(b) || (down ? keys[b] - keys[a] : keys[a] - keys[b]) || a - b);
  }

  /* --- rows on the page ------------------------------------------------------------------------ */

  async function show(further = false) {
    const mine = further ? ++turn : turn; // a second click before the first has loaded takes its place
    try {
      const data = await load();
      found ??= Array.from({ length: data.total }, (_, row) => row);
      const next = found.slice(shown, shown + Number(step));
      await texts(data, next);
      if (mine !== turn) return;
      const made = next.map((row) => line(data, entry(data, row)));
      if (shown) body.append(...made);
      else body.replaceChildren(...made);
      const focus = further ? made[0]?.querySelector("a") : null;
      shown += made.length;
      more.hidden = shown >= found.length;
      const count = `${found.length.toLocaleString("en")} ${noun}${found.length === 1 ? "" : "s"}`;
      const of = found.length < data.total ? `${found.length.toLocaleString("en")} of ${data.total.toLocaleString("en")} ${noun}s` : count;
      status.textContent = found.length ? of + (further ? `, ${shown.toLocaleString("en")} shown` : "") : `No ${noun}s match these filters`;
      if (more.hidden) focus?.focus();
    } catch (error) {
      if (mine === turn) failed(error);
    }
  }

  function failed(error) {
    console.warn(error);
    status.textContent = "The data could not be loaded. Check your connection and try again.";
  }

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  const isolated = (words) => element("bdi", {}, words);

  function actor(data, id) {
    const known = data.actors[id];
    if (!known) return isolated(id);
    return known[1] ? element("a", { href: `${root}actors/${encodeURIComponent(known[1])}/` }, known[0]) : known[0];
  }

  function actors(data, ids) {
    return ids.flatMap((id, at) => (at ? [", ", actor(data, id)] : [actor(data, id)]));
  }

  function article(e, dated = true) {
    const link = element("a", { href: `${root}briefings/${encodeURI(e.briefing.id)}/#e-${e.id}` }, isolated(e.briefing.title));
    return element("td", {}, link, ...(dated ? [" ", element("span", { class: "meta" }, e.briefing.when)] : []));
  }

  function line(data, e) {
    const td = (attributes, ...children) => element("td", attributes, ...children);
    const label = (name) => ({ "data-label": name });
    const text = e.form === "direct" ? `“${e.text}”` : e.text;
    const rows = {
      figures: () => {
        const measure = cell(data, "measure", e.row);
        const subject = cell(data, "subject", e.row);
        const behind = e.qualifier.startsWith("or ");
        const qualifier = e.qualifier ? [element("span", { class: "qualifier" }, e.qualifier)] : [];
        const amount = behind ? [e.words, " ", ...qualifier] : [...qualifier, ...(qualifier.length ? [" "] : []), e.words];
        return [
          td({ class: "number" }, ...amount),
          td({}, measure || element("span", { class: "context", dir: "auto" }, e.text)),
          td(label("Subject"), ...(subject ? [actor(data, subject)] : [])),
          td({ class: "when", ...label("Period") }, data.periods[cell(data, "period", e.row)] ?? ""),
          td(label("Asserted by"), ...(e.asserted ? [actor(data, e.asserted)] : [])),
          article(e),
        ];
      },
      statements: () => [
        td({ class: "speaker" }, e.actor ? actor(data, e.actor) : isolated(e.speaker)),
        td({ class: "text", dir: "auto" }, text),
        td(label("About"), ...actors(data, cells(data, "about", e.row))),
        article(e),
      ],
      timeline: () => [
        td({ class: "when" }, e.when),
        td({ class: "text", dir: "auto" }, text),
        td(label("Actors"), ...actors(data, cells(data, "actor", e.row))),
        article(e, false),
      ],
    };
    return element("tr", {}, ...rows[place]());
  }

  /* --- download -------------------------------------------------------------------------------- */

  const nameOf = (data, id) => data.actors[id]?.[0] ?? id;
  const namesOf = (data, ids) => ids.map((id) => nameOf(data, id)).join("; ");

  /** What a row says, by the names of the columns. */
  function values(data, e) {
    return {
      figures: () => ({
        figure: e.words, qualifier: e.qualifier, value: data.columns.value.rows[e.row], high: e.high,
        unit: cells(data, "unit", e.row)[0] ?? "", measure: cell(data, "measure", e.row),
        subject: nameOf(data, cell(data, "subject", e.row)), period: cell(data, "period", e.row), asserted_by: nameOf(data, e.asserted),
      }),
      statements: () => ({
        speaker: nameOf(data, e.actor), speaker_in_source: e.speaker, cue: e.cue, statement: e.text, form: e.form,
        about: namesOf(data, cells(data, "about", e.row)),
      }),
      timeline: () => ({ date: e.date, event: e.text, actors: namesOf(data, cells(data, "actor", e.row)) }),
    }[place]();
  }

  async function save() {
    download.disabled = true;
    const before = status.textContent;
    try {
      const data = await load();
      const rows = found ?? Array.from({ length: data.total }, (_, row) => row);
      await texts(data, rows, (done, of) => of > PARALLEL && (status.textContent = `Loading ${done} of ${of} files…`));
      const site = document.querySelector("link[rel=canonical]")?.href ?? location.href;
      const top = new URL(root, site);
      const lines = [[...COLUMNS[place], ...SOURCE].map(quoted).join(",")];
      for (const row of rows) {
        const e = entry(data, row);
        const page = new URL(`briefings/${encodeURI(e.briefing.id)}/#e-${e.id}`, top).href;
        const source = [e.text, Number(e.sentence.replace(/\D/g, "")), e.briefing.title, e.briefing.published, e.briefing.publisher, page, e.briefing.url];
        lines.push([...Object.values(values(data, e)), ...source].map(quoted).join(","));
      }
      // Spreadsheets read a file without this mark as if it were not Unicode.
      const blob = new Blob([`\ufeff${lines.join("\r\n")}\r\n`], { type: "text/csv;charset=utf-8" });
      const chosen = fields().filter((field) => field.name !== "sort" && field.value).map((field) => field.value.trim());
      const name = [place, ...chosen].join("-").replace(/[^\p{L}\p{N}.-]+/gu, "-").slice(0, 80);
      const link = element("a", { href: URL.createObjectURL(blob), download: `${name}.csv` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      status.textContent = before;
    } catch (error) {
      failed(error);
    } finally {
      download.disabled = false;
    }
  }

  /** A cell of a CSV file; words that a spreadsheet would read as a formula are kept from it. */
  function quoted(value) {
    if (typeof value === "number") return String(value);
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }
}
