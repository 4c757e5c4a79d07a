/* Who is that? The head of an actor's page, shown beside a link to it: on hover, and on focus by keyboard.
   The pointer may move onto it; Escape or leaving closes it. It lies over the page, so nothing moves. Without it,
   links are links. */
(() => {
  "use strict";
  if (location.protocol === "file:") return; // pages cannot be fetched there
  const LINKS = ".md-content a[href*='actors/']";
  const WAIT = 350; // ms: a pointer that only passes by opens nothing
  const GRACE = 250; // ms: time for the pointer to come from the link to what it shows
  const known = new Map(); // address -> promise of the nodes to show
  const box = document.createElement("div");
  box.className = "preview md-typeset";
  box.id = "preview";
  box.setAttribute("role", "tooltip");
  box.hidden = true;
  document.body.append(box);
  let link = null;
  let timer = 0;
  let leaving = 0;

  const linkOf = (event) => {
    const found = event.target instanceof Element ? event.target.closest(LINKS) : null;
    if (!(found instanceof HTMLAnchorElement) || found.origin !== location.origin) return null;
    return /\/actors\/[^/]+\/$/.test(found.pathname) && found.pathname !== location.pathname ? found : null;
  };

  async function head(address) {
    const answer = await fetch(address);
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const parts = page.querySelectorAll(".head .kicker, .head h1, .head .claim, .head .meta");
    return [...parts].map((part) => {
      const shown = document.createElement("p");
      shown.className = part.tagName === "H1" ? "name" : part.className;
      part.querySelectorAll(".headerlink").forEach((anchor) => anchor.remove());
      shown.textContent = part.textContent.replace(/\s+/g, " ").trim();
      return shown;
    });
  }

  function open(wanted) {
    clearTimeout(timer);
    link = wanted;
    timer = setTimeout(async () => {
      const address = wanted.origin + wanted.pathname;
      if (!known.has(address)) known.set(address, head(address).catch(() => null));
      const nodes = await known.get(address);
      if (link !== wanted || !nodes || !nodes.length) return;
      box.replaceChildren(...nodes);
      box.hidden = false;
      wanted.setAttribute("aria-describedby", box.id);
      const at = wanted.getClientRects()[0] ?? wanted.getBoundingClientRect();
      const below = at.bottom + box.offsetHeight + 8 < innerHeight || at.top < box.offsetHeight + 8;
      box.style.top = `${(below ? at.bottom + 6 : at.top - box.offsetHeight - 6) + scrollY}px`;
      box.style.left = `${Math.max(8, Math.min(at.left, document.documentElement.clientWidth - box.offsetWidth - 8)) + scrollX}px`;
    }, WAIT);
  }

  function close() {
    clearTimeout(timer);
    clearTimeout(leaving);
    link?.removeAttribute("aria-describedby");
    link = null;
    box.hidden = true;
  }

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    clearTimeout(leaving);
    if (box.contains(event.target)) return;
    const wanted = linkOf(event);
    if (wanted && wanted !== link) {
      close();
      open(wanted);
    } else if (!wanted && link && link !== document.activeElement) {
      if (box.hidden) close();
      else leaving = setTimeout(close, GRACE);
    }
  });
  document.addEventListener("focusin", (event) => {
    const wanted = linkOf(event);
    if (wanted && wanted.matches(":focus-visible")) open(wanted);
  });
  document.addEventListener("focusout", close);
  document.addEventListener("keydown", (event) => event.key === "Escape" && close());
})();
