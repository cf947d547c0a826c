// GitHub's published GraphQL schema, executed by graphql-js over made-up values of the right types. Answers {"query": TEXT} with
// what GitHub's schema has against it.
import { createServer } from 'node:http';
import { addMocksToSchema } from '@graphql-tools/mock';
import { schema as github } from '@octokit/graphql-schema';
import { buildSchema, graphql, isScalarType, isSpecifiedScalarType, parse, validate } from 'graphql';
import { json } from 'node:stream/consumers';
import { serve } from './pipe.mjs';

// The published text defines two fields twice, which GitHub's server does not mind either.
const schema = buildSchema(github.idl, { assumeValidSDL: true });

const values = { DateTime: '2026-01-02T03:04:05Z', PreciseDateTime: '2026-01-02T03:04:05.000006Z', Date: '2026-01-02', URI: 'https://example.org/',
  GitObjectID: 'c0ffee0000000000000000000000000000000000', BigInt: '4', Base64String: 'YQ==', GitTimestamp: '2026-01-02T03:04:05Z' };
const scalars = Object.values(schema.getTypeMap()).filter((type) => isScalarType(type) && !isSpecifiedScalarType(type));
const mocks = {
  ...Object.fromEntries(scalars.map(({ name }) => [name, () => values[name] ?? name])),
  Int: () => 7,
  Boolean: () => false, // no next page: a made-up one would have another after it
};
// Whoever asks for things by their ids gets as many, each of the type that the query speaks of.
const nodes = (store) => (_, { ids }, __, { fieldNodes }) => {
  const spoken = fieldNodes[0].selectionSet.selections.find(({ kind }) => kind === 'InlineFragment');
  return ids.map((id) => store.get(spoken.typeCondition.name.value, id));
};
const mocked = addMocksToSchema({ schema, mocks, resolvers: (store) => ({ Query: { nodes: nodes(store) } }) });

const server = createServer(async (request, response) => {
  const { query, variables } = await json(request);
  const answer = await graphql({ schema: mocked, source: query, variableValues: variables });
  response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));

await serve({ url: `http://127.0.0.1:${server.address().port}/graphql` }, ({ query }) => {
  try {
    return { violations: validate(schema, parse(query)).map(String) };
  } catch (error) {
    return { violations: [String(error)] };
  }
});
