// Proves that the screen of a refusal says the sentence, as text, under the strict policy.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal } from '#station/bank/refusal.ts';
import { createRefusalPage } from './refusal-page.ts';

const page = createRefusalPage(
  new Refusal('log-shortened', 'Event 12 is missing; <img src=x> "restore" the copy.'),
);

test('the sentence is shown as text, whatever it holds', async () => {
  const response = await page(new Request('http://127.0.0.1/'));
  const html = await response.text();
  assert.match(html, /Event 12 is missing; &lt;img src=x&gt; &quot;restore&quot; the copy\./);
  assert.match(html, /log-shortened/);
  assert.doesNotMatch(html, /<img|<script| style=/);
  assert.match(response.headers.get('content-security-policy') ?? '', /connect-src 'none'/);
});

test('its style is a file of its own, as the policy asks', async () => {
  const response = await page(new Request('http://127.0.0.1/refused.css'));
  assert.match(response.headers.get('content-type') ?? '', /^text\/css/);
});
