// Words chosen in a part of a document can be commented on. Without this, each part's link does.
(() => {
  const by = (id) => document.getElementById(id);
  const offer = by("choose"), link = offer.firstElementChild, told = by("chosen"), how = by("how-to-choose");
  const selection = getSelection();
  const KEYS = { ArrowRight: "forward", ArrowLeft: "backward", ArrowDown: "forward", ArrowUp: "backward" };
  let later;

  const part = (node) => (node?.closest ? node : node?.parentElement)?.closest("[data-write]");
  const chosen = () => {
    const box = part(selection.anchorNode), words = `${selection}`.replace(/\s+/g, " ").trim();
    return box && box === part(selection.focusNode) && words && words.length <= link.dataset.most && { box, words };
  };

  document.addEventListener("selectionchange", () => {
    const found = chosen();
    clearTimeout(later);
    if (found) {
      link.href = found.box.dataset.write + encodeURIComponent(found.words);
      if (offer.previousElementSibling !== found.box) found.box.after(offer);
      offer.hidden = false;
      told.textContent = told.dataset.words;
    } else {
      // A tap on the link may undo the selection before it counts as a click.
      later = setTimeout(() => { offer.hidden ||= document.activeElement !== link; told.textContent = ""; }, 700);
    }
  });

  how.hidden = false;
  for (const box of document.querySelectorAll("[data-write]")) {
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-describedby", how.id);
    box.onkeydown = (event) => {
      const way = KEYS[event.key], lines = /[pn]$/.test(event.key), { shiftKey } = event;
      if (event.key === "Enter" && chosen()) link.click();
      if (!way || (lines && !shiftKey)) return;
      event.preventDefault();
      if (part(selection.anchorNode) !== box) selection.collapse(box, 0);
      if (!shiftKey) way[0] === "f" ? selection.collapseToEnd() : selection.collapseToStart();
      selection.modify("extend", way, lines ? "line" : "word");
    };
  }
})();
