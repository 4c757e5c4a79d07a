/* The page data/sql/: queries the published database without a server. Nothing is loaded before the database is opened.
   A worker runs the queries, so that the page stays usable; cancelling ends the worker. */

const SHOWN = 500; // rows in the table; CSV has all
const FORMULA = /^[=+\-@\t\r]/; // a spreadsheet would run such a cell, unless it is a number

/** @param {HTMLFormElement} form */
export function start(form) {
  const address = new URL(form.dataset.database, document.baseURI);
  const status = document.querySelector(".table-status");
  const region = document.querySelector(".sql-result");
  const [fields, cancel, download] = ["fieldset", ".cancel", ".download"].map((name) => form.querySelector(name));
  const open = form.querySelector("button.open");
  let worker = null;
  let result = null;

  form.hidden = false;
  const given = new URLSearchParams(location.search).get("sql");
  if (given) form.elements.sql.value = given;

  open.addEventListener("click", load);
  form.elements.question.addEventListener("change", () => {
    form.elements.sql.value = form.elements.question.value;
    run();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  form.elements.sql.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
  });
  cancel.addEventListener("click", () => {
    worker.terminate();
    load();
  });
  download.addEventListener("click", save);

  function load() {
    open.disabled = true;
    busy("Opening the database…");
    worker = new Worker(new URL("sql-worker.js", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }) => (data.opened ? opened() : shown(data)));
    worker.addEventListener("error", (event) => failed(event.message || "The worker could not be started."));
    worker.postMessage({ open: address.href });
  }

  function opened() {
    form.querySelector("p.open").hidden = true;
    fields.disabled = false;
    ready("Ready. Choose a question or write your own.");
  }

  function run() {
    busy("Running…");
    const url = new URL(location.href);
    url.searchParams.set("sql", form.elements.sql.value);
    history.replaceState(null, "", url);
    worker.postMessage({ sql: form.elements.sql.value });
  }

  function busy(words) {
    status.textContent = words;
    cancel.hidden = fields.disabled;
    download.hidden = true;
  }

  function ready(words) {
    status.textContent = words;
    cancel.hidden = true;
  }

  function failed(message) {
    result = null;
    region.hidden = true;
    open.disabled = false;
    ready(message);
  }

  /** @param {{columns: string[], rows: any[][], error: string}} data */
  function shown(data) {
    if (data.error) return failed(data.error);
    result = data;
    const { columns, rows } = data;
    region.querySelector("thead tr").replaceChildren(...columns.map((name) => element("th", name)));
    region.querySelector("tbody").replaceChildren(...rows.slice(0, SHOWN).map((row) => line(columns, row)));
    region.hidden = download.hidden = !columns.length;
    const count = `${rows.length.toLocaleString("en")} ${rows.length === 1 ? "row" : "rows"}`;
    ready(rows.length > SHOWN ? `${count}, the first ${SHOWN} shown; the CSV file has all.` : rows.length ? count : "No rows");
  }

  function line(columns, row) {
    const tr = document.createElement("tr");
    row.forEach((value, at) => {
      const td = element("td", "");
      td.dataset.label = columns[at];
      td.dir = "auto";
      if (typeof value === "number") td.className = "number";
      const link = /(^|_)page$/.test(columns[at]) && typeof value === "string" ? target(value) : null;
      if (link) td.append(Object.assign(element("a", "Show in source"), { href: link.href }));
      else td.textContent = value ?? "";
      tr.append(td);
    });
    return tr;
  }

  /** An address in the database is whole, or relative to data/. Others, such as javascript:, are not links. */
  function target(value) {
    try {
      const url = new URL(value, address);
      return ["http:", "https:"].includes(url.protocol) ? url : null;
    } catch {
      return null;
    }
  }

  function element(tag, text) {
    return Object.assign(document.createElement(tag), { textContent: text });
  }

  function save() {
    const lines = [result.columns, ...result.rows].map((row) => row.map(cell).join(","));
    const blob = new Blob([lines.join("\r\n"), "\r\n"], { type: "text/csv;charset=utf-8" });
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: "query.csv" });
    link.click();
    URL.revokeObjectURL(link.href);
  }

  function cell(value) {
    const text = value === null ? "" : String(value);
    const safe = typeof value === "string" && FORMULA.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }
}
