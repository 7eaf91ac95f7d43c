// What opens below a button and closes again: a popup by choosing, by Escape, or by a click beside it; a row of filters
// stays open while a room tries them.

const POPUPS = [];

export function wakePopup(button, popup) {
  POPUPS.push({ button, popup });
  button.addEventListener("click", () => togglePopup(button, popup));
  popup.addEventListener("click", (event) => event.target.closest("button") && leavePopup(button, popup));
  document.addEventListener("click", (event) => !button.contains(event.target) && !popup.contains(event.target) && showPopup(button, popup, false));
}

// Escape closes a row only where the focus is in it: elsewhere it goes back.
export function wakeRow(button, row) {
  POPUPS.push({ button, popup: row, isRow: true });
  button.addEventListener("click", () => togglePopup(button, row));
}

// The focus goes to what is chosen already, else to the first choice.
function togglePopup(button, popup) {
  const opening = popup.hidden;
  showPopup(button, popup, opening);
  if (opening) (popup.querySelector("[aria-pressed=true]") ?? popup.querySelector("button:not([hidden], :disabled), select"))?.focus();
}

function leavePopup(button, popup) {
  showPopup(button, popup, false);
  button.focus();
}

function showPopup(button, popup, open) {
  popup.hidden = !open;
  button.setAttribute("aria-expanded", String(open));
}

// Whether Escape closed one: then it does nothing else.
export function closePopup(event) {
  const open = event.key === "Escape" && POPUPS.find(({ button, popup, isRow }) => !popup.hidden && button.offsetParent && (!isRow || popup.contains(document.activeElement)));
  if (!open) return false;
  leavePopup(open.button, open.popup);
  return true;
}
