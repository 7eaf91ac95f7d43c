// Comunica as a SPARQL server over one file of N-Quads: it prints its port, and ends with its input.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { QueryEngine } from '@comunica/query-sparql';

const value = readFileSync(process.argv[2], 'utf8');
const sources = [{ type: 'serialized', value, mediaType: 'application/n-quads', baseIRI: 'urn:' }];
const context = { sources, unionDefaultGraph: true };
const engine = new QueryEngine();

let asked; // the one response that is waited for

async function answer(request, response) {
  asked = response;
  let body = '';
  for await (const chunk of request) body += chunk;
  const query = new URLSearchParams(body).get('query');
  try {
    const result = await engine.query(query, context);
    const type = request.headers.accept.split(',')[0];
    const { data } = await engine.resultToString(result, type);
    const parts = [];
    for await (const part of data) parts.push(part);
    response.writeHead(200, { 'Content-Type': type }).end(parts.join(''));
  } catch (error) {
    response.writeHead(/pars|expect/i.test(error.message) ? 400 : 500).end(error.message);
  }
}

// Some faults leave the engine by no other way.
process.on('uncaughtException', (error) => asked.writeHead(500).end(error.message));
const server = createServer(answer).listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.on('end', () => process.exit()).resume();
