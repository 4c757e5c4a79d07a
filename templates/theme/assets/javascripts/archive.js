/* What a page can do beyond being read: keys, the search box in the header, words marked on arrival, and links that
   work when the site is opened from a folder. A plain script, since modules are refused under file://.
   Every page is whole without it. */
(() => {
  "use strict";
  const here = document.currentScript.src;
  const root = new URL("../../", here);

  /* --- opened from a folder: `x/` must be `x/index.html` ------------------------------------ */

  if (location.protocol === "file:") {
    fromFolder(document);
    new MutationObserver((changes) => {
      for (const node of changes.flatMap((change) => [...change.addedNodes])) if (node instanceof Element) fromFolder(node);
    }).observe(document.body, { childList: true, subtree: true });
  }

  /** Every link to a folder, also those inside pictures, names the page in it: opened, copied or in a new tab, it works.
   * @param {ParentNode} part */
  function fromFolder(part) {
    for (const link of part.querySelectorAll("a[href], form[action]")) {
      const name = link.localName === "form" ? "action" : "href";
      const url = new URL(link.getAttribute(name), document.baseURI);
      if (url.protocol !== "file:" || !url.pathname.endsWith("/")) continue;
      url.pathname += "index.html";
      link.setAttribute(name, url.href);
    }
  }

  /* --- words marked on arrival: `?h=export+quota#s6` ---------------------------------------- */

  const wanted = new URLSearchParams(location.search).get("h");
  if (wanted && location.hash) {
    const target = document.getElementById(location.hash.slice(1));
    if (target && window.Highlight && CSS.highlights) {
      const ranges = wordRanges(target, wanted.split(" ").filter(Boolean).slice(0, 12));
      if (ranges.length) CSS.highlights.set("query", new Highlight(...ranges));
    }
    const url = new URL(location.href); // the address without the words is the one to share
    url.searchParams.delete("h");
    history.replaceState(history.state, "", url);
  }

  /** Where words stand in an element, whatever elements they cross.
   * @param {Element} element
   * @param {string[]} words
   * @returns {Range[]} */
  function wordRanges(element, words) {
    const nodes = [];
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let text = "";
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      nodes.push({ node, start: text.length });
      text += node.data;
    }
    const lower = text.toLowerCase();
    const place = (at, isEnd) => {
      const found = nodes.findLast((n) => (isEnd ? n.start < at : n.start <= at));
      return [found.node, at - found.start];
    };
    const ranges = [];
    if (lower.length !== text.length) return ranges; // rare letters change length in lower case
    for (const word of words) {
      const sought = word.toLowerCase();
      for (let at = lower.indexOf(sought); at >= 0; at = lower.indexOf(sought, at + sought.length)) {
        const range = document.createRange();
        range.setStart(...place(at, false));
        range.setEnd(...place(at + sought.length, true));
        ranges.push(range);
      }
    }
    return ranges;
  }

  /* --- the parts of a briefing: open where there is room beside the source -------------------- */

  if (matchMedia("(min-width: 70em)").matches) {
    for (const fold of document.querySelectorAll("details.fold")) {
      fold.open = true;
      fold.dataset.free = "";
    }
  }

  /* --- a link to a fact, to be sent to somebody ----------------------------------------------- */

  const source = document.querySelector(".source");
  if (source) factTools();

  /** One pair of buttons, moved to the fact that is pointed at or holds the focus. */
  function factTools() {
    const tools = document.createElement("span");
    tools.className = "fact-tools";
    const copy = document.createElement("button");
    copy.type = "button";
    const say = (words) => {
      copy.title = copy.textContent = words;
      copy.classList.toggle("done", words === "Copied");
    };
    copy.setAttribute("aria-live", "polite");
    const there = document.createElement("a");
    there.title = there.textContent = "View in the original";
    there.rel = "nofollow noopener";
    const original = document.querySelector(".meta a.original");
    tools.append(copy, ...(original ? [there] : []));

    const offer = (event) => {
      const fact = event.target instanceof Element ? event.target.closest("[id^='f-']") : null;
      if (!fact || fact.contains(tools)) return;
      const id = fact.id.slice(2);
      if (!document.getElementById(`e-${id}`)) return;
      say("Copy link");
      copy.onclick = () => copyText(addressOf(id)).then((done) => say(done ? "Copied" : "Press Ctrl+C"));
      if (original) there.href = inOriginal(original.href, id);
      (fact.querySelector(":scope > .what, :scope > .said, :scope > .under:last-of-type") ?? fact).append(tools);
    };
    document.addEventListener("pointerover", offer);
    document.addEventListener("focusin", offer);
  }

  function addressOf(fact) {
    const canonical = document.querySelector("link[rel=canonical]");
    const url = new URL(canonical ? canonical.href : location.href);
    url.hash = `e-${fact}`;
    return url.href;
  }

  /* --- the citation: the address here, the sentence that is pointed at, and the day --------------- */

  const citation = document.querySelector(".citation");
  if (citation) {
    cite();
    addEventListener("hashchange", cite);
    document.querySelector(".downloads").addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest("a[download][href^='data:']") : null;
      if (!link) return;
      link.dataset.given ??= link.href;
      const [head, text] = [/^data:[^,]*,/.exec(link.dataset.given)[0], link.dataset.given.replace(/^data:[^,]*,/, "")];
      link.href = head + encodeURIComponent(completed(link.download, decodeURIComponent(text)));
    });
  }

  /** @returns {{address: string, sentence: string, day: string}} */
  function cited() {
    const url = new URL(document.querySelector("link[rel=canonical]")?.href ?? location.href);
    const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    const sentence = target?.closest(".s")?.id ?? target?.querySelector("a.ref")?.textContent.match(/s\d+/)?.[0] ?? "";
    url.hash = sentence;
    url.search = "";
    return { address: url.href, sentence: sentence.slice(1), day: new Date().toISOString().slice(0, 10) };
  }

  /** Buttons behind the sentence that is pointed at, and its number and words in the form for errors. */
  function sentenceTools({ address, sentence }) {
    document.querySelector(".sentence-tools")?.remove();
    const marked = sentence ? document.getElementById(`s${sentence}`) : null;
    const report = document.querySelector("a.report");
    if (report) {
      const url = new URL((report.dataset.given ??= report.href));
      report.textContent = marked ? `Report an error in sentence ${sentence}` : "Report an error on this page";
      if (marked && url.searchParams.has("template")) url.searchParams.set("words", wordsOf(marked).slice(0, 240));
      report.href = url.href;
    }
    if (!marked || !source?.contains(marked)) return;
    const tools = document.createElement("span");
    tools.className = "sentence-tools";
    const button = (name, text) => {
      const made = document.createElement("button");
      made.type = "button";
      made.textContent = name;
      made.setAttribute("aria-live", "polite");
      made.onclick = () => copyText(text()).then((done) => (made.textContent = done ? "Copied" : "Press Ctrl+C"));
      tools.append(made);
    };
    button("Copy link", () => address);
    button("Cite this sentence", () => citation.textContent.trim());
    marked.append(tools);
  }

  /** The words of a sentence, without the signs of its facts. */
  function wordsOf(sentence) {
    const copy = sentence.cloneNode(true);
    for (const sign of copy.querySelectorAll(".back, .n, .sentence-tools")) sign.remove();
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  function cite() {
    const { address, sentence, day } = cited();
    const when = new Date(`${day}T12:00`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
    citation.querySelector(".address").textContent = address;
    citation.querySelector(".accessed").textContent = `${sentence ? `, sentence ${sentence}` : ""}, accessed ${when}`;
    sentenceTools({ address, sentence });
  }

  /** An entry for a reference manager with address, day of access and sentence.
   * @param {string} file
   * @param {string} text */
  function completed(file, text) {
    const { address, sentence, day } = cited();
    if (file.endsWith(".bib")) {
      const kept = text.replace(/^ {2}url = .*\n/m, "").trimEnd().slice(0, -1);
      return `${kept}  url = {${address.replace(/[\\{}%#&]/g, "\\$&")}},\n  urldate = {${day}},\n${sentence ? `  note = {sentence ${sentence}},\n` : ""}}\n`;
    }
    if (file.endsWith(".ris")) {
      const more = `UR  - ${address}\r\nY2  - ${day.replaceAll("-", "/")}\r\n${sentence ? `SE  - sentence ${sentence}\r\n` : ""}ER  - `;
      return text.replace(/^UR {2}- .*\r\n/m, "").replace("ER  - ", more);
    }
    const [entry] = JSON.parse(text);
    const accessed = { "date-parts": [day.split("-").map(Number)] };
    return `${JSON.stringify([{ ...entry, URL: address, accessed, ...(sentence ? { locator: `sentence ${sentence}` } : {}) }], null, 1)}\n`;
  }

  /** The address of the original with the fact's words as a text fragment: browsers scroll there. Few words may stand in
   * a text more than once, so they are given with what stands around them.
   * @param {string} address
   * @param {string} fact */
  function inOriginal(address, fact) {
    const words = (text) => text.split(/\s+/u).filter(Boolean);
    const coded = (some) => encodeURIComponent(some.join(" ")).replaceAll("-", "%2D");
    const { before, text, after } = longestStretch(fact);
    const parts = words(text);
    let found = parts.length > 10 ? `${coded(parts.slice(0, 4))},${coded(parts.slice(-4))}` : coded(parts);
    if (parts.length < 4) {
      // Part of a word is no context: browsers look for whole ones.
      const [left, right] = [/\s$/u.test(before) ? words(before).slice(-3) : [], /^\s/u.test(after) ? words(after).slice(0, 3) : []];
      if (left.length) found = `${coded(left)}-,${found}`;
      if (right.length) found += `,-${coded(right)}`;
    }
    return `${address}${address.includes("#") ? "" : "#"}:~:text=${found}`;
  }

  /** A fact's words may stand in several places, as a quotation around "she said" does; a text fragment is one place.
   * @param {string} fact */
  function longestStretch(fact) {
    const pieces = [...source.querySelectorAll(`[data-f~="${fact}"]`)];
    const between = (from, to) => {
      const range = document.createRange();
      if (from) range.setStartAfter(from);
      else range.setStartBefore(to.closest("p, li, td, h3, h4, h5, h6, pre") ?? to);
      if (to) range.setEndBefore(to);
      else range.setEndAfter(from.closest("p, li, td, h3, h4, h5, h6, pre") ?? from);
      return range.toString();
    };
    const stretches = [];
    for (const piece of pieces) {
      const last = stretches.at(-1);
      const gap = last ? between(last.at(-1), piece) : null;
      if (gap !== null && !gap.trim()) last.push(piece);
      else stretches.push([piece]);
    }
    const length = (some) => some.reduce((sum, piece) => sum + piece.textContent.length, 0);
    const best = stretches.reduce((a, b) => (length(b) > length(a) ? b : a));
    const range = document.createRange();
    range.setStartBefore(best[0]);
    range.setEndAfter(best.at(-1));
    return { before: between(null, best[0]), text: range.toString(), after: between(best.at(-1), null) };
  }

  /** @returns {Promise<boolean>} */
  async function copyText(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = document.createElement("textarea"); // pages opened from a folder may not use the clipboard's API
      area.value = text;
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  }

  /* --- the list of keys ------------------------------------------------------------------------- */

  const KEYS = [["/", "Search"], ["↑ ↓", "Move through results"], ["Enter", "Open a result"], ["Esc", "Close search or a preview"], ["?", "Show this list"]];
  let keys = null;
  document.addEventListener("keydown", (event) => {
    const field = event.target instanceof HTMLElement && (event.target.isContentEditable || /^(input|textarea|select)$/i.test(event.target.tagName));
    if (event.key !== "?" || field || event.ctrlKey || event.metaKey || event.altKey) return;
    keys ??= listOfKeys();
    if (!keys.open) keys.showModal();
  });

  function listOfKeys() {
    const dialog = document.createElement("dialog");
    dialog.className = "keys md-typeset";
    dialog.setAttribute("aria-labelledby", "keys-heading");
    const heading = Object.assign(document.createElement("h2"), { id: "keys-heading", textContent: "Keyboard shortcuts" });
    const list = document.createElement("dl");
    for (const [key, what] of KEYS) {
      const pair = document.createElement("div");
      const name = document.createElement("dt");
      name.append(Object.assign(document.createElement("kbd"), { textContent: key }));
      pair.append(name, Object.assign(document.createElement("dd"), { textContent: what }));
      list.append(pair);
    }
    const close = Object.assign(document.createElement("button"), { type: "button", textContent: "Close" });
    close.addEventListener("click", () => dialog.close());
    dialog.append(heading, list, close);
    document.body.append(dialog);
    return dialog;
  }

  /* --- charts to take along ---------------------------------------------------------------------- */

  let charts = null;
  document.addEventListener("click", async (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-save]") : null;
    if (!button) return;
    charts ??= new Promise((done, failed) => {
      const script = document.createElement("script");
      Object.assign(script, { src: new URL("charts.js", here).href, onload: done, onerror: failed });
      document.head.append(script);
    });
    await charts;
    window.saveChart(button);
  });

  /* --- the search box in the header ---------------------------------------------------------- */

  const box = document.getElementById("header-search");
  const open = /** @type {HTMLInputElement} */ (document.getElementById("__search"));
  if (box && open && location.protocol !== "file:") headerSearch();

  const page = document.getElementById("search-page");
  if (page && location.protocol !== "file:") {
    import(new URL("search-page.js", here)).then((module) => module.start(page));
  }

  for (const [name, script] of [["table-choices", "table.js"], ["compare-choices", "compare.js"], ["sql-console", "sql.js"]]) {
    const form = document.querySelector(`form.${name}`);
    if (form && location.protocol === "file:") form.hidden = true; // data cannot be loaded there
    else if (form) import(new URL(script, here)).then((module) => module.start(form));
  }

  /* --- choices on the network page: a plain script of its own, which also works under file:// -- */

  if (document.querySelector(".network-choices")) {
    const script = document.createElement("script");
    script.src = new URL("network.js", here).href;
    document.head.append(script);
  }

  function headerSearch() {
    const form = box.querySelector("form");
    const input = box.querySelector("input");
    const status = box.querySelector("[role=status]");
    const list = box.querySelector(".md-search-result__list");
    const all = box.querySelector(".md-search-result__all");
    let module = null;
    let turn = 0;

    const load = () => (module ??= import(new URL("find.js", here)));
    const links = () => [...list.querySelectorAll("a"), ...(all.hidden ? [] : [all])];
    const close = () => {
      open.checked = false;
      if (box.contains(document.activeElement)) document.activeElement.blur();
    };

    input.addEventListener("focus", () => {
      open.checked = true;
      load().then((m) => m.load());
    });
    open.addEventListener("change", () => open.checked && input.focus());
    form.addEventListener("reset", () => {
      input.value = "";
      show();
      input.focus();
    });
    input.addEventListener("input", show);
    box.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !box.contains(event.relatedTarget)) open.checked = false;
    });
    document.addEventListener("click", (event) => {
      if (open.checked && event.target instanceof Node && !box.contains(event.target) && event.target !== open) {
        if (!(event.target instanceof Element && event.target.closest("[for=__search]"))) open.checked = false;
      }
    });

    async function show() {
      const mine = ++turn;
      const words = input.value.trim();
      if (!words) {
        list.replaceChildren();
        all.hidden = true;
        status.textContent = "Start typing to search";
        return;
      }
      const find = await load();
      const found = await find.search(words, {}, "", 6);
      if (mine !== turn || !found) return;
      list.replaceChildren(...found.hits.map((hit) => find.element(hit, 1)));
      all.hidden = found.count <= found.hits.length;
      all.href = new URL(`search/?q=${encodeURIComponent(words)}`, root).href;
      const count = found.count === 1 ? "1 result" : `${found.count.toLocaleString("en")} results`;
      all.textContent = all.hidden ? "" : `See all ${count}`;
      status.textContent = found.count ? count + found.partial : `No results${find.onNoPage(found.unknown)}`;
      list.append(...found.near.map((query) => find.offer(query, new URL(`search/?q=${encodeURIComponent(query)}`, root).href)));
    }

    document.addEventListener("keydown", (event) => {
      const typing =
        event.target instanceof HTMLElement &&
        (event.target.isContentEditable || /^(input|textarea|select)$/i.test(event.target.tagName));
      const toSearch =
        (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey) ||
        (!typing && ["/", "s", "f"].includes(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey);
      if (toSearch) {
        event.preventDefault();
        event.stopPropagation();
        open.checked = true;
        input.focus();
        input.select();
      } else if (box.contains(event.target)) {
        inBox(event);
      }
    });

    function inBox(event) {
      const stops = [input, ...links()];
      const at = stops.indexOf(document.activeElement);
      if (event.key === "Escape") {
        event.preventDefault();
        close();
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        stops[(at + step + stops.length) % stops.length].focus();
      }
    }
  }
})();
