import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { deflateRawSync } from 'node:zlib'
import { html as h, inline, type SafeHtml } from '../lib/html.ts'
import type { Assessment } from '../model.ts'
import type { Report } from './report.ts'

/** report.html: the answer for a person, interactive, in one file that asks nothing of the network. */
export const html: Report = {
  name: 'html',
  file: 'report.html',
  write: (assessment) => `${page(assessment).toString()}\n`,
}

function page(a: Assessment): SafeHtml {
  const style = built('report.css')
  const script = built('report.js')
  const csp = `default-src 'none'; style-src '${sha256(style)}'; script-src '${sha256(script)}'; img-src data:; base-uri 'none'; form-action 'none'`
  const data = deflateRawSync(JSON.stringify(a), { level: 9 }).toString('base64')
  return h`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${csp}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${a.server.name}: ${a.verdict.is}</title>
${inline('style', style)}
</head>
<body>
<div id="app"></div>
<noscript><p>${a.verdict.sentence}</p></noscript>
<div id="data" hidden>${data}</div>
${inline('script', script)}
</body>
</html>`
}

/** What the build made of web/. */
function built(file: string): string {
  const found = [`../web/${file}`, `../../dist/web/${file}`]
    .map((path) => new URL(path, import.meta.url))
    .find((url) => existsSync(url))
  if (found === undefined) throw new Error(`${file} is missing: it comes with the build`)
  return readFileSync(found, 'utf8')
}

const sha256 = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`
