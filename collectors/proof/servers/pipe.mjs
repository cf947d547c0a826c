// The pipe to the test that starts a server: the server says where it is in a line of JSON, then answers each line with one.
// When the test ends, however it does, so does its end of the pipe, and with it the server.
import { createInterface } from 'node:readline';

const say = (value) => process.stdout.write(JSON.stringify(value) + '\n');

export async function serve(hello, answer) {
  say(hello);
  for await (const line of createInterface({ input: process.stdin })) {
    try {
      say(await answer(JSON.parse(line)));
    } catch (error) {
      say({ error: String(error) });
    }
  }
  process.exit(0);
}
