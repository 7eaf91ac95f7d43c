// The list is in the file already, for readers without JavaScript; here its rows learn to be picked
// and to step aside.
import { byId, makeButton } from "./dom.js";

export function wakeList(model, pick) {
  for (const wording of byId("list").querySelectorAll("tr[data-node] .wording")) {
    const id = Number(wording.closest("tr").dataset.node);
    const pickable = makeButton({ "data-pick": id, "aria-pressed": "false", class: "wording" }, () => pick(id));
    pickable.append(...wording.childNodes);
    wording.replaceWith(pickable);
  }
}

export function showInList(model, shown) {
  for (const plan of byId("list").querySelectorAll("[data-plan]")) {
    plan.hidden = Number(plan.dataset.plan) !== shown.plan;
  }
  for (const element of byId("list").querySelectorAll("[data-node]")) {
    element.hidden = !shown.nodes.has(Number(element.dataset.node));
  }
  // Sections without a heading of their own follow their rows.
  for (const part of byId("list").querySelectorAll(".part:not([data-node])")) {
    part.hidden = !part.querySelector("[data-node]:not([hidden])");
  }
}
