// An upstream that takes a fixed time to answer, as a model does.
import http from 'node:http';
import { answer } from './messages.mjs';

const delay = Number(process.argv[2]);
http.createServer((request, response) => {
  request.resume();
  request.on('end', () => setTimeout(() => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer) });
    response.end(answer);
  }, delay));
}).listen(Number(process.env.SLOW_PORT), '127.0.0.1');
