// The official Anthropic client, unchanged, driven from the command line: node anthropic-client.mjs COMMAND
// Commands: create, stream, tools, stream-tools, tool-result, count, beta, all-blocks.
// Environment: ANTHROPIC_BASE_URL and ANTHROPIC_API_KEY as the client itself reads them; MODEL (echo); PROMPT (hello); HEADERS, a JSON
// object of further request headers; PARAMS, a JSON object of further parameters; SIGNAL, a URL that is fetched when the first text of a
// stream is here. Prints one JSON object; an error that the client raises is printed as {"error": …} with its class.
import Anthropic from '@anthropic-ai/sdk';

const model = process.env.MODEL ?? 'echo';
const prompt = process.env.PROMPT ?? 'hello';
let requests = 0;
const client = new Anthropic({
  defaultHeaders: JSON.parse(process.env.HEADERS ?? '{}'),
  fetch: (url, init) => {
    requests++;
    return fetch(url, init);
  },
});

const messages = [{ role: 'user', content: prompt }];
const more = JSON.parse(process.env.PARAMS ?? '{}');
const params = { model, max_tokens: 100, messages, ...more };
const weather = {
  name: 'get_weather',
  description: 'The weather in a city',
  input_schema: {
    type: 'object',
    properties: { city: { type: 'string' }, days: { type: 'integer' }, unit: { enum: ['celsius', 'fahrenheit'] } },
    required: ['city', 'days', 'unit'],
  },
};

const show = ({ data, response }) => ({
  message: data,
  verdict: response.headers.get('holdpoint-verdict'),
  record: response.headers.get('holdpoint-record'),
});

// The events as they arrive, and the message that the client's own helper makes of them.
const collect = async (extra) => {
  const seen = { text: '', events: [], json: '' };
  try {
    const stream = client.messages.stream({ ...params, ...extra });
    for await (const event of stream) {
      seen.events.push(event.type);
      if (event.delta?.text && !seen.text && process.env.SIGNAL) await fetch(process.env.SIGNAL);
      seen.text += event.delta?.text ?? '';
      seen.json += event.delta?.partial_json ?? '';
    }
    seen.message = await stream.finalMessage();
  } catch (error) {
    seen.error = describe(error);
  }
  return seen;
};

const describe = (error) => ({
  class: error.constructor.name,
  isPermissionDenied: error instanceof Anthropic.PermissionDeniedError,
  isApiError: error instanceof Anthropic.APIError,
  status: error.status ?? null,
  type: error.type ?? null,
  message: error.message,
  holdpoint: error.error?.error?.holdpoint ?? null,
});

// One of every block that clients send back of earlier answers, and of every kind of content that stands in the body.
const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } };
const everything = [
  { role: 'user', content: [{ type: 'text', text: 'look', cache_control: { type: 'ephemeral' } }, image] },
  {
    role: 'assistant',
    content: [
      { type: 'thinking', thinking: 'hm', signature: 'c2ln' },
      { type: 'redacted_thinking', data: 'c2VhbGVk' },
      { type: 'text', text: 'it is', citations: null },
      { type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: { city: 'Bonn' }, caller: { type: 'direct' } },
    ],
  },
  {
    role: 'user',
    content: [
      { type: 'tool_result', tool_use_id: 'toolu_1', content: [{ type: 'text', text: 'rain' }, image] },
      { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'a page' }, title: 'Page', citations: { enabled: true } },
      { type: 'search_result', source: 'notes', title: 'Notes', content: [{ type: 'text', text: 'a note' }] },
      { type: 'text', text: prompt },
    ],
  },
];

const commands = {
  create: async () => show(await client.messages.create(params).withResponse()),
  stream: () => collect({}),
  tools: async () => show(await client.messages.create({ ...params, tools: [weather] }).withResponse()),
  'stream-tools': () => collect({ tools: [weather] }),
  'tool-result': async () => {
    const first = await client.messages.create({ ...params, tools: [weather] });
    const call = first.content.find((block) => block.type === 'tool_use');
    const turns = [
      ...messages,
      { role: 'assistant', content: first.content },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: call.id, content: 'sunny' }] },
    ];
    return show(await client.messages.create({ ...params, messages: turns, tools: [weather] }).withResponse());
  },
  count: async () => {
    const { max_tokens, ...rest } = params;
    const { data, response } = await client.messages.countTokens(rest).withResponse();
    return { count: data, verdict: response.headers.get('holdpoint-verdict') };
  },
  beta: async () => show(await client.beta.messages.create({ ...params, betas: ['extended-cache-ttl-2025-04-11'] }).withResponse()),
  'all-blocks': async () =>
    show(
      await client.messages
        .create({ ...params, messages: everything, system: [{ type: 'text', text: 'Be brief.' }], metadata: { user_id: 'u1' }, stop_sequences: ['END'] })
        .withResponse(),
    ),
};

const command = commands[process.argv[2]];
if (!command) {
  console.error(`usage: node anthropic-client.mjs ${Object.keys(commands).join('|')}`);
  process.exit(2);
}

let result;
try {
  result = await command();
} catch (error) {
  result = { error: describe(error) };
}
console.log(JSON.stringify({ ...result, requests }));
