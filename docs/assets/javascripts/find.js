/* Pagefind, loaded at the first need, and its results as links to sentences. */

const ROOT = new URL("../../", import.meta.url);
const SHOWN = 42; // words of a sentence that a result shows

/** @typedef {{id: string, words: {text: string, marked: boolean}[], address: string}} Sentence */
/** @typedef {{title: string, address: string, kind: string, date: string, publisher: string, sentences: Sentence[]}} Hit */

/** A word that every page has (templates/_macros.j2): what facets alone are looked up with. Pagefind's own way,
 * `search(null)`, loads the whole index. */
export const EVERYTHING = "zzeverything";

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
 * @returns {Promise<{count: number, hits: Hit[], facets: Record<string, Record<string, number>>, more: Function}|null>}
 */
export async function search(words, filters, sort, count) {
  const pagefind = await load();
  const order = sort ? { sort: { date: sort === "latest" ? "desc" : "asc" } } : {};
  const found = await pagefind.search(words, { filters, ...order });
  if (!found) return null;
  const fetchHits = (from, to) => Promise.all(found.results.slice(from, to).map(hit));
  return { count: found.results.length, hits: await fetchHits(0, count), facets: found.filters, more: fetchHits };
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
  if (most === 1 && shown.length) {
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
