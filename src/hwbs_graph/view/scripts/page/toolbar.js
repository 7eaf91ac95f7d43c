// A toolbar is one tab stop; the arrow keys move within it, as the ARIA practices describe.

const TOOLS = "button, select, input";

export function wakeToolbar(bar) {
  bar.addEventListener("keydown", (event) => pressInToolbar(bar, event));
  bar.addEventListener("focusin", (event) => keepOneStop(bar, event.target));
  keepOneStop(bar, toolsOf(bar)[0]);
}

function toolsOf(bar) {
  return [...bar.querySelectorAll(TOOLS)].filter((tool) => !tool.closest("[hidden]") && !tool.disabled);
}

function keepOneStop(bar, stop) {
  for (const tool of bar.querySelectorAll(TOOLS)) tool.tabIndex = tool === stop ? 0 : -1;
}

// After tools have come or gone one of them must still be reachable.
export function renewStop(bar) {
  const tools = toolsOf(bar);
  if (!tools.some((tool) => tool.tabIndex === 0)) keepOneStop(bar, tools[0]);
}

function pressInToolbar(bar, event) {
  const tools = toolsOf(bar);
  const at = tools.indexOf(document.activeElement);
  // In a menu, whose tools stand below each other, up and down do the same.
  const beside = bar.matches(".popup") ? { ArrowUp: at - 1, ArrowDown: at + 1 } : {};
  const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tools.length - 1, ...beside }[event.key];
  if (at < 0 || next === undefined) return;
  event.preventDefault();
  tools[(next + tools.length) % tools.length].focus();
}
