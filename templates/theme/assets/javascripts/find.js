/* Pagefind, loaded at the first need, and its results as links to sentences. */

import { fits, fold, nearSpellings, terms } from "./query.js";

const ROOT = new URL("../../", import.meta.url);
const SHOWN = 42; // words of a sentence that a result shows

/** @typedef {{id: string, words: {text: string, marked: boolean}[], address: string}} Sentence */
/** @typedef {{title: string, address: string, kind: string, date: string, publisher: string, sentences: Sentence[], lacking: string[]}} Hit */

/** A word that every page has (templates/_macros.j2): what facets alone are looked up with. Pagefind's own way,
 * `search(null)`, loads the whole index. */
export const EVERYTHING = "zzeverything";

/** What a question has and its answer need not. In capitals (WHO, IT) a word is a name. */
const ASKING = new Set(
  "a about an and any are as at by can did do does for from had has have he how i in is it its many me much of on or she tell than that the then there they to was we were what when where which who whom whose why will with you".split(" "),
);

let engine = null;

/** The search engine, with its addresses relative to wherever this site lies, and all bundles of the index. */
export function load() {
  engine ??= Promise.all([import(new URL("pagefind/pagefind.js", ROOT)), bundles()]).then(async ([pagefind, others]) => {
    await pagefind.options({ baseUrl: ROOT.pathname });
    await pagefind.init();
    await Promise.all(others.map((name) => pagefind.mergeIndex(`${ROOT.pathname}pagefind/b/${name}/`, { baseUrl: ROOT.pathname })));
    return pagefind;
  });
  return engine;
}

/** The names of the bundles beside the first one. They change with every build, so no copy is taken from the cache. */
async function bundles() {
  const answer = await fetch(new URL("pagefind/bundles.json", ROOT), { cache: "no-cache" });
  return answer.ok ? answer.json() : [];
}

/** Pages found, in the order asked for. The names of results begin with the dates of their pages; Pagefind would sort
 * within each bundle only. */
async function find(pagefind, words, { filters, sort = "" }) {
  const found = await pagefind.search(words, { filters });
  const forward = sort === "earliest" ? 1 : -1;
  if (found && sort) found.results.sort((a, b) => (a.id < b.id ? -forward : forward));
  return found;
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
 * @returns {Promise<{count: number, hits: Hit[], partial: string, unknown: string[], near: string[], facets: Record<string, Record<string, number>>, more: Function}|null>}
 * `partial` says that some or all results lack a word, `unknown` are words that no page has, `near` is the query with near
 * spellings of them.
 */
export function search(words, filters, sort, count) {
  const answer = last.then(() => answerTo(words, filters, sort, count));
  last = answer.catch(() => null);
  return answer;
}

/** One query after the other: Pagefind keeps one object of each page, with what the last query found on it. */
let last = Promise.resolve(null);

async function answerTo(words, filters, sort, count) {
  const pagefind = await load();
  const options = { filters, sort };
  const question = essence(words);
  const asked = words === EVERYTHING || isQuoted(question) ? [] : terms(question);
  const { found, unknown } = await look(pagefind, question, asked, options);
  if (!found) return null;
  const near = unknown.length ? await respelt(pagefind, words, unknown) : [];
  const { results, named, briefings } = sort || unknown.length ? { results: found.results } : await ranked(pagefind, found.results, question, asked, options);
  const some = results.length && briefings !== 0;
  const few = !sort && asked.length > 2 && results.length < FEW;
  const enough = unknown.length || named || (some && !few) || Object.keys(filters).length;
  const others = enough ? [] : await withMost(pagefind, asked, options, results, some ? 1 : 2);
  const all = [...results.map((result) => ({ result, lacking: [] })), ...others];
  const telling = others.length && asked.length > 2 ? await mostTelling(pagefind, asked) : null;
  const fetchHits = async (from, to) => inTitleFirst(await Promise.all(all.slice(from, to).map((one) => hit(one, asked))), asked, telling);
  const facets = others.length ? {} : found.filters;
  const partial = others.length === 0 ? "" : results.length ? "; some lack a word" : " with some of these words, none with all";
  return { count: all.length, hits: await fetchHits(0, count), partial, unknown, near, facets, more: fetchHits };
}

const isQuoted = (words) => /["“”]/.test(words) && !/^["“”]\p{Script=Han}+["“”]$/u.test(words.trim());

/** The words of a question that an answer has: "who is Katherine Tai?" -> "Katherine Tai". A quotation stays as it is. */
function essence(words) {
  if (/["“”]/.test(words)) return words;
  const kept = words.split(/\s+/).filter((word) => {
    const plain = bare(word).replace(/['’].*/, "");
    return !ASKING.has(plain.slice(0, 1).toLowerCase() + plain.slice(1)) || !plain;
  });
  return kept.map(bare).some(Boolean) ? kept.join(" ") : words;
}

/** Pages with all the words. Where a word is on no page, none: what the other words find is no answer.
 * @param {import("./query.js").Term[]} asked */
async function look(pagefind, words, asked, options) {
  const found = await find(pagefind, asked.length ? queryOf(asked) : words, options);
  if (!found || !asked.length) return { found, unknown: [] };
  const first = found.results.length ? await found.results[0].data() : null;
  const doubtful = asked.filter((term) => !first || !isIn(first, term));
  const alone = await eachOnItsOwn(pagefind, doubtful);
  const unknown = doubtful.filter((_, at) => !alone[at]).map((term) => term.words);
  if (unknown.length) return { found: { ...found, results: [], filters: {} }, unknown };
  return { found: await withAll(pagefind, found, asked), unknown };
}

const CHECKED = 60; // results that are few enough to look at each

/** Results that have all the words, and the counts of filters for these. A bundle of the index without a word answers
 * with pages that have its first letters: for `holmium`, with every initial "H.". Of more results than can be looked
 * at, those are kept that have the words themselves; others that were not looked at come last. */
async function withAll(pagefind, found, asked) {
  const { results } = found;
  const exact = await Promise.all(asked.map((term) => exactly(pagefind, term)));
  const sure = new Set(results.filter((one) => exact.every((ids) => ids.has(one.id))));
  const checked = (results.length > CHECKED ? results.filter((one) => !sure.has(one)) : results).slice(0, CHECKED);
  const data = await Promise.all(checked.map((one) => one.data()));
  const lacking = new Map(checked.flatMap((one, at) => (asked.every((term) => isIn(data[at], term)) ? [] : [[one, data[at]]])));
  if (lacking.size === results.length) for (const one of sure) lacking.delete(one); // the index knows more forms of words
  const open = new Set(results.length > CHECKED ? results.filter((one) => !sure.has(one) && !checked.includes(one)) : []);
  const kept = results.filter((one) => !lacking.has(one) && !open.has(one));
  return { ...found, results: [...kept, ...open], filters: without(found.filters, [...lacking.values()]) };
}

/** Counts of filters, less those of some pages. */
function without(filters, pages) {
  const left = structuredClone(filters ?? {});
  for (const { filters: values } of pages)
    for (const [name, some] of Object.entries(values)) for (const value of some) if (left[name]?.[value]) left[name][value] -= 1;
  return left;
}

const queryOf = (some) => some.map((term) => term.query).join(" ");

const FEW = 3; // pages with all of several words, beside which those are offered that lack one
const MOST = 6; // words of a query of which some may be left out: more would ask the index too often

/** Pages with all words but one and, of four words or more, those with the rarest word that lack two; the more telling words a page has, the
 * further up it stands. Each says which words it lacks. */
async function withMost(pagefind, asked, options, known, lackingMost = 2) {
  if (asked.length < 2 || asked.length > MOST) return [];
  const weight = await weights(pagefind, asked);
  const pages = await eachOnItsOwn(pagefind, asked);
  const rarest = asked[pages.indexOf(Math.min(...pages))];
  const pairs = asked.flatMap((one, at) => asked.slice(at + 1).map((other) => [one, other]));
  const ways = [...asked.map((one) => [one]), ...pairs.filter((pair) => lackingMost > 1 && asked.length > 3 && !pair.includes(rarest))];
  const found = await Promise.all(ways.map((lacking) => find(pagefind, queryOf(asked.filter((term) => !lacking.includes(term))), options)));
  const exact = new Map(await Promise.all(asked.map(async (term) => [term, await exactly(pagefind, term)])));
  const all = ways.flatMap((lacking, at) => {
    const cost = lacking.reduce((sum, term) => sum + weight.get(term), 0);
    const others = asked.filter((term) => !lacking.includes(term) && exact.get(term).size);
    const having = (found[at]?.results ?? []).filter((one) => others.every((term) => exact.get(term).has(one.id)));
    return having.map((result, rank) => ({ result, rank, cost, lacking: lacking.map((term) => term.words) }));
  });
  const briefings = await briefingIds(pagefind, options);
  const kind = ({ result }) => Number(!briefings.has(result.id));
  all.sort((one, other) => one.cost - other.cost || kind(one) - kind(other) || one.rank - other.rank);
  const seen = new Set(known.map((one) => one.id));
  return all.filter(({ result }) => !seen.has(result.id) && seen.add(result.id));
}

/** The ids of all briefings. */
async function briefingIds(pagefind, options) {
  const only = await find(pagefind, EVERYTHING, { filters: { ...options.filters, kind: ["Briefing"] } });
  return new Set(only?.results.map((one) => one.id));
}

/** How much each word tells: the fewer pages have it the more, and a name twice as much, an actor's four times. */
async function weights(pagefind, asked) {
  const names = new Set((await spellings()).filter((word) => /^\p{Lu}/u.test(word)).map(fold));
  const pages = await eachOnItsOwn(pagefind, asked);
  const factor = (term) => (actors.has(term.query) ? 4 : names.has(fold(term.words)) ? 2 : 1);
  return new Map(asked.map((term, at) => [term, factor(term) / Math.log2(2 + pages[at])]));
}

/** The word that tells most: what a question is likely about. */
async function mostTelling(pagefind, asked) {
  const weight = await weights(pagefind, asked);
  return asked.reduce((best, term) => (weight.get(term) > weight.get(best) ? term : best));
}

const counts = new Map();
const actors = new Set(); // words that are the name of an actor or a topic

async function eachOnItsOwn(pagefind, some) {
  const found = [];
  for (const term of some) found.push(await onItsOwn(pagefind, term));
  return found;
}

/** How many pages have a word; 0 where the index only offers pages with a similar one. */
async function onItsOwn(pagefind, term) {
  if (!counts.has(term.query)) {
    const { results } = await pagefind.search(term.query);
    const exact = await exactly(pagefind, term);
    const first = results.slice(0, exact.size ? 3 : CHECKED);
    const some = await Promise.all(first.map((one) => one.data()));
    const known = exact.size || results.length > first.length || some.some((data) => isIn(data, term));
    counts.set(term.query, exact.size || (known ? results.length : 0));
    if (some.some((data) => isNamed(data, term.words))) actors.add(term.query);
  }
  return counts.get(term.query);
}

const exacts = new Map();

/** The ids of the pages that have a word in one of its forms, but not as the beginning of another word. */
async function exactly(pagefind, term) {
  if (term.unspaced) return new Set(); // its pairs of letters are no phrase
  if (!exacts.has(term.query)) {
    const { results } = await pagefind.search(`"${term.query}"`);
    exacts.set(term.query, new Set(results.map((one) => one.id)));
  }
  return exacts.get(term.query);
}

/** Whether a page that the index found for a term has it. */
function isIn(data, term) {
  if (term.unspaced) return textOf(data).replaceAll("\u200b", "").includes(term.words);
  const words = wordsOf(data);
  return data.locations.some((at) => fits(words[at] ?? "", term));
}

/** Briefings before pages of actors, but first of all the page of what is asked for by name. */
async function ranked(pagefind, results, question, asked, options) {
  if (!asked.length || options.filters.kind) return { results };
  const ofKind = (kind) => find(pagefind, queryOf(asked), { filters: { ...options.filters, kind: [kind] } });
  const [only, topics] = await Promise.all([ofKind("Briefing"), ofKind("Topic")]);
  const briefings = new Set(only?.results.map((one) => one.id));
  const others = results.filter((one) => !briefings.has(one.id));
  const likely = new Set([...others.slice(0, 4), ...(topics?.results.slice(0, 3) ?? [])].map((one) => one.id));
  const named = await Promise.all(others.map(async (one) => likely.has(one.id) && isNamed(await one.data(), question)));
  const first = others.filter((_, at) => named[at]);
  const rest = others.filter((_, at) => !named[at]);
  const ordered = [...first, ...results.filter((one) => briefings.has(one.id)), ...rest];
  return { results: ordered, named: first.length > 0, briefings: results.filter((one) => briefings.has(one.id)).length };
}

/** Whether a page is about what has this name, in the singular or the plural, or about somebody with this surname. */
function isNamed(data, question) {
  const singular = (words) => fold(words).replace(/s$/, "");
  const surname = data.meta.kind === "Person" && fold(question).length > 3;
  const names = (data.meta.names ?? "").split("|");
  return names.some((name) => singular(name) === singular(question) || (surname && fold(name.split(" ").at(-1)) === fold(question)));
}

/** Briefings with more of the words in their titles first; what is found otherwise stays in its place. If only pages
 * that lack a word have the most telling one in their titles, these are what the question is about. */
function inTitleFirst(hits, asked, telling = null) {
  if (asked.length < 2) return hits;
  const has = (one, term) => one.title.split(/\s+/).some((word) => fits(word, term));
  const about = hits.filter((one) => telling && one.kind === "Briefing" && has(one, telling));
  if (about.length && about.every((one) => one.lacking.length)) return [...about, ...hits.filter((one) => !about.includes(one))];
  const score = (one) => asked.filter((term) => has(one, term)).length;
  const whole = (one) => one.kind === "Briefing" && !one.lacking.length;
  const briefings = hits.filter(whole).sort((a, b) => score(b) - score(a));
  return hits.map((one) => (whole(one) ? briefings.shift() : one));
}

let list = null;

const spellings = () => (list ??= fetch(new URL("search/words.txt", ROOT)).then(async (answer) => (answer.ok ? (await answer.text()).split("\n") : [])));

/** The query with near spellings of words that no page has, if that finds something. */
async function respelt(pagefind, words, unknown) {
  const known = (await spellings()).filter((word) => !ASKING.has(word));
  const choices = unknown.map((word) => nearSpellings(word, known));
  if (choices.some((some) => !some.length)) return [];
  const most = Math.max(...choices.map((some) => some.length));
  const queries = Array.from({ length: most }, (_, at) =>
    unknown.reduce((query, word, n) => query.replace(word, choices[n][Math.min(at, choices[n].length - 1)]), words.normalize("NFKC")),
  );
  const found = await Promise.all(queries.map((query) => pagefind.search(queryOf(terms(essence(query))))));
  return queries.filter((_, at) => found[at]?.results.length);
}

const textOf = (data) => data.raw_content.replaceAll("&lt;", "<").replaceAll("&gt;", ">");

function wordsOf(data) {
  const text = textOf(data);
  return text.includes("\u200b") ? text.split("\u200b") : text.split(/\s+/);
}

/** @returns {Promise<Hit>} */
async function hit({ result, lacking }, asked) {
  const data = await result.data();
  const words = wordsOf(data);
  const anchors = data.anchors.filter((a) => /^s\d+$/.test(a.id)).sort((a, b) => a.location - b.location);
  const hidden = anchors.length ? anchors[0].location : 0; // before the text: other forms of words, which nobody sees
  const odd = asked.filter((term) => term.unspaced || /[a-z]/.test(term.query)).filter((term) => !data.locations.some((at) => at >= hidden && fits(words[at] ?? "", term)));
  const places = odd.length ? words.flatMap((word, at) => (at >= hidden && odd.some((term) => fits(word, term)) ? [at] : [])) : [];
  const matched = new Set([...data.locations, ...places]);
  const scores = new Map(); // a sentence with more of the words sought comes before one that repeats one of them
  for (const { location, balanced_score: score } of [...data.weighted_locations, ...places.map((location) => ({ location, balanced_score: 1 }))]) {
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
  return { title, address: data.url, kind, date, publisher, sentences, lacking };
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
    .concat(hit.lacking.length ? [`missing: ${quoted(hit.lacking)}`] : [])
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

/** A near spelling to search for, as an entry of the list of results. */
export function offer(query, address) {
  const item = document.createElement("li");
  item.className = "hit";
  item.append(link("hit-title", address, [text("span", `Did you mean “${query}”?`)]));
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

const quoted = (words) => words.map((word) => `“${word}”`).join(", ");

/** What is said of words that no page has. */
export const onNoPage = (words) => (words.length ? `. No page has ${quoted(words)}` : "");
