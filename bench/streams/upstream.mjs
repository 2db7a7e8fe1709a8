// A model that streams: its name says how many tokens a second (gpt-50), or as fast as they are taken (gpt-0). Every event carries the
// time at which it was sent, in microseconds of the machine's monotonic clock, where a chunk has its time of creation.
import http from 'node:http';

const tokens = Number(process.argv[2]);
const words = 'The committee met on Tuesday and agreed on the plan for the next quarter, with two changes to the budget.'.split(/(?= )/);
const now = () => Math.round(Number(process.hrtime.bigint()) / 1000);
const event = (delta, finish = null) => `data: ${JSON.stringify({
  id: 'chatcmpl-bench', object: 'chat.completion.chunk', created: now(), model: 'gpt-bench',
  choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
})}\n\n`;
const token = (i) => event({ content: i % words.length === 0 && i > 0 ? ' ' + words[0] : words[i % words.length] });

http.createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const rate = Number(/"gpt-(\d+)"/.exec(body)[1]);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(event({ role: 'assistant', content: '' }));
  const end = () => response.end(event({}, 'stop') + 'data: [DONE]\n\n');
  if (rate > 0) {
    let sent = 0;
    const timer = setInterval(() => {
      response.write(token(sent++));
      if (sent === tokens) { clearInterval(timer); end(); }
    }, 1000 / rate);
    response.on('close', () => clearInterval(timer));
    return;
  }
  for (let i = 0; i < tokens; i++) {
    if (!response.write(token(i))) await new Promise((resolve) => response.once('drain', resolve));
  }
  end();
}).listen(Number(process.env.UPSTREAM_PORT), '127.0.0.1', 4096);
