// The tools beside the views: copy a link, save, dark.
import { LONGEST_NAME } from "../record/address.js";
import { onOneLine } from "../record/step-words.js";
import { announce, byId, makeElement } from "./dom.js";
import { savePicture } from "./export.js";
import { printView } from "./print.js";
import { wakePopup } from "./popups.js";
import { changeState } from "./state.js";

export function wakeTools(page) {
  byId("copy").addEventListener("click", () => copyLink());
  byId("dark").addEventListener("click", () => changeState(page, { dark: !page.state.dark }));
  wakePopup(byId("save"), byId("save-menu"));
  for (const choice of document.querySelectorAll("[data-save]")) {
    choice.addEventListener("click", () => savePicture(page, choice.dataset.save));
  }
  for (const choice of document.querySelectorAll("[data-print]")) {
    choice.addEventListener("click", () => printView(page, choice.dataset.print));
  }
  byId("name-view").addEventListener("click", () => askName(page));
}

// On a small screen the views, tools and filters stand behind one button.
export function wakeMenu() {
  byId("menu").addEventListener("click", () => {
    const open = document.documentElement.classList.toggle("menu-open");
    byId("menu").setAttribute("aria-expanded", String(open));
  });
}

// The name goes into the link, above the picture and into its title where it is saved.
function askName(page) {
  const field = makeElement("input", { id: "name-field", maxlength: LONGEST_NAME, value: page.state.name, autocomplete: "off" });
  const form = makeElement("form", { method: "dialog" }, makeElement("label", { for: "name-field" }, "What is this view called?"), field,
    makeElement("div", { class: "buttons" }, makeElement("button", { value: "named" }, "Name it"), makeElement("button", { value: "" , formnovalidate: "" }, "Cancel")));
  const dialog = byId("ask");
  dialog.replaceChildren(form);
  dialog.onclose = () => dialog.returnValue === "named" && changeState(page, { name: onOneLine(field.value, LONGEST_NAME) });
  dialog.returnValue = "";
  dialog.showModal();
}

// A browser may keep the clipboard from a page opened as a file: then the link can be copied by hand.
async function copyLink() {
  try {
    await navigator.clipboard.writeText(location.href);
    tellCopied("Link copied.");
  } catch {
    const field = makeElement("input", { readonly: "", value: location.href, "aria-label": "Link to this view" });
    tellCopied("Copy this link:", field);
    field.focus();
    field.select();
  }
}

function tellCopied(...content) {
  const note = byId("copied");
  note.replaceChildren(...content);
  note.hidden = false;
  announce(note.textContent);
  const held = note.querySelector("input");
  const close = () => (note.hidden = true);
  if (held) held.addEventListener("blur", close, { once: true });
  else setTimeout(close, 2500);
}
