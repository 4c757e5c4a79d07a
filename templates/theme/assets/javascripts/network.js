/* Choices on the network page: which actors and ties are shown. Without it the pictures are whole. */
(() => {
  "use strict";
  const form = /** @type {HTMLFormElement} */ (document.querySelector(".network-choices"));
  const output = form.querySelector("output");
  const pictures = [...document.querySelectorAll(".network.whole svg")].map((svg) => {
    const actors = new Map([...svg.querySelectorAll("a[data-id]")].map((a) => [a.dataset.id, a]));
    const ties = [...svg.querySelectorAll(".ties line")].map((line) => ({
      line,
      ends: line.dataset.ends.split(" ").map((id) => actors.get(id)),
      weight: Number(line.dataset.weight),
      years: new Set(line.dataset.years.split(" ")),
      topics: new Set(line.dataset.topics.split(" ")),
    }));
    return { svg, actors, ties };
  });

  function show() {
    const chosen = new FormData(form);
    const kinds = new Set(chosen.getAll("kind"));
    const least = Number(chosen.get("least"));
    const [topic, year] = [chosen.get("topic"), chosen.get("year")];
    const narrowed = least > 1 || topic || year;
    const counts = [];
    for (const { actors, ties } of pictures) {
      const tied = new Set();
      let shown = 0;
      for (const tie of ties) {
        const fits =
          tie.weight >= least &&
          (!topic || tie.topics.has(topic)) &&
          (!year || tie.years.has(year)) &&
          tie.ends.every((a) => kinds.has(a.dataset.kind));
        tie.line.toggleAttribute("hidden", !fits);
        if (fits) {
          shown += 1;
          tie.ends.forEach((a) => tied.add(a));
        }
      }
      for (const a of actors.values()) {
        a.toggleAttribute("hidden", !kinds.has(a.dataset.kind) || Boolean(narrowed && !tied.has(a)));
      }
      counts.push(shown);
    }
    const all = pictures.every(({ ties }, n) => ties.length === counts[n]);
    const seen = counts.filter((_, n) => pictures[n].svg.getClientRects().length); // one size of each picture
    output.textContent = all ? "" : `Links shown: ${seen.join(" and ")}`;
  }

  /** The ties of one actor, before the others. */
  function single(picture, actor) {
    picture.svg.classList.toggle("single", Boolean(actor));
    const near = new Set([actor]);
    for (const { line, ends } of picture.ties) {
      const own = Boolean(actor) && ends.includes(actor);
      line.classList.toggle("own", own);
      if (own) ends.forEach((a) => near.add(a));
    }
    for (const a of picture.actors.values()) a.classList.toggle("near", near.has(a));
  }

  for (const picture of pictures) {
    for (const [on, off] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
      picture.svg.addEventListener(on, (event) => single(picture, event.target.closest("a[data-id]")));
      picture.svg.addEventListener(off, () => single(picture, null));
    }
  }
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(show));
  show(); // a browser may have kept choices over a reload
})();
