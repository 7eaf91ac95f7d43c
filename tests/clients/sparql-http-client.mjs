// sparql-http-client: the query in the body as itself, as a form, and in the address.
import Client from 'sparql-http-client';

const [endpoint, select, yes, no, construct] = process.argv.slice(2);
const client = new Client({ endpointUrl: endpoint });
for await (const row of client.query.select(select, { operation: 'postDirect' }))
  console.log(['row', row.partner.value, row.label.value, row.said.value].join('\t'));
for (const query of [yes, no])
  console.log(`truth\t${await client.query.ask(query, { operation: 'postUrlencoded' })}`);
for await (const quad of client.query.construct(construct, { operation: 'get' }))
  console.log(['triple', quad.subject.value, quad.predicate.value, quad.object.value].join('\t'));
