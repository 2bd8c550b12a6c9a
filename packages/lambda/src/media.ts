/** Answers that are for a browser to show or run: what their headers allow, and packed where the browser unpacks. */
import { gzipSync } from 'node:zlib';
import type { Media } from '@echelon/contracts';
import type { APIGatewayProxyStructuredResultV2 as Response } from 'aws-lambda';

/**
 * A page runs our own scripts and asks only this origin: whatever its renderer would load or report elsewhere stays undone. Its styles it
 * makes as it draws, and what searches its pages is a worker that it writes itself.
 */
const ownAlone = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "style-src 'unsafe-inline'",
  "img-src 'self' data:",
  'font-src data:',
  'worker-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const headersOf = {
  'text/html': { 'cache-control': 'no-cache', 'content-security-policy': ownAlone, 'referrer-policy': 'no-referrer' },
  'text/javascript': { 'cache-control': 'public, max-age=86400' },
} as const satisfies Record<Media, Record<string, string>>;

/** Below it packing saves nothing: one packet carries it either way. */
const PACKED_FROM_BYTES = 1_400;

export const mediaAnswer = (media: Media, text: string, acceptEncoding = ''): Response => {
  const headers = { 'content-type': `${media}; charset=utf-8`, 'x-content-type-options': 'nosniff', vary: 'accept-encoding', ...headersOf[media] };
  if (Buffer.byteLength(text) < PACKED_FROM_BYTES || !/\bgzip\b/i.test(acceptEncoding)) return { statusCode: 200, headers, body: text };
  return {
    statusCode: 200,
    headers: { ...headers, 'content-encoding': 'gzip' },
    body: gzipSync(text).toString('base64'),
    isBase64Encoded: true,
  };
};
