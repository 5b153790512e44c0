"use strict";
// A review inside the evidence view: decisions on items, kept in this page until they are exported.
// It goes on from those that the page was made with, which name their reader and count as earlier.
// The file is what `briefing review FILE.json --import` takes; docs/review.md describes it. Hashes
// are copied from the page, which was rendered with them; text goes into text nodes only.
document.addEventListener("DOMContentLoaded", () => {
  const bar = document.querySelector("form.reviewing");
  const desk = document.querySelector("#panel form.review");
  const filters = document.querySelector("form.filters");
  const entries = [...document.querySelectorAll(".said[data-review]")];
  if (!entries.length) return;

  const DONE = { accept: "accepted", reject: "rejected", edit: "edited", comment: "comment only" };
  const ASKED = { reject: "Why (may be empty)", edit: "New words", comment: "Comment" };
  const KEYS = { a: "accept", r: "reject", e: "edit", c: "comment" };
  const EDITABLE = ["outcome", "open_question", "event"];
  const items = new Map();
  for (const entry of entries) {
    const { review } = entry.dataset;
    items.set(review, [...(items.get(review) ?? []), entry]);
  }
  let shown = null;
  let choice = null;
  let exported = true;

  const box = desk.querySelector(".writing");
  const text = box.querySelector("textarea");
  const problem = box.querySelector(".warning");
  const button = (name) => desk.querySelector(`[data-decide="${name}"]`);
  const dataOf = (item) => items.get(item)[0].dataset;
  const earlier = new Map();
  for (const item of items.keys()) {
    if (dataOf(item).earlier) earlier.set(item, JSON.parse(dataOf(item).earlier));
  }
  const decisions = new Map(earlier);
  const isEarlier = (item) => decisions.has(item) && decisions.get(item) === earlier.get(item);
  const visible = (words) => words.replace(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");

  // -- what is decided ----------------------------------------------------------------------

  function keep(decision, { edited = "", comment = "" } = {}) {
    const before = decisions.get(shown);
    const remark = comment.trim() || before?.comment || "";
    const settled = decision === "comment" && before ? before : { decision, edited };
    decisions.set(shown, { decision: settled.decision, edited: settled.edited, comment: remark });
    changed();
  }

  function changed() {
    exported = false;
    mark(shown);
    draw();
    count();
  }

  /** A tag beside each sentence of the item; filters find what has none. */
  function mark(item) {
    const made = decisions.get(item);
    const old = !made && dataOf(item).outdated;
    for (const entry of items.get(item)) {
      entry.querySelector(".decided")?.remove();
      entry.closest("[data-unit]").dataset.decided = DONE[made?.decision] ?? `not decided${old ? ", outdated" : ""}`;
      if (!made && !old) continue;
      const tag = document.createElement("span");
      tag.className = "tag decided";
      tag.append(...(made ? said(made) : ["outdated"]));
      entry.append(" ", tag);
    }
  }

  /** What was decided, and by whom if it was earlier. */
  function said({ decision, reviewer }) {
    return reviewer?.trim() ? [`${DONE[decision]} by `, bdi(reviewer)] : [DONE[decision]];
  }

  function bdi(words) {
    const element = document.createElement("bdi");
    element.textContent = visible(words);
    return element;
  }

  function count() {
    const settled = [...decisions.values()].filter((each) => each.decision !== "comment").length;
    bar.querySelector("output").textContent = `${settled} of ${items.size} decided`;
    bar.querySelector("[data-export]").disabled = !decisions.size;
    document.dispatchEvent(new CustomEvent("briefing:decided"));
  }

  // -- the controls in the panel ------------------------------------------------------------

  function draw() {
    const made = decisions.get(shown);
    const { kind } = dataOf(shown);
    for (const name of Object.keys(DONE)) button(name).setAttribute("aria-pressed", made?.decision === name);
    button("edit").hidden = !EDITABLE.includes(kind);
    const before = earlier.get(shown);
    desk.querySelector("[data-undo]").hidden = !made || made === before;
    const parts = [];
    if (!made) parts.push("Not decided");
    else if (made === before) parts.push("Decided before: ", ...said(made));
    else parts.push(`Your decision: ${DONE[made.decision]}`, ...(before ? [" (before: ", ...said(before), ")"] : []));
    desk.querySelector(".state").replaceChildren(...parts);
    const told = made ? [made.edited, made.comment] : [dataOf(shown).outdated];
    desk.querySelector(".told").replaceChildren(...told.filter(Boolean).map(bdi));
  }

  function write(name) {
    choice = name;
    const made = decisions.get(shown);
    box.querySelector("label span").textContent = ASKED[name];
    text.value = name === "edit" ? made?.edited || dataOf(shown).said : made?.comment ?? "";
    problem.textContent = "";
    box.hidden = false;
    text.focus();
  }

  function leave({ focus = true } = {}) {
    box.hidden = true;
    if (focus && choice) button(choice).focus();
    choice = null;
  }

  function decide(name) {
    if (button(name).hidden) return;
    if (name in ASKED) return void write(name);
    leave({ focus: false });
    keep(name);
  }

  function done() {
    const words = text.value.trim().split(/\s+/).filter(Boolean).join(" ");
    const wrong = {
      edit: (!words && "An edited statement needs words; to take it out, reject it.")
        || (words === dataOf(shown).said && "These are the words that it has; to leave it, accept it."),
      comment: !words && "There is no comment.",
    }[choice];
    problem.textContent = wrong || "";
    if (wrong) return;
    keep(choice, choice === "edit" ? { edited: words } : { comment: text.value });
    leave();
  }

  document.addEventListener("briefing:item", ({ detail: { entry } }) => {
    const { review } = entry.dataset;
    desk.hidden = !review;
    if (!review) return;
    if (review !== shown) leave({ focus: false });
    shown = review;
    draw();
  });

  desk.addEventListener("submit", (event) => {
    event.preventDefault();
    done();
  });

  desk.addEventListener("click", ({ target }) => {
    const { decide: name } = target.dataset;
    if (name) decide(name);
    else if ("cancel" in target.dataset) leave();
    else if ("undo" in target.dataset) {
      if (earlier.has(shown)) decisions.set(shown, earlier.get(shown));
      else decisions.delete(shown);
      leave({ focus: false });
      changed();
      button("accept").focus();
    }
  });

  text.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) done();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
    const typing = event.target.matches("input, select, textarea, [contenteditable]");
    const open = !document.getElementById("panel").hidden && !desk.hidden;
    if (typing || !open || !filters.elements.keys.checked) return;
    event.preventDefault();
    decide(KEYS[event.key]);
  });

  // -- the file -----------------------------------------------------------------------------

  function file() {
    const reviewer = bar.elements.reviewer.value.trim();
    return {
      review_version: "1.0",
      title: document.title,
      decisions: [...items.keys()].filter((item) => decisions.has(item)).map((item) => {
        const { kind, textSha256, evidenceSha256, said: words } = dataOf(item);
        const own = { said: words, reviewer, ...decisions.get(item), earlier: isEarlier(item) };
        return { item, kind, text_sha256: textSha256, evidence_sha256: evidenceSha256, ...own };
      }),
    };
  }

  bar.addEventListener("submit", (event) => {
    event.preventDefault();
    const blob = new Blob([`${JSON.stringify(file(), null, 2)}\n`], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = "briefing-decisions.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    exported = true;
    bar.querySelector(".said-so").textContent = "Exported: briefing review FILE.json --import briefing-decisions.json";
  });

  addEventListener("beforeunload", (event) => {
    if (!exported) event.preventDefault();
  });

  const choices = filters.elements.review;
  choices.append(...["not decided", "outdated", ...Object.values(DONE)].map((each) => new Option(each, each)));
  choices.closest("label").hidden = false;
  bar.hidden = false;
  for (const item of items.keys()) mark(item);
  count();
});
