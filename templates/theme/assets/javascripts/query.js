/* Words of a query and of pages, made comparable; and near spellings. search_words.py changes pages in the same way. */

const PLAIN = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ı: "i", ħ: "h" };
const SPECIAL = new RegExp(`[${Object.keys(PLAIN).join("")}]`, "g");
/** Scripts that write no spaces between words. */
const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]+/gu;
const ENDINGS = /(?:ations?|ments?|ions?|ings?|edly|ied|ies|ed|ers?|es|ly|ive|al|s|e|y)$/;

/** @typedef {{words: string, query: string, unspaced: boolean}} Term what was typed, and what the index is asked */

/** Letters in lower case without accents; signs are left out. */
export function fold(words) {
  const plain = words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(SPECIAL, (letter) => PLAIN[letter]).replace(/[^\p{L}\p{N}]/gu, "");
}

/** The words of a query: "harbour-side Łódź 出口管制" -> harbour, side, lódz; 出口 口管 管制 as one.
 * @returns {Term[]} */
export function terms(words) {
  const found = [];
  for (const word of words.normalize("NFKC").split(/[\s\-‐–—/]+/)) {
    let at = 0;
    for (const run of word.matchAll(UNSPACED)) {
      add(found, word.slice(at, run.index));
      const letters = [...run[0]];
      const pairs = letters.length < 2 ? letters : letters.slice(1).map((letter, n) => letters[n] + letter);
      found.push({ words: run[0], query: pairs.join(" "), unspaced: true });
      at = run.index + run[0].length;
    }
    add(found, word.slice(at));
  }
  return found.filter((term, at) => found.findIndex((other) => other.words === term.words) === at);
}

function add(found, piece) {
  const words = piece.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
  if (!words) return;
  const low = words.replace(/\p{Lu}/gu, (letter) => letter.toLowerCase()).replace(SPECIAL, (letter) => PLAIN[letter]);
  const query = romanised(low);
  found.push({ words, query, unspaced: false });
}

/** Whether a page's word has this term in it: as its beginning, in another number or tense, or as a part of a compound.
 * Pagefind answers a word that no page has with pages that have its first letters. */
export function fits(word, term) {
  if (term.unspaced) return word.normalize("NFKC").includes(term.words);
  const wanted = fold(term.words);
  const acronym = term.words.length > 1 && term.words === term.words.toUpperCase();
  const stem = acronym || wanted.length < 5 ? wanted.replace(acronym ? /$/ : /s$/, "") : wanted.replace(ENDINGS, "");
  const start = stem.length < 3 ? wanted : stem;
  const parts = [word, ...word.split(/[^\p{L}\p{N}]+/u)].map(fold);
  return parts.some((part) => part.startsWith(start) || romanised(part) === romanised(wanted));
}

/** The ending of names in -ский is written in seven ways: Zelenskiy, Zelenskyy -> Zelensky. */
function romanised(word) {
  return word.replace(/(?<=[a-z]{2})([sc])k(?:yy|yi|iy|ij|ii|i)$/, "$1ky");
}

/** Words of a list that are spelt almost like this one, the nearest first, and of these the most frequent.
 * @param {string[]} list most frequent first */
export function nearSpellings(word, list, most = 3) {
  const wanted = fold(word);
  const allowed = wanted.length < 3 ? 0 : wanted.length < 6 ? 1 : 2;
  const acronym = word === word.toUpperCase();
  const isName = /^\p{Lu}/u.test(word);
  const found = [];
  for (const [rank, other] of allowed ? list.entries() : []) {
    if (Math.abs(other.length - wanted.length) > allowed + 1 || (acronym && other !== other.toUpperCase())) continue;
    const plain = fold(other);
    const far = distance(wanted, plain, allowed);
    if (far && far <= allowed && (far === 1 || plain[0] === wanted[0])) found.push({ other, far, rank, plain });
  }
  const capital = ({ other }) => Number(isName && !/^\p{Lu}/u.test(other)); // a name is rather another name misspelt
  found.sort((a, b) => a.far - b.far || capital(a) - capital(b) || a.rank - b.rank);
  const nearest = found.filter((one) => one.far === found[0].far && capital(one) === capital(found[0]));
  return nearest.filter((one, at) => !nearest.slice(0, at).some((f) => one.plain.startsWith(f.plain))).slice(0, most).map((one) => one.other);
}

/** Letters to insert, delete, replace or swap with their neighbour; more than `allowed` is only known to be more. */
function distance(a, b, allowed) {
  if (Math.abs(a.length - b.length) > allowed) return allowed + 1;
  let [before, last] = [[], Array.from({ length: b.length + 1 }, (_, n) => n)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > allowed) return allowed + 1;
    [before, last] = [last, row];
  }
  return last[b.length];
}
