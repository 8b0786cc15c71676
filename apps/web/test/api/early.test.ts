import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { describe, it, type TestContext } from 'node:test';
import { askEarly, takeEarly } from '#api/early.ts';

/** A server that answers so, and what it was asked. */
async function served(t: TestContext, status: number): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    response.writeHead(status).end('"answer"');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}`, asked };
}

describe('askEarly', () => {
  it('gives its answer to the first who wants it, once', async (t) => {
    const { url, asked } = await served(t, 200);
    void askEarly(`${url}/days`);
    assert.equal(await (await takeEarly(`${url}/days`))?.text(), '"answer"');
    assert.equal(await takeEarly(`${url}/days`), undefined);
    assert.deepEqual(asked, ['/days']);
  });

  it('gives nothing where it was refused: whoever wants it asks', async (t) => {
    const { url } = await served(t, 401);
    void askEarly(`${url}/days`);
    assert.equal(await takeEarly(`${url}/days`), undefined);
  });

  it('keeps no answer that nobody wanted', async (t) => {
    const { url } = await served(t, 200);
    void askEarly(`${url}/days`, 0);
    assert.equal(await takeEarly(`${url}/days`, 10_001), undefined);
  });
});
