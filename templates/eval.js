// Filters the items of a report; without it all of them are shown.
(() => {
  const form = document.getElementById("filter");
  const items = [...document.querySelectorAll("article")];
  const count = document.getElementById("count");
  if (!form) return;
  const apply = () => {
    const wanted = [...form.querySelectorAll("select")].filter((s) => s.value !== "*");
    let shown = 0;
    for (const item of items) {
      item.hidden = wanted.some((s) => item.dataset[s.name] !== s.value.slice(1));
      shown += item.hidden ? 0 : 1;
    }
    count.textContent = `${shown} of ${items.length}`;
  };
  form.addEventListener("change", apply);
  form.hidden = false;
  apply();
})();
