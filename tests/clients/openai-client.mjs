// The official openai client, unchanged, driven from the command line: node openai-client.mjs COMMAND
// Commands: chat, stream, tools, stream-tools, run-tools, models; respond, stream-respond, respond-tools, stream-respond-tools, respond-loop;
// complete, stream-complete, embed.
// Environment: OPENAI_BASE_URL and OPENAI_API_KEY as the client itself reads them; MODEL (echo); PROMPT (hello); HEADERS, a JSON object
// of further request headers. Prints one JSON object; an error that the client raises is printed as {"error": …} with its class.
import OpenAI from 'openai';

const model = process.env.MODEL ?? 'echo';
const prompt = process.env.PROMPT ?? 'hello';
let requests = 0;
const client = new OpenAI({
  defaultHeaders: JSON.parse(process.env.HEADERS ?? '{}'),
  fetch: (url, init) => {
    requests++;
    return fetch(url, init);
  },
});

const messages = [{ role: 'user', content: prompt }];
const weather = {
  type: 'function',
  function: {
    name: 'get_weather',
    description: 'The weather in a city',
    parameters: {
      type: 'object',
      properties: { city: { type: 'string' }, days: { type: 'integer' }, unit: { enum: ['celsius', 'fahrenheit'] } },
      required: ['city', 'days', 'unit'],
    },
  },
};

const forecast = { type: 'function', strict: false, ...weather.function };

const show = ({ data, response }) => ({
  message: data.choices[0].message,
  finish: data.choices[0].finish_reason,
  usage: data.usage,
  verdict: response.headers.get('holdpoint-verdict'),
  record: response.headers.get('holdpoint-record'),
});

const collect = async (params) => {
  const seen = { text: '', chunks: 0, ids: [], tools: [], finish: null, usage: null };
  const { data, response } = await client.chat.completions
    .create({ model, messages, stream: true, stream_options: { include_usage: true }, ...params })
    .withResponse();
  seen.verdict = response.headers.get('holdpoint-verdict');
  seen.record = response.headers.get('holdpoint-record');
  try {
    for await (const chunk of data) {
      seen.chunks++;
      if (!seen.ids.includes(chunk.id)) seen.ids.push(chunk.id);
      seen.usage = chunk.usage ?? seen.usage;
      const [choice] = chunk.choices;
      seen.text += choice?.delta.content ?? '';
      seen.finish = choice?.finish_reason ?? seen.finish;
      for (const call of choice?.delta.tool_calls ?? []) {
        const tool = (seen.tools[call.index] ??= { id: '', name: '', arguments: '' });
        tool.id += call.id ?? '';
        tool.name += call.function?.name ?? '';
        tool.arguments += call.function?.arguments ?? '';
      }
    }
  } catch (error) {
    seen.error = describe(error);
  }
  return seen;
};

const showResponse = ({ data, response }) => ({
  text: data.output_text,
  output: data.output,
  status: data.status,
  usage: data.usage,
  verdict: response.headers.get('holdpoint-verdict'),
  record: response.headers.get('holdpoint-record'),
});

const collectResponse = async (params) => {
  const seen = { deltas: '', types: [], final: null };
  try {
    const stream = client.responses.stream({ model, input: prompt, instructions: 'Be brief.', ...params });
    stream.on('response.output_text.delta', (event) => (seen.deltas += event.delta));
    stream.on('event', (event) => seen.types.includes(event.type) || seen.types.push(event.type));
    const final = await stream.finalResponse();
    seen.final = { text: final.output_text, output: final.output, status: final.status, usage: final.usage };
  } catch (error) {
    seen.error = describe(error);
  }
  return seen;
};

// What an application does: it sends everything that was said, and the result of the tool.
const loop = async () => {
  const input = [{ role: 'user', content: prompt }];
  const first = await client.responses.create({ model, input, tools: [forecast] });
  input.push(...first.output);
  for (const call of first.output.filter((item) => item.type === 'function_call')) {
    input.push({ type: 'function_call_output', call_id: call.call_id, output: 'sunny' });
  }
  const second = await client.responses.create({ model, input, tools: [forecast] });
  return { calls: first.output.map((item) => item.type), text: second.output_text };
};

const collectCompletion = async () => {
  const seen = { text: '', finish: null };
  try {
    for await (const chunk of await client.completions.create({ model, prompt, stream: true })) {
      seen.text += chunk.choices[0]?.text ?? '';
      seen.finish = chunk.choices[0]?.finish_reason ?? seen.finish;
    }
  } catch (error) {
    seen.error = describe(error);
  }
  return seen;
};

const describe = (error) => ({
  class: error.constructor.name,
  isPermissionDenied: error instanceof OpenAI.PermissionDeniedError,
  status: error.status ?? null,
  code: error.code ?? null,
  type: error.type ?? null,
  message: error.message,
  holdpoint: error.error?.holdpoint ?? null,
});

const commands = {
  chat: async () => show(await client.chat.completions.create({ model, messages }).withResponse()),
  stream: () => collect({}),
  tools: async () => show(await client.chat.completions.create({ model, messages, tools: [weather] }).withResponse()),
  'stream-tools': () => collect({ tools: [weather] }),
  'run-tools': async () => {
    const calls = [];
    const tool = structuredClone(weather);
    tool.function.parse = JSON.parse;
    tool.function.function = (input) => {
      calls.push(input);
      return 'sunny';
    };
    const runner = client.chat.completions.runTools({ model, messages, tools: [tool] });
    const final = await runner.finalContent();
    return { final, calls, roles: runner.messages.map((m) => m.role) };
  },
  respond: async () => showResponse(await client.responses.create({ model, input: prompt, instructions: 'Be brief.' }).withResponse()),
  'stream-respond': () => collectResponse({}),
  'respond-tools': async () => showResponse(await client.responses.create({ model, input: prompt, tools: [forecast] }).withResponse()),
  'stream-respond-tools': () => collectResponse({ tools: [forecast] }),
  'respond-loop': loop,
  complete: async () => ({ texts: (await client.completions.create({ model, prompt: [prompt, prompt] })).choices.map((c) => c.text) }),
  'stream-complete': collectCompletion,
  embed: async () => ({ vectors: (await client.embeddings.create({ model, input: [prompt, prompt] })).data.map((d) => d.embedding) }),
  models: async () => ({ models: (await client.models.list()).data.map((m) => m.id) }),
};

const command = commands[process.argv[2]];
if (!command) {
  console.error(`usage: node openai-client.mjs ${Object.keys(commands).join('|')}`);
  process.exit(2);
}

let result;
try {
  result = await command();
} catch (error) {
  result = { error: describe(error) };
}
console.log(JSON.stringify({ ...result, requests }));
