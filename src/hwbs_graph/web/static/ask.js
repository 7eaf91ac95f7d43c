// Offers questions as one types; the list of the page has examples without it.
"use strict";
(() => {
  const PAUSE = 150;
  const input = document.getElementById("question");
  const list = document.getElementById("suggested");
  const examples = [...list.children];
  let waiting = 0;
  let asked = "";

  function offer(texts) {
    list.replaceChildren(...texts.map((text) => {
      const option = document.createElement("option");
      option.value = text;
      return option;
    }));
  }

  async function look() {
    const typed = input.value.trim();
    if (typed === asked) return;
    asked = typed;
    if (!typed) {
      list.replaceChildren(...examples);
      return;
    }
    try {
      const answer = await fetch(`/ask/suggestions?q=${encodeURIComponent(typed)}`);
      // A slower answer to what was typed before is none to what stands there now.
      if (answer.ok && typed === asked) offer(await answer.json());
    } catch {
      // Without the server there is nothing to offer, and the form says so when it is sent.
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, PAUSE);
  });
})();
