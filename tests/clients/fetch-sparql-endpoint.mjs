// fetch-sparql-endpoint: POST for rows, GET for the rest.
import { SparqlEndpointFetcher } from 'fetch-sparql-endpoint';

const [endpoint, select, yes, no, construct] = process.argv.slice(2);
const posting = new SparqlEndpointFetcher({ method: 'POST' });
const getting = new SparqlEndpointFetcher({ method: 'GET' });
for await (const row of await posting.fetchBindings(endpoint, select))
  console.log(['row', row.partner.value, row.label.value, row.said.value].join('\t'));
for (const query of [yes, no])
  console.log(`truth\t${await getting.fetchAsk(endpoint, query)}`);
for await (const quad of await getting.fetchTriples(endpoint, construct))
  console.log(['triple', quad.subject.value, quad.predicate.value, quad.object.value].join('\t'));
