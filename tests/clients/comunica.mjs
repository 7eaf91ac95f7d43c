// Comunica, which finds out by itself that the address is a SPARQL endpoint.
import { QueryEngine } from '@comunica/query-sparql';

const [endpoint, select, yes, no, construct] = process.argv.slice(2);
const engine = new QueryEngine();
const options = { sources: [endpoint] };
for (const row of await (await engine.queryBindings(select, options)).toArray())
  console.log(['row', ...['partner', 'label', 'said'].map((name) => row.get(name).value)].join('\t'));
for (const query of [yes, no])
  console.log(`truth\t${await engine.queryBoolean(query, options)}`);
for (const quad of await (await engine.queryQuads(construct, options)).toArray())
  console.log(['triple', quad.subject.value, quad.predicate.value, quad.object.value].join('\t'));
