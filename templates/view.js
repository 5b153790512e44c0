"use strict";
// The evidence view. All it shows stands in the page already: the script copies and marks it, and
// never makes markup from text. See "The evidence view" in docs/view.md for the hook for reviews.
document.documentElement.classList.add("js");
document.addEventListener("DOMContentLoaded", () => {
  const root = document.documentElement;
  const panel = document.getElementById("panel");
  const form = document.querySelector("form.filters");
  const said = [...document.querySelectorAll(".said")];
  const units = [...document.querySelectorAll("[data-unit]")];
  const sources = [...document.querySelectorAll(".source")];
  let current = null;

  const make = (tag, name, ...content) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...content);
    return element;
  };
  const cites = (entry) => entry.dataset.cites.split(" ").filter(Boolean).map((cite) => {
    const [id, marks, role, origin] = cite.split(":");
    const spans = marks.split(",").map((span) => span.split("-").map(Number));
    return { id, spans, role, origin };
  });
  const link = (target, name, ...content) => {
    const made = make("a", name, ...content);
    made.href = `#${target}`;
    return made;
  };
  const wordsOf = (entry) => entry.querySelector(".words").textContent;

  // -- the panel ----------------------------------------------------------------------------

  /** `text` with the stretches `spans` (in UTF-16 units) marked. */
  function marked(text, spans) {
    const edges = [...new Set([0, text.length, ...spans.flat()])].sort((a, b) => a - b);
    const made = document.createDocumentFragment();
    edges.slice(1).forEach((end, index) => {
      const start = edges[index];
      const within = spans.some(([from, to]) => from <= start && end <= to);
      const words = text.slice(start, end);
      made.append(within ? make("mark", "", words) : words);
    });
    return made;
  }

  function card(cite, copied) {
    const passage = document.getElementById(cite.id);
    const { name, ref, location, published } = passage.dataset;
    const head = make("header", "", make("b", "", make("bdi", "", name)));
    const place = [ref, location, published].filter(Boolean).join(" · ");
    head.append(" ", make("span", "soft", make("bdi", "", place)));
    if (cite.role === "name") head.append(" ", make("span", "tag", "gives what stands in brackets"));
    else if (cite.role === "related") head.append(" ", make("span", "tag", "tells of it in its own words: no support"));
    else if (copied) head.append(" ", make("span", "tag", "near-copy: no further witness"));
    const shown = make("article", "card", head);
    for (const part of passage.querySelectorAll(".before, .text, .after, p.soft")) {
      const copy = part.cloneNode(part.className !== "text");
      if (part.className === "text") copy.append(marked(part.textContent, cite.spans));
      shown.append(copy);
    }
    shown.append(make("p", "soft", link(cite.id, "", "In the list of sources")));
    return shown;
  }

  function overlap(one, other) {
    return one.some((a) => other.some((b) => a.id === b.id
      && a.spans.some(([s, e]) => b.spans.some(([t, f]) => s < f && t < e))));
  }

  function listed(title, entries) {
    const list = make("ul", "");
    for (const other of entries) {
      const to = link(other.id, "", make("bdi", "", wordsOf(other)));
      to.dataset.opens = other.id;
      list.append(make("li", "", make("span", "soft", other.dataset.label), " ", to));
    }
    return [make("h3", "", title), list];
  }

  /** What other sources say on it, what else the same words support, and who is silent. */
  function others(entry, cited) {
    const made = make("div", "others");
    const near = said.filter((other) => other !== entry && overlap(cited, cites(other)));
    const points = new Set([entry, ...near].map((one) => one.closest(".point")).filter(Boolean));
    const sides = [...points].flatMap((point) => [...point.querySelectorAll(".said")]);
    const against = sides.filter((side) => side !== entry && !overlap(cited, cites(side)));
    if (against.length) made.append(...listed("Told otherwise", against));
    const more = near.filter((other) => !other.closest(".point, .person"));
    if (more.length) made.append(...listed("The same words also support", more.slice(0, 6)));
    const own = new Set(cited.map((cite) => document.getElementById(cite.id).dataset.source));
    const silent = sources.filter((source) => !own.has(source.id));
    if (silent.length) {
      made.append(make("h3", "", "Not cited for this"));
      const list = make("p", "silent soft");
      for (const source of silent) {
        const to = link(source.id, "", make("bdi", "", source.dataset.id));
        to.title = source.dataset.name;
        list.append(to, " ");
      }
      made.append(list);
    }
    return made;
  }

  function reasons(entry) {
    const made = make("div", "reasons");
    const unit = entry.closest(".side, [data-unit]");
    const held = unit?.querySelector(".reason");
    if (held) made.append(make("p", "warning", "Withheld: ", held.firstElementChild.cloneNode(true)));
    const basis = unit?.querySelector(".basis");
    if (!basis && !held) made.append(make("p", "", "The words are the source’s own."));
    for (const part of basis ? [...basis.children].slice(1) : []) made.append(part.cloneNode(true));
    return made;
  }

  function show(entry) {
    current?.querySelector(".open")?.removeAttribute("aria-current");
    current?.classList.remove("current");
    current = entry;
    entry.classList.add("current");
    entry.querySelector(".open")?.setAttribute("aria-current", "true");
    const cited = cites(entry);
    const origins = new Map();
    const cards = make("div", "cards");
    for (const cite of cited) {
      const { source } = document.getElementById(cite.id).dataset;
      if (cite.role === "support" && !origins.has(cite.origin)) origins.set(cite.origin, source);
      cards.append(card(cite, cite.role === "support" && origins.get(cite.origin) !== source));
    }
    if (!cited.length) cards.append(make("p", "soft", "It cites no passage."));
    const sentence = panel.querySelector(".sentence");
    sentence.replaceChildren(...entry.querySelector(".words").cloneNode(true).childNodes);
    panel.querySelector("h2").textContent = entry.dataset.label;
    panel.querySelector(".reasons").replaceWith(reasons(entry));
    panel.querySelector(".cards").replaceWith(cards);
    panel.querySelector(".others").replaceWith(others(entry, cited));
    panel.querySelector(".body").scrollTop = 0;
    panel.querySelector(".review").dataset.item = entry.dataset.item;
    panel.hidden = false;
    root.classList.add("reading");
    const detail = { item: entry.dataset.item, entry, slot: panel.querySelector(".review") };
    document.dispatchEvent(new CustomEvent("briefing:item", { detail }));
  }

  function reveal(entry) {
    for (let at = entry.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
    if (!visible(entry)) form.reset();
    entry.scrollIntoView({ block: panel.hidden ? "nearest" : "center" });
  }

  function open(entry, { focus = true } = {}) {
    show(entry);
    reveal(entry);
    history.replaceState(null, "", `#${entry.id}`);
    if (focus) panel.querySelector("h2").focus({ preventScroll: true });
  }

  function close() {
    if (panel.hidden) return;
    panel.hidden = true;
    root.classList.remove("reading");
    current.classList.remove("current");
    const opener = current.querySelector(".open");
    opener?.removeAttribute("aria-current");
    opener?.focus({ preventScroll: true });
    current.scrollIntoView({ block: "nearest" });
  }

  // -- moving -------------------------------------------------------------------------------

  const visible = (entry) => entry.checkVisibility();

  function go(step) {
    const reachable = said.filter((entry) => visible(entry) && entry.querySelector(".open"));
    const focused = document.activeElement?.closest?.(".said");
    const from = panel.hidden ? (focused ?? current) : current;
    const at = reachable.indexOf(from);
    const next = reachable[at < 0 ? (step > 0 ? 0 : reachable.length - 1) : at + step];
    if (!next) return;
    if (panel.hidden) {
      current = next;
      next.querySelector(".open").focus({ preventScroll: true });
      next.scrollIntoView({ block: "nearest" });
    } else {
      open(next, { focus: panel.contains(document.activeElement) });
    }
  }

  document.addEventListener("click", (event) => {
    const target = event.target.closest("a, button");
    if (!target || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const entry = target.dataset.opens
      ? document.getElementById(target.dataset.opens)
      : target.matches(".open, .ref") && target.closest(".said");
    if (entry) {
      event.preventDefault();
      // A reader who marks words to copy them does not want the panel.
      if (target.dataset.opens || !String(getSelection()).trim()) open(entry);
    } else if (target.dataset.go) go(Number(target.dataset.go));
    else if ("close" in target.dataset) close();
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches("input, select, textarea, [contenteditable]");
    if (event.key === "Escape") {
      if (typing) event.target.blur();
      else close();
      return;
    }
    if (typing || !form.elements.keys.checked) return;
    const nearby = event.target.closest(".said, #panel h2");
    const steps = { j: 1, k: -1, ...(nearby && { ArrowDown: 1, ArrowUp: -1 }) };
    if (event.key in steps) go(steps[event.key]);
    else if (event.key === "/") form.elements.find.focus();
    else return;
    event.preventDefault();
  });

  // -- filters ------------------------------------------------------------------------------

  const sections = [...document.querySelectorAll("section[data-name][data-section]")];
  const texts = new Map();
  const textOf = (unit) => {
    if (!texts.has(unit)) texts.set(unit, unit.textContent.toLowerCase());
    return texts.get(unit);
  };
  const options = (select, all, pairs) => {
    select.replaceChildren(new Option(all, ""), ...pairs.map(([value, text]) => new Option(text, value)));
  };
  options(form.elements.section, "all sections", sections.map((s) => [s.dataset.section, s.dataset.name]));
  const verdicts = [...new Set(units.map((unit) => unit.dataset.verdict))];
  options(form.elements.verdict, "all verdicts", verdicts.map((verdict) => [verdict, verdict]));

  function filter() {
    const { source, section, verdict, find, review } = form.elements;
    const words = find.value.trim().toLowerCase();
    const wanted = (unit) => (!source.value || unit.dataset.sources.split(" ").includes(source.value))
      && (!section.value || unit.dataset.unit === section.value)
      && (!verdict.value || unit.dataset.verdict === verdict.value)
      && (!review.value || unit.dataset.decided?.includes(review.value))
      && (!words || textOf(unit).includes(words));
    let kept = 0;
    for (const unit of units) {
      unit.hidden = !wanted(unit);
      kept += !unit.hidden;
    }
    const active = source.value || section.value || verdict.value || review.value || words;
    for (const each of sections) {
      each.hidden = Boolean(section.value) && each.dataset.section !== section.value;
      const own = each.querySelectorAll("[data-unit]");
      each.classList.toggle("empty", own.length > 0 && [...own].every((unit) => unit.hidden));
    }
    for (const row of document.querySelectorAll(".map tbody tr:has(a)")) {
      const entry = document.getElementById(row.querySelector("a").dataset.opens);
      row.hidden = entry.closest("[data-unit]").hidden;
    }
    for (const each of sources) each.hidden = Boolean(source.value) && each.id !== source.value;
    const withheld = document.getElementById("withheld");
    if (withheld && active && (verdict.value === "withheld" || section.value === "withheld")) withheld.open = true;
    form.querySelector("output").textContent = active ? `${kept} of ${units.length} shown` : "";
    form.classList.toggle("active", Boolean(active));
  }

  form.addEventListener("input", filter);
  document.addEventListener("briefing:decided", () => form.elements.review.value && filter());
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => requestAnimationFrame(filter));
  form.hidden = false;
  for (const ref of document.querySelectorAll(".ref")) ref.tabIndex = -1;
  const asked = document.getElementById(location.hash.slice(1));
  if (asked?.matches(".said")) open(asked);
});
