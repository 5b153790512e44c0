"use strict";
// A review inside the evidence view: decisions on items, kept in this page until they are exported.
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
  for (const entry of entries) entry.closest("[data-unit]").dataset.decided = "not decided";
  const decisions = new Map();
  let shown = null;
  let choice = null;
  let exported = true;

  const box = desk.querySelector(".writing");
  const text = box.querySelector("textarea");
  const problem = box.querySelector(".warning");
  const button = (name) => desk.querySelector(`[data-decide="${name}"]`);
  const dataOf = (item) => items.get(item)[0].dataset;

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
    for (const entry of items.get(item)) {
      entry.querySelector(".decided")?.remove();
      entry.closest("[data-unit]").dataset.decided = DONE[made?.decision] ?? "not decided";
      if (!made) continue;
      const tag = document.createElement("span");
      tag.className = "tag decided";
      tag.textContent = DONE[made.decision];
      entry.append(" ", tag);
    }
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
    desk.querySelector("[data-undo]").hidden = !made;
    desk.querySelector(".state").textContent = made ? `Your decision: ${DONE[made.decision]}` : "Not decided";
    const told = desk.querySelector(".told");
    const parts = made ? [made.edited, made.comment] : [];
    told.replaceChildren(...parts.filter(Boolean).map((part) => {
      const line = document.createElement("bdi");
      line.textContent = part;
      return line;
    }));
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
      decisions.delete(shown);
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
        const { kind, textSha256, evidenceSha256, said } = dataOf(item);
        const { decision, edited, comment } = decisions.get(item);
        return {
          item, kind, decision, text_sha256: textSha256, evidence_sha256: evidenceSha256, said, edited, comment, reviewer,
        };
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
  choices.append(...["not decided", ...Object.values(DONE)].map((each) => new Option(each, each)));
  choices.closest("label").hidden = false;
  bar.hidden = false;
  count();
});
