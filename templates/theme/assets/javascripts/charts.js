/* Download a chart as SVG, with the looks it has on the page, or its numbers as CSV. A plain script, which also works when
   the site is opened from a folder; archive.js loads it at the first click. */
(() => {
  "use strict";
  const LOOKS = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linejoin",
    "opacity", "font-family", "font-size", "font-weight", "text-anchor", "paint-order"];
  const SVG = "http://www.w3.org/2000/svg";
  const GAP = 8;

  window.saveChart = async (button) => {
    const figure = button.closest("figure");
    const page = document.title.split(" - ")[0];
    const own = captionOf(figure);
    const caption = own.includes(page) ? own : `${page}: ${own}`;
    const name = caption.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60).replace(/^-|-$/g, "");
    if (button.dataset.save === "csv") {
      save(`${name}.csv`, "text/csv;charset=utf-8", `\ufeff${table(figure).map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`);
    } else {
      save(`${name}.svg`, "image/svg+xml", await drawing(figure, caption));
    }
  };

  function captionOf(figure) {
    const caption = figure.querySelector("figcaption").cloneNode(true);
    caption.querySelector(".chart-tools").remove();
    return caption.textContent.replace(/\s+/g, " ").trim();
  }

  /* --- numbers ---------------------------------------------------------------------------------- */

  function table(figure) {
    const rows = [...figure.querySelectorAll("[data-row]:not([hidden])")].map((mark) => JSON.parse(mark.dataset.row));
    return [JSON.parse(figure.dataset.columns), ...rows, ...JSON.parse(figure.dataset.more ?? "[]")];
  }

  function cell(value) {
    if (typeof value === "number") return String(value);
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }

  /* --- picture ---------------------------------------------------------------------------------- */

  /** All pictures of a figure below each other, then the caption and the address. */
  async function drawing(figure, caption) {
    const parts = [...figure.querySelectorAll("svg")];
    const width = Math.max(...parts.map((part) => part.viewBox.baseVal.width));
    const whole = document.createElementNS(SVG, "svg");
    const paper = getComputedStyle(document.documentElement).getPropertyValue("--paper") || getComputedStyle(document.body).backgroundColor;
    const ground = add(whole, "rect", { fill: getComputedStyle(document.body).getPropertyValue("--paper") || paper, width: "100%", height: "100%" });
    let top = GAP;
    for (const part of parts) {
      const box = part.viewBox.baseVal;
      const scale = part.classList.contains("legend") ? width / 480 : 1;
      const group = add(whole, "g", { transform: `translate(${GAP} ${top}) scale(${scale})` });
      if (part === parts[0] && figure.dataset.backdrop) group.append(...(await backdrop(figure.dataset.backdrop)));
      group.append(...[...part.childNodes].map((node) => dressed(node)).filter(Boolean));
      top += box.height * scale + GAP;
    }
    const size = Math.max(9, width / 45);
    const font = getComputedStyle(figure).fontFamily;
    const ink = getComputedStyle(figure.querySelector("figcaption")).color;
    for (const line of [...wrapped(caption, width / (size * 0.52)), document.querySelector("link[rel=canonical]")?.href ?? location.href.split(/[?#]/)[0]]) {
      top += size * 1.3;
      add(whole, "text", { x: GAP, y: top, fill: ink, "font-family": font, "font-size": size }).append(line);
    }
    const [wide, high] = [width + 2 * GAP, top + 2 * GAP];
    whole.setAttribute("viewBox", `0 0 ${wide} ${high}`);
    const zoom = Math.max(1, 720 / wide);
    whole.setAttribute("width", Math.round(wide * zoom));
    whole.setAttribute("height", Math.round(high * zoom));
    ground.removeAttribute("style");
    return new XMLSerializer().serializeToString(whole);
  }

  function add(to, name, attributes) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    to.append(made);
    return made;
  }

  /** A copy of a node with the looks that style sheets give it; null for what is not shown. */
  function dressed(node) {
    if (!(node instanceof SVGElement)) return node.nodeType === Node.TEXT_NODE ? node.cloneNode() : null;
    if (node.localName === "title") return node.cloneNode(true);
    const looks = getComputedStyle(node);
    if (looks.display === "none" || node.hasAttribute("hidden")) return null;
    const copy = document.createElementNS(SVG, node.localName === "a" ? "g" : node.localName); // links would be broken
    for (const { name, value } of node.attributes) if (!/^(class|style|href|data-|aria-|role|tabindex)/.test(name)) copy.setAttribute(name, value);
    const parent = node.parentNode instanceof SVGElement && node.parentNode.localName !== "svg" ? getComputedStyle(node.parentNode) : null;
    for (const look of LOOKS) {
      const value = looks.getPropertyValue(look);
      if (value && (!parent || parent.getPropertyValue(look) !== value || look === "opacity")) copy.setAttribute(look, value.replaceAll('"', "'"));
    }
    copy.append(...[...node.childNodes].map(dressed).filter(Boolean));
    return copy;
  }

  async function backdrop(address) {
    try {
      const answer = await fetch(new URL(address, document.baseURI));
      const land = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
      return [...land.childNodes].map((node) => document.importNode(node, true));
    } catch {
      return []; // opened from a folder: the countries alone
    }
  }

  function wrapped(words, most) {
    const lines = [""];
    for (const word of words.split(" ")) {
      if (lines.at(-1) && lines.at(-1).length + word.length >= most) lines.push(word);
      else lines[lines.length - 1] += (lines.at(-1) ? " " : "") + word;
    }
    return lines;
  }

  function save(name, type, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }
})();
