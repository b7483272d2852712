// Long tables: a box to search them, and columns that sort. Without scripts they are read as they are.
for (const table of document.querySelectorAll("main table")) {
  const rows = [...table.tBodies[0].rows];
  if (rows.length < 8) continue;
  const value = (row, n) => row.cells[n].textContent.trim();
  const number = text => text === "–" ? -Infinity : parseFloat(text.replace("−", "-").replace(/,/g, ""));
  [...table.tHead.rows[0].cells].forEach((head, n) => {
    const button = document.createElement("button");
    button.append(...head.childNodes);
    head.append(button);
    button.onclick = () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      const numeric = head.classList.contains("number");
      for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const order = (a, b) => numeric ? number(value(a, n)) - number(value(b, n)) : value(a, n).localeCompare(value(b, n));
      table.tBodies[0].append(...rows.slice().sort((a, b) => down ? order(b, a) : order(a, b)));
    };
  });
  const label = document.createElement("label"), box = document.createElement("input"), count = document.createElement("output");
  box.type = "search";
  label.className = "search";
  label.append("Search this table ", box, " ", count);
  table.closest(".scroll").before(label);
  box.oninput = () => {
    const wanted = box.value.trim().toLowerCase();
    for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
    count.textContent = wanted ? `${rows.filter(row => !row.hidden).length} of ${rows.length}` : "";
  };
}
