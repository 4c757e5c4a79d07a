/* Pagefind, loaded at the first need, and its results as links to sentences. */

const ROOT = new URL("../../", import.meta.url);
const SHOWN = 42; // words of a sentence that a result shows

/** @typedef {{id: string, words: {text: string, marked: boolean}[], address: string}} Sentence */
/** @typedef {{title: string, address: string, kind: string, date: string, publisher: string, sentences: Sentence[]}} Hit */

/** A word that every page has (templates/_macros.j2): what facets alone are looked up with. Pagefind's own way,
 * `search(null)`, loads the whole index. */
export const EVERYTHING = "zzeverything";

/** What a question has and its answer need not. In capitals (WHO, IT) a word is a name. */
const ASKING = new Set(
  "a about an and any are at by can did do does for from had has have he how i in is it its many me much of on or she tell that the there they to was we were what when where which who whom whose why will with you".split(" "),
);

let engine = null;

/** The search engine, with its addresses relative to wherever this site lies. */
export function load() {
  engine ??= import(new URL("pagefind/pagefind.js", ROOT)).then(async (pagefind) => {
    await pagefind.options({ baseUrl: ROOT.pathname });
    await pagefind.init();
    return pagefind;
  });
  return engine;
}

/** Make the counts of a facet known; each is a file of its own and loaded when it is first wanted. */
export async function loadFacet(words, facet) {
  const pagefind = await load();
  await pagefind.preload(words, { filters: { [facet]: ["-"] } });
}

/**
 * @param {string} words
 * @param {Record<string, string[]>} filters
 * @param {""|"latest"|"earliest"} sort
 * @param {number} count how many results to fetch
 * @returns {Promise<{count: number, hits: Hit[], without: string[], facets: Record<string, Record<string, number>>, more: Function}|null>}
 */
export async function search(words, filters, sort, count) {
  const pagefind = await load();
  const order = sort ? { sort: { date: sort === "latest" ? "desc" : "asc" } } : {};
  const { found, without } = await look(pagefind, essence(words), { filters, ...order });
  if (!found) return null;
  const fetchHits = (from, to) => Promise.all(found.results.slice(from, to).map(hit));
  return { count: found.results.length, hits: await fetchHits(0, count), without, facets: found.filters, more: fetchHits };
}

/** The words of a question that an answer has: "who is Katherine Tai?" -> "Katherine Tai". A quotation stays as it is. */
function essence(words) {
  if (/["“”]/.test(words)) return words;
  const kept = words.split(/\s+/).filter((word) => {
    const plain = bare(word).replace(/['’].*/, "");
    return !ASKING.has(plain.slice(0, 1).toLowerCase() + plain.slice(1)) || !plain;
  });
  return kept.map(bare).some(Boolean) ? kept.join(" ") : words;
}

/** Where no page has all the words, those that have most of them: each time that word is left out without which most is
 * found, or else the one that fewest pages have. */
async function look(pagefind, words, options) {
  let found = await pagefind.search(words, options);
  let kept = [...new Set(words.split(/\s+/).filter(Boolean))];
  const without = [];
  const strict = /["“”]/.test(words) || Object.keys(options.filters).length;
  const count = async (some) => (await pagefind.search(some.join(" "), options))?.results.length ?? 0;
  if (strict || kept.length < 2) return { found, without };
  if (found?.results.length) { // the index itself passes over a word that sorts behind its last one
    const counts = await Promise.all(kept.map((word) => count([word])));
    return { found, without: kept.filter((_, at) => !counts[at]).map(bare).filter(Boolean) };
  }
  while (found && !found.results.length && kept.length > 1) {
    const rest = kept.map((word) => kept.filter((other) => other !== word));
    let counts = await Promise.all(rest.map(count));
    if (!counts.some(Boolean)) counts = (await Promise.all(kept.map((word) => count([word])))).map((n) => -n);
    const at = counts.indexOf(Math.max(...counts));
    without.push(bare(kept[at]));
    kept = rest[at];
    found = await pagefind.search(kept.join(" "), options);
  }
  return { found, without: found?.results.length ? without : [] };
}

/** @returns {Promise<Hit>} */
async function hit(result) {
  const data = await result.data();
  const text = data.raw_content.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  const words = text.includes("\u200b") ? text.split("\u200b") : text.split(/\s+/);
  const anchors = data.anchors.filter((a) => /^s\d+$/.test(a.id)).sort((a, b) => a.location - b.location);
  const matched = new Set(data.locations);
  const scores = new Map(); // a sentence with more of the words sought comes before one that repeats one of them
  for (const { location, balanced_score: score } of data.weighted_locations) {
    const at = anchors.findLastIndex((a) => a.location <= location);
    const word = bare(words[location] ?? "").toLowerCase().slice(0, 5);
    if (at < 0) continue;
    const known = scores.get(at) ?? { different: new Set(), sum: 0 };
    known.different.add(word);
    known.sum += score;
    scores.set(at, known);
  }
  const best = [...scores]
    .map(([at, { different, sum }]) => [at, different.size * 1e6 + sum])
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, 3);
  if (!best.length && anchors.length) best.push([0]); // found by facets or by its title: it begins like this
  const sentences = best.map(([at]) => sentence(data.url, anchors, at, words, matched));
  const { title, kind = "", date = "", publisher = "" } = data.meta;
  return { title, address: data.url, kind, date, publisher, sentences };
}

/** @returns {Sentence} */
function sentence(url, anchors, at, words, matched) {
  const { id, location: from } = anchors[at];
  const until = anchors[at + 1]?.location ?? words.length;
  let [start, end] = [from, until];
  const first = [...matched].filter((m) => m >= from && m < end).sort((a, b) => a - b)[0] ?? from;
  if (end - start > SHOWN) {
    start = Math.max(from, Math.min(first - 8, end - SHOWN));
    end = Math.min(end, start + SHOWN);
  }
  const shown = [];
  for (let i = start; i < end; i++) shown.push({ text: words[i], marked: matched.has(i) });
  const marked = [...new Set(shown.filter((w) => w.marked).map((w) => bare(w.text)))].filter(Boolean);
  if (start > from) shown.unshift({ text: "…", marked: false });
  if (end < until) shown.push({ text: "…", marked: false });
  const address = marked.length ? `${url}?h=${encodeURIComponent(marked.join(" "))}#${id}` : url;
  return { id, words: shown, address };
}

/** A word without the signs around it. */
function bare(word) {
  return word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
}

/** A result as an element: title, where it is from, its best sentences, each a link.
 * @param {Hit} hit
 * @param {number} most sentences to show */
export function element(hit, most) {
  const item = document.createElement("li");
  item.className = "hit";
  const shown = hit.sentences.slice(0, most);
  item.append(link("hit-title", shown[0]?.address ?? hit.address, [text("bdi", hit.title)]));
  const about = (hit.kind === "Briefing" ? [hit.publisher, hit.date] : [hit.kind])
    .filter(Boolean)
    .join(" · ");
  if (about) item.append(text("span", about, "hit-about"));
  for (const one of shown) {
    const parts = [];
    one.words.forEach((word, i) => {
      if (i) parts.push(" ");
      parts.push(word.marked ? text("mark", word.text) : word.text);
    });
    const quote = document.createElement(most > 1 ? "a" : "span");
    quote.className = "hit-sentence";
    quote.dir = "auto";
    if (most > 1) quote.href = one.address;
    quote.append(...parts);
    item.append(quote);
  }
  if (most === 1) {
    const whole = item.querySelector(".hit-title");
    whole.append(...[...item.children].slice(1)); // one link a result: one stop for the keyboard
  }
  return item;
}

function link(name, address, children) {
  const a = document.createElement("a");
  a.className = name;
  a.href = address;
  a.append(...children);
  return a;
}

function text(tag, words, name) {
  const made = document.createElement(tag);
  made.textContent = words;
  if (name) made.className = name;
  return made;
}
