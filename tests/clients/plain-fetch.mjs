// No library: what a few lines of anybody's script send, with the form object that fetch knows.
const [endpoint, select, yes, no, construct] = process.argv.slice(2);

async function ask(query, accept) {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: { Accept: accept },
    body: new URLSearchParams({ query }),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return answer;
}

const json = 'application/sparql-results+json';
for (const row of (await (await ask(select, json)).json()).results.bindings)
  console.log(['row', row.partner.value, row.label.value, row.said.value].join('\t'));
for (const query of [yes, no])
  console.log(`truth\t${(await (await ask(query, json)).json()).boolean}`);
const lines = (await (await ask(construct, 'application/n-triples')).text()).trim().split('\n');
for (const line of lines)
  console.log(['triple', ...line.match(/<[^>]*>/g).map((iri) => iri.slice(1, -1))].join('\t'));
