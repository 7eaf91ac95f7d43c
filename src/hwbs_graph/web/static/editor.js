// What the SPARQL page does beyond a form: everything here also works without it.
const query = document.getElementById("query");
const error = document.getElementById("error");
const place = error && /line (\d+), column (\d+)/.exec(error.textContent);

// CodeMirror hides the text area when it takes over; otherwise this does the little it can.
if (!query.hidden) {
  document.querySelector("#keys .run").hidden = false;
  query.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      query.form.requestSubmit();
    }
  });
  if (place) {
    // The engine counts lines and columns from 1.
    const before = query.value.split("\n").slice(0, Number(place[1]) - 1);
    const at = before.reduce((sum, line) => sum + line.length + 1, 0) + Number(place[2]) - 1;
    query.focus();
    query.setSelectionRange(at, at);
  }
}
if (!place) document.getElementById("answer")?.scrollIntoView();
