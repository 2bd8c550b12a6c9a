/** The pages for people: the API or the events, drawn in the browser by Redoc from the documents that this stage serves. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const pages = {
  api: { title: 'Echelon: the API', document: 'openapi.json' },
  events: { title: 'Echelon: the events', document: 'asyncapi.json' },
} as const;

/** Addresses in it are relative, so that a stage may stand under a path of its own. */
export const docsPage = (of: keyof typeof pages): string => {
  const { title, document } = pages[of];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>
body { margin: 0 }
/* The mark of who drew it lies on another host, which this page does not ask: its name will do. */
a[href="https://redocly.com/redoc/"] p::after { content: ' Redoc' }
</style>
</head>
<body>
<redoc spec-url="${document}" disable-telemetry="true"></redoc>
<noscript>This page is drawn by a script. What it shows is <a href="${document}">${document}</a>.</noscript>
<script type="module" src="docs/renderer.js"></script>
</body>
</html>
`;
};

/** Beside the bundle of a deployed function, where infra has put it; else in its own package. */
const rendererFile = (): string => {
  const deployed = new URL('renderer.js', import.meta.url).pathname;
  return existsSync(deployed) ? deployed : createRequire(import.meta.url).resolve('redoc/bundles/redoc.standalone.js');
};

export const docsRenderer = (): Promise<string> => readFile(rendererFile(), 'utf8');
